"""The Billing tab: what the account pays."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.billing import MonthRow
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.charts import ChartCard, CostChart, SeatChart
from cpdesk.ui.context import Action, Kind, PageContext
from cpdesk.ui.pages.services.billing_columns import month_columns
from cpdesk.ui.pages.services.billing_facts import BillingFacts, ChartFacts, read_billing, read_charts
from cpdesk.ui.pages.services.billing_view import billing_view, cost_figures, seat_figures
from cpdesk.ui.parts.loaded_part import LoadedPart
from cpdesk.ui.parts.unpriced import may_price, open_prices
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.card import CardRow, KeyFigure
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.table import DataTable

_FIGURES = 3


class BillingTab(QWidget):
    """This month and the next one, the last year as charts, and all months as a list.

    The charts are read apart from the rest: they replay a year.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._facts: BillingFacts | None = None
        self._account: AccountRow | None = None
        self._charted: ChartFacts | None = None
        self.figures = tuple(KeyFigure() for _place in range(_FIGURES))
        self.unpriced = Notice(Kind.PENDING)
        self.costs, self.seats = CostChart(), SeatChart()
        self.cost_card = ChartCard("", self.costs, name="billing_costs", settings=context.settings)
        self.bars = Label(role=TextRole.CAPTION, wrap=True)
        self.seat_card = ChartCard("", self.seats, name="billing_seats", settings=context.settings)
        self.charts = LoadedPart(context.jobs, self._chart_column())
        self.heading = Label(role=TextRole.SECTION)
        self.this_month = secondary()
        self.table: DataTable[MonthRow] = DataTable(
            month_columns(self._currency),
            lambda row: row.month,
            name="billing_months",
            settings=context.settings,
            inline=True,
        )
        self.part = LoadedPart(context.jobs, self._column())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.part)
        self._wire()
        self.retranslate()

    def read(self, account: AccountRow) -> None:
        """Ask how things stand, and show it."""
        self._account = account
        services, by = self._context.services, self._context.by
        self.part.load(partial(read_billing, services, by, account.id), self._on_read)
        self.charts.load(partial(read_charts, services, by, account.id), self._on_charted)

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.cost_card.set_title(_("Cost by month"))
        self.bars.setText(
            _(
                "Bars: the month in either mode, Purchase Mode with the smallest pool that would have sufficed. "
                "Line: what was charged."
            )
        )
        self.seat_card.set_title(_("Seats against assigned"))
        self.heading.setText(_("Statements"))
        self.this_month.setText(_("Statement of this month"))
        self.table.setAccessibleName(_("Statements"))
        self.unpriced.set_actions([Action(_("Open Price Schedules"), self._on_prices)] if self._prices() else [])
        self._show()
        self._show_charts()

    def _column(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        column.addWidget(CardRow(*self.figures))
        column.addWidget(self.unpriced)
        column.addWidget(self.charts)
        column.addLayout(hbox(self.heading, None, self.this_month))
        column.addWidget(ListCard(self.table, last=False))
        column.addStretch(1)
        self.unpriced.hide()
        return made

    def _chart_column(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        self.cost_card.body.insertWidget(1, self.bars)
        column.addWidget(self.cost_card)
        column.addWidget(self.seat_card)
        return made

    def _wire(self) -> None:
        self.this_month.clicked.connect(self._on_this_month)
        self.table.row_activated.connect(self._on_month)
        for part in (self.part, self.charts):
            part.asked_again.connect(self._on_asked_again)

    def _currency(self) -> str:
        return self._facts.so_far.currency if self._facts else ""

    def _prices(self) -> bool:
        return may_price(self._context.by)

    def _show(self) -> None:
        if self._facts is None or self._account is None:
            return
        view = billing_view(self._facts, self._account, self._context.by)
        for card, text in zip(self.figures, view.figures, strict=True):
            card.set(text.label, text.figure, text.note)
        self.unpriced.set_text(view.unpriced)
        self.unpriced.setVisible(bool(view.unpriced))
        self.table.set_rows(self._facts.months)

    def _show_charts(self) -> None:
        if self._charted is not None:
            self.costs.set_figures(cost_figures(self._charted))
            self.bars.setVisible(not self.costs.empty)
            self.seats.set_figures(seat_figures(self._charted.timeline))

    def _on_read(self, facts: BillingFacts) -> None:
        self._facts = facts
        self._show()

    def _on_charted(self, facts: ChartFacts) -> None:
        self._charted = facts
        self._show_charts()

    def _on_asked_again(self) -> None:
        if self._account is not None:
            self.read(self._account)

    def _on_prices(self) -> None:
        if self._account is not None:
            open_prices(self, self._context, self._account)

    def _on_this_month(self) -> None:
        if self._facts is not None:
            self._open(self._facts.so_far.month.isoformat())

    def _on_month(self, row: MonthRow) -> None:
        self._open(row.month.isoformat())

    def _open(self, month: str) -> None:
        assert self._account is not None
        self._context.navigate("statement", account=self._account.id, month=month[:7])
