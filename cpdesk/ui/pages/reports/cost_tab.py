"""Accounts by cost, with sub-totals per currency."""

from functools import partial

from cpdesk.base.i18n import _
from cpdesk.domain.report_rows import CostReport, CostRow, CurrencyTotal
from cpdesk.ui import theme
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.reports import columns, words
from cpdesk.ui.pages.reports.list_tab import ListTab
from cpdesk.ui.pages.reports.report import Report
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.table import DataTable

_FEW_CURRENCIES = 4
_LEAST_HEIGHT = 440


def cost_report() -> Report[CostRow]:
    """What each account costs for a whole month, as things stand."""
    return Report(
        "costs",
        lambda: _("Accounts by cost"),
        lambda _with_account: columns.cost_columns(),
        lambda row: row.account_id,
        lambda services, by, _account_id: services.reports.costs(by).rows,
        words.cost_summary,
        lambda: (_("No account costs anything"), _("Accounts are listed here as soon as they hold seats.")),
        lambda row: ("services", {"account": row.account_id, "tab": "billing"}),
        lambda: _("Open Billing"),
    )


class CostTab(ListTab[CostRow]):
    """The list, and under it what it comes to in each currency."""

    def __init__(self, context: PageContext, account_id: int | None) -> None:
        self._totals = _totals_table()
        self._sums = Card()
        super().__init__(context, account_id, cost_report())
        self._sums.body.setContentsMargins(spacing.S, spacing.XS, spacing.S, spacing.S)
        self._sums.body.addWidget(self._totals)
        self.body.insertWidget(self.body.count() - 1, self._sums)
        self.table.height_changed.connect(self._keep_room)

    def ask(self) -> None:
        self.part.load(partial(self.context.services.reports.costs, self.context.by), self.show_report)

    def show_report(self, report: CostReport) -> None:
        """Show what was read."""
        self.show_rows(report.rows)
        self._totals.set_rows(report.totals)
        self._sums.setVisible(bool(report.totals))
        self._keep_room()

    def retranslate(self) -> None:
        super().retranslate()
        self._totals.setAccessibleName(_("Sub-totals by currency"))

    @property
    def selected(self) -> tuple[CostRow, ...]:
        """The accounts that are selected."""
        return self.table.selected_rows()

    def _keep_room(self) -> None:
        """Sub-totals in many currencies would leave the accounts a few lines only: then the page scrolls."""
        many = self._totals.rows.total > _FEW_CURRENCIES
        least = min(self.table.content_height(), theme.current().fonts.scaled(_LEAST_HEIGHT))
        self.card.setMinimumHeight(least if many else 0)


def _totals_table() -> DataTable[CurrencyTotal]:
    return DataTable(columns.total_columns(), lambda row: row.currency, inline=True)
