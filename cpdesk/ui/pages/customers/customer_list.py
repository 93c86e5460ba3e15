"""The Customer List: all accounts, and the way into each."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import Action
from cpdesk.ui.pages.customers.account_columns import account_columns
from cpdesk.ui.pages.customers.filter_chip import FilterChip
from cpdesk.ui.pages.customers.narrowing import Narrowing, totals, words_of
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import accounts_text, seats_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import primary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.chips import ChipLook, Mark, Tone, mode_look, mode_name, pending_look
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable

_MOST_OF_IT = 100
"""The share of the search field in the spare width of its line, up to its own limit."""


class CustomerListPage(Page):
    """Search, filters and the list. Opening an account leads to My Services."""

    topics = frozenset({"accounts"})

    def _build(self) -> None:
        self._accounts: tuple[AccountRow, ...] = ()
        self._narrowing = Narrowing()
        self._may_create = self.context.by.role is Role.RESELLER
        self._create = primary()
        self._search = SearchField()
        self._modes = {mode: FilterChip(mode_look(mode)) for mode in Mode}
        self._pending = FilterChip(pending_look(""))
        self._empty = EmptyState(icon="customers")
        self._table: DataTable[AccountRow] = DataTable(
            account_columns(), lambda row: row.id, name="customers", settings=self.context.settings
        )
        self._table.sort_by("name")
        # Beside the list, not in it: a screen reader sees nothing in a table but its cells.
        self._list = ListCard(self._table)
        self._nothing = Card()
        self._nothing.body.addWidget(self._empty)
        self._nothing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.header.add_action(self._create)
        self._create.hide()
        chips = hbox(*self._modes.values(), self._pending, space=spacing.S)
        tools = hbox(self._search, chips, None)
        tools.setStretchFactor(self._search, _MOST_OF_IT)
        self.body.addLayout(tools)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._nothing)
        self.body.addStretch()

    def _wire(self) -> None:
        self._create.clicked.connect(self._on_create)
        self._search.searched.connect(self._on_narrowed)
        self._search.returnPressed.connect(self._on_enter_in_search)
        self._search.installEventFilter(self)
        self._table.row_activated.connect(self._on_opened)
        for chip in (*self._modes.values(), self._pending):
            chip.toggled.connect(self._on_narrowed)

    def retranslate(self) -> None:
        self._create.setText(_("Create New Account"))
        self._search.set_placeholder(_("Search name or domain"))
        self._table.setAccessibleName(_("Accounts"))
        self._show_counts()
        self._show_accounts()

    def first_focus(self) -> QWidget | None:
        return self._search

    def refresh(self) -> None:
        self.load(partial(self.context.services.accounts.rows, self.context.by), self._on_read)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the search into what it finds, also when the list has not followed the typing yet."""
        if watched is not self._search or not _is_press_of(event, Qt.Key.Key_Down):
            return super().eventFilter(watched, event)
        self._on_narrowed()
        if self._table.rows.rowCount():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._table.selectRow(0)
        return True

    def _on_read(self, accounts: list[AccountRow]) -> None:
        self._accounts = tuple(accounts)
        # Without accounts the page itself offers it.
        self._create.setVisible(self._may_create and bool(accounts))
        self._show_counts()
        self._show_accounts()

    def _show_counts(self) -> None:
        for mode, chip in self._modes.items():
            number = sum(account.mode is mode for account in self._accounts)
            look = mode_look(mode)
            chip.set_look(ChipLook(_counted(mode_name(mode), number), look.tone, look.mark))
        pending = sum(account.pending is not None for account in self._accounts)
        self._pending.set_look(ChipLook(_counted(_("Pending"), pending), Tone.PENDING, Mark.CLOCK))

    def _show_accounts(self) -> None:
        shown = tuple(account for account in self._accounts if self._narrowing.admits(account))
        self._say_why_empty()
        self._nothing.setVisible(not shown)
        self._list.setVisible(bool(shown))
        self._table.set_rows(shown)
        self.set_title(_("Customer List"), self._sum_of(shown))

    def _sum_of(self, shown: tuple[AccountRow, ...]) -> str:
        if not self._accounts:
            return ""
        part = totals(shown)
        whole = accounts_text(part.accounts)
        accounts = _of_accounts(part.accounts, len(self._accounts)) if self._narrowing.active else whole
        return f"{accounts} · {seats_text(part.seats)}"

    def _say_why_empty(self) -> None:
        if self._accounts:
            self._empty.set(_("No account found"), self._what_was_sought(), Action(_("Clear search"), self._on_clear))
        elif self._may_create:
            text = _("Create the first one; it starts in Usage Mode.")
            self._empty.set(_("No accounts yet"), text, Action(_("Create New Account"), self._on_create))
        else:
            text = _("They appear here as soon as a reseller administrator has created one.")
            self._empty.set(_("No accounts yet"), text)

    def _what_was_sought(self) -> str:
        narrowing = self._narrowing
        if not narrowing.words:
            return _("No account fits the chosen filters.")
        text = " ".join(self._search.text().split())
        if narrowing.modes or narrowing.pending:
            return _("No account that fits the chosen filters has “{text}” in its name or domain.").format(text=text)
        return _("No account has “{text}” in its name or domain.").format(text=text)

    def _on_narrowed(self) -> None:
        modes = frozenset(mode for mode, chip in self._modes.items() if chip.isChecked())
        self._narrowing = Narrowing(words_of(self._search.text()), modes, self._pending.isChecked())
        self._show_accounts()

    def _on_clear(self) -> None:
        for chip in (*self._modes.values(), self._pending):
            chip.setChecked(False)
        self._search.clear()
        self._on_narrowed()
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_enter_in_search(self) -> None:
        self._on_narrowed()
        if self._narrowing.words and self._table.rows.rowCount() == 1:
            self._on_opened(self._table.rows.row(0))

    def _on_opened(self, account: AccountRow) -> None:
        self.context.navigate("my_services", account=account.id)

    def _on_create(self) -> None:
        self.context.navigate("create_account")


def _counted(what: str, number: int) -> str:
    return f"{what} {format_number(number)}"


def _of_accounts(shown: int, total: int) -> str:
    return _("{shown} of {total} accounts").format(shown=format_number(shown), total=format_number(total))


def _is_press_of(event: QEvent, key: Qt.Key) -> bool:
    return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == key
