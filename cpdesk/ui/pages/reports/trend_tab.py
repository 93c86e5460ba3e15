"""How many seats there were, month by month."""

from collections.abc import Sequence
from functools import partial

from cpdesk.base.i18n import _
from cpdesk.domain.report_rows import TrendRow
from cpdesk.ui.charts import ChartCard
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.reports.columns import trend_columns
from cpdesk.ui.pages.reports.tab import ReportTab
from cpdesk.ui.pages.reports.trend_chart import TrendChart
from cpdesk.ui.pages.reports.words import trend_summary
from cpdesk.ui.parts.months_choice import MonthsChoice
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.card import card_around
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.table import DataTable


def trend_title() -> str:
    """What the tab is called."""
    return _("License trend")


class TrendTab(ReportTab):
    """A sentence, the chart, and under it the months as a list that can be exported."""

    def __init__(self, context: PageContext, account_id: int | None) -> None:
        super().__init__(context, account_id)
        of_all = account_id is None
        self._rows: tuple[TrendRow, ...] = ()
        self._summary = Label(role=TextRole.STRONG, wrap=True)
        self.months = MonthsChoice(context.settings, "trend")
        self._empty = EmptyState(icon="reports")
        self._nothing = card_around(self._empty)
        self.chart = TrendChart(with_accounts=of_all)
        self._card = ChartCard(trend_title(), self.chart, name="trend", settings=context.settings)
        self.table: DataTable[TrendRow] = DataTable(
            trend_columns(with_accounts=of_all),
            lambda row: row.month,
            name="report_trend" if of_all else "account_report_trend",
            settings=context.settings,
            inline=True,
        )
        self.table.sort_by("month", descending=True)
        head = hbox(self._summary, self.months, space=spacing.M)
        head.setStretch(0, 1)
        self._list = ListCard(self.table, last=False)
        self.body.addLayout(head)
        for part in (self._nothing, self._card, self._list):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.months.activated.connect(self.ask)
        self.retranslate()

    def ask(self) -> None:
        trend, by = self.context.services.reports.trend, self.context.by
        self.part.load(partial(trend, by, self.account_id, months=self.months.months), self.show_rows)

    def show_rows(self, rows: Sequence[TrendRow]) -> None:
        """Show what was read; months in which nobody had a seat tell nothing."""
        self._rows = tuple(rows) if any(row.seats for row in rows) else ()
        self.chart.set_rows(self._rows)
        self.table.set_rows(self._rows)
        self._nothing.setVisible(not self._rows)
        for part in (self._card, self._list):
            part.setVisible(bool(self._rows))
        self._say_summary()

    def retranslate(self) -> None:
        self.months.retranslate()
        self._card.set_title(trend_title())
        self.table.setAccessibleName(trend_title())
        self._empty.set(_("No seats yet"), _("From the first seat on, each month is shown here."))
        self._say_summary()

    def _say_summary(self) -> None:
        self._summary.setText(trend_summary(self._rows) if self._rows else "")
