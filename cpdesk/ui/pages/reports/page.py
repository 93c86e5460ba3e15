"""The reports: of all accounts, and of the one that is open."""

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.pages.reports.cost_tab import CostTab, cost_report
from cpdesk.ui.pages.reports.list_tab import ListTab
from cpdesk.ui.pages.reports.report import Report, blocked_report, idle_report, low_report, overlap_report
from cpdesk.ui.pages.reports.tab import ReportTab
from cpdesk.ui.pages.reports.trend_tab import TrendTab, trend_title
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import badge
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.tabs import Tabs


class AccountReportsPage(Page):
    """A tab for each report of the open account; each is made and read when it is first opened.

    `navigate("account_reports", account=ID, tab="idle")` opens one of them.
    """

    topics = frozenset({"accounts", "seats", "users", "modes", "prices", "products"})

    first_tab: ClassVar[str] = "idle"

    def _build(self) -> None:
        self._made: dict[str, ReportTab] = {}
        self._advise = secondary()
        self.tabs = Tabs()
        self._add_tabs()
        self.header.add_action(self._advise)
        self.body.addWidget(self.tabs, 1)

    def _add_tabs(self) -> None:
        for report in _lists():
            self.tabs.add_later(report.key, report.title(), partial(self._make_list, report))
        self.tabs.add_later("trend", trend_title(), self._make_trend)

    def _wire(self) -> None:
        self._advise.clicked.connect(self._on_advise)

    def open(self, params: dict[str, object]) -> None:
        super().open(params)
        self.tabs.select(str(params.get("tab", self.tabs.current if self._made else self.first_tab)))

    def retranslate(self) -> None:
        self.set_title(_("Reports"), self._subtitle())
        self._advise.setText(_("Which mode is cheaper?"))
        for report in _lists():
            self.tabs.set_title(report.key, report.title())
        self.tabs.set_title("trend", trend_title())
        for tab in self._made.values():
            tab.retranslate()

    def first_focus(self) -> QWidget | None:
        return self.tabs.bar

    def refresh(self) -> None:
        self._read_account()
        for tab in self._made.values():
            tab.refresh()

    @property
    def shown_account(self) -> int | None:
        """The account that the reports are about; None for all."""
        return self.account_id

    def _subtitle(self) -> str:
        return _("What is billed and need not be, and how the seats of this account have changed")

    def _read_account(self) -> None:
        self.load(partial(self.context.services.accounts.show, self.context.by, self.account_id), self._on_account)

    def _on_account(self, account: AccountRow) -> None:
        self.set_account(badge(account))

    def _make_list(self, report: Report[Any]) -> QWidget:
        return self._keep(report.key, ListTab(self.context, self.shown_account, report))

    def _make_trend(self) -> QWidget:
        return self._keep("trend", TrendTab(self.context, self.shown_account))

    def _keep(self, key: str, tab: ReportTab) -> ReportTab:
        self._made[key] = tab
        return tab

    def _on_advise(self) -> None:
        self.context.navigate("advisor", account=self.account_id)


class ReportsPage(AccountReportsPage):
    """The same of all accounts, with what they cost; and the month-end pack."""

    first_tab = "costs"

    def _build(self) -> None:
        super()._build()
        self.month_end = primary()
        self.header.add_action(self.month_end)
        if self.context.by.role is not Role.RESELLER:
            self.month_end.hide()

    def _add_tabs(self) -> None:
        self.tabs.add_later("costs", cost_report().title(), self._make_costs)
        super()._add_tabs()

    def _wire(self) -> None:
        super()._wire()
        self.month_end.clicked.connect(self._on_month_end)

    def retranslate(self) -> None:
        super().retranslate()
        self.tabs.set_title("costs", cost_report().title())
        self.month_end.setText(_("Month-end pack"))

    @property
    def shown_account(self) -> int | None:
        return None

    def _subtitle(self) -> str:
        return _("What all accounts cost, what of it need not be, and how their seats have changed")

    def _read_account(self) -> None:
        """There is none."""

    def _make_costs(self) -> QWidget:
        return self._keep("costs", CostTab(self.context, None))

    def _on_advise(self) -> None:
        self.context.navigate("all_advice")

    def _on_month_end(self) -> None:
        from cpdesk.ui.pages.reports.month_end_dialog import MonthEndDialog

        costs = self._made.get("costs")
        selected = costs.selected if isinstance(costs, CostTab) else ()
        MonthEndDialog(self, self.context, selected).open()


def _lists() -> tuple[Report[Any], ...]:
    """The reports that are lists, in the order of their tabs."""
    return idle_report(), low_report(), blocked_report(), overlap_report()
