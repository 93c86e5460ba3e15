"""The Customer List: all accounts, and the way into each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.accounts import Status
from cpdesk.domain.billing import Cost
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import Action
from cpdesk.ui.pages.customers.account_columns import account_columns
from cpdesk.ui.pages.customers.narrowing import Finder, Narrowing, totals
from cpdesk.ui.pages.customers.narrowing_bar import NarrowingBar
from cpdesk.ui.parts.money_texts import monthly_sums_text, sub_totals
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import accounts_text, seats_text, users_text
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

_CLOSED = frozenset({Status.CLOSED})
_FEW_CURRENCIES = 3
"""The sums in more than these take more room than there is under the title: they stand under the list."""
_FEW = 1000
"""What so many accounts cost is known in no time."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page asks for."""

    finder: Finder
    costs: Mapping[int, Cost] | None
    """By account id; None where they come after."""


class CustomerListPage(Page):
    """Search, filters and the list. Opening an account leads to My Services."""

    topics = frozenset({"accounts", "prices"})

    def _build(self) -> None:
        self._accounts: tuple[AccountRow, ...] = ()
        self._costs: Mapping[int, Cost] = {}
        self._finder = Finder()
        self._shown: tuple[AccountRow, ...] = ()
        self._shown_ids: set[int] = set()
        self._narrowing = Narrowing()
        self._may_create = self.context.by.role is Role.RESELLER
        self._many = secondary()
        if not self._may_create:
            self._many.hide()
        self._create = primary()
        self._create.hide()
        self.header.add_action(self._many)
        self.header.add_action(self._create)
        self._bar = NarrowingBar()
        self._table: DataTable[AccountRow] = DataTable(
            account_columns(self._cost_of), lambda row: row.id, name="customers", settings=self.context.settings
        )
        self._table.sort_by("name")
        self._table.fold_texts()
        self._table.set_predicate(self._is_shown)
        # Beside the list, not in it: a screen reader sees nothing in a table but its cells.
        self._list = ListCard(self._table)
        self._sums = Label(role=TextRole.CAPTION, wrap=True)
        self._empty = EmptyState(icon="customers")
        self._nothing = Card()
        self._nothing.body.addWidget(self._empty)
        self._nothing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._sums)
        self.body.addWidget(self._nothing)
        self.body.addStretch()

    def _wire(self) -> None:
        self._create.clicked.connect(self._on_create)
        self._many.clicked.connect(self._on_many)
        self._bar.narrowed.connect(self._on_narrowed)
        self._bar.entered.connect(self._on_entered)
        self._bar.went_down.connect(self._on_went_down)
        self._table.row_activated.connect(self._on_opened)

    def retranslate(self) -> None:
        self._create.setText(_("Create New Account"))
        self._many.setText(_("Create Many Accounts"))
        self._table.setAccessibleName(_("Accounts"))
        self._bar.set_accounts(self._accounts)
        self._show()

    def first_focus(self) -> QWidget | None:
        return self._bar.search

    def refresh(self) -> None:
        self.load(partial(_read, self.context.services, self.context.by), self._on_read)

    def _on_read(self, read: _Read) -> None:
        self._finder = finder = read.finder
        if read.costs is not None:
            self._costs = read.costs
        self._accounts = accounts = finder.accounts
        # Without accounts the page itself offers it.
        self._create.setVisible(self._may_create and bool(accounts))
        self._bar.set_accounts(self._accounts)
        self._find()
        self._table.set_rows(self._accounts)
        self._show()
        self._show_bar()
        if read.costs is None:
            self.load(partial(self.context.services.statements.costs, self.context.by), self._on_costs)

    def _on_costs(self, costs: Mapping[int, Cost]) -> None:
        self._costs = costs
        self._table.set_rows(self._accounts)
        self._table.widths.measure()
        self._show()

    def _cost_of(self, account: AccountRow) -> Cost | None:
        return self._costs.get(account.id)

    def _show_bar(self) -> None:
        """Where there is nothing to search, the way to the first account gets the keyboard."""
        searching = self._bar.search.hasFocus()
        self._bar.setVisible(bool(self._accounts))
        if searching and not self._accounts:
            self._empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self) -> None:
        self._shown = self._finder.find(self._narrowing)
        self._shown_ids = {account.id for account in self._shown}

    def _is_shown(self, account: AccountRow) -> bool:
        return account.id in self._shown_ids

    def _show(self) -> None:
        shown = self._shown
        self.set_title(_("Customer List"), self._sum_of(shown))
        if not shown:
            self._say_why_empty()
        self._nothing.setVisible(not shown)
        self._list.setVisible(bool(shown))

    def _sum_of(self, shown: tuple[AccountRow, ...]) -> str:
        if not self._accounts:
            return ""
        part = totals(shown)
        accounts = accounts_text(part.accounts)
        if self._narrowing.active:
            counts = {"shown": format_number(part.accounts), "total": format_number(self._finder.among)}
            accounts = _("{shown} of {total} accounts").format(**counts)
        told = (accounts, users_text(part.users), seats_text(part.seats))
        costs = sub_totals(cost for account in shown if (cost := self._costs.get(account.id)))
        few = len(costs) <= _FEW_CURRENCIES
        self._sums.setText("" if few else monthly_sums_text(costs))
        self._sums.setVisible(not few)
        return beside(*told, monthly_sums_text(costs) if few else "")

    def _say_why_empty(self) -> None:
        if self._accounts:
            self._empty.set(_("No account found"), self._what_was_sought(), self._way_out())
        elif self._may_create:
            text = _("Create the first one; it starts in Usage Mode.")
            self._empty.set(_("No accounts yet"), text, Action(_("Create New Account"), self._on_create))
        else:
            text = _("They appear here as soon as a reseller administrator has created one.")
            self._empty.set(_("No accounts yet"), text)

    def _way_out(self) -> Action:
        """What was sought may be among the accounts that are not listed unless asked for."""
        closed = Narrowing(self._narrowing.words, statuses=_CLOSED)
        if not self._narrowing.chips and Finder(self._accounts).find(closed):
            return Action(_("Show closed accounts"), self._on_closed_asked)
        return Action(_("Clear search"), self._bar.clear)

    def _what_was_sought(self) -> str:
        narrowing = self._narrowing
        if not narrowing.active:
            return _("All accounts are closed.")
        if not narrowing.words:
            return _("No account fits the chosen filters.")
        text = " ".join(self._bar.search.text().split())
        if narrowing.chips:
            return _("No account that fits the chosen filters has “{text}” in its name or domain.").format(text=text)
        return _("No account has “{text}” in its name or domain.").format(text=text)

    def _on_narrowed(self) -> None:
        self._narrowing = self._bar.narrowing
        before = self._shown
        self._find()
        if self._shown != before:
            self._table.set_predicate(self._is_shown)
        self._show()

    def _on_closed_asked(self) -> None:
        self._bar.show_only(Status.CLOSED)
        self._bar.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_went_down(self) -> None:
        if self._table.rows.rowCount():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._table.selectRow(0)

    def _on_entered(self) -> None:
        if self._narrowing.words and self._table.rows.rowCount() == 1:
            self._on_opened(self._table.rows.row(0))

    def _on_opened(self, account: AccountRow) -> None:
        self.context.navigate("my_services", account=account.id)

    def _on_create(self) -> None:
        self.context.navigate("create_account")

    def _on_many(self) -> None:
        self.context.navigate("import_accounts")


def _read(services: "Services", by: Session) -> _Read:
    """The accounts, prepared for the search off the GUI thread. Where they are many, their costs are asked for later:
    the list is of use before."""
    accounts = services.accounts.rows(by)
    return _Read(Finder(accounts), services.statements.costs(by) if len(accounts) <= _FEW else None)
