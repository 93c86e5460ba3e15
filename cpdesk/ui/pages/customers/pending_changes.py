"""Pending Changes: every change to Usage Mode that waits for its date, in all accounts."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.forecasts import QueuedSwitch
from cpdesk.domain.operators import may_change
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.pages.customers.narrowing import words_of
from cpdesk.ui.pages.customers.pending_columns import contains, pending_columns, queue_text, request_text, stake_text
from cpdesk.ui.parts.product_table import RELEASED_FIGURES, product_table
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import account_line
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable


class PendingChangesPage(Page):
    """The queue by date; what the selected change releases; the way to the account, and to withdraw."""

    topics = frozenset({"accounts", "modes", "prices", "seats"})

    def _build(self) -> None:
        self._queue: tuple[QueuedSwitch, ...] = ()
        self._search = SearchField(at_once=True)
        self._tools = secondary()
        self._keep = secondary()
        self._table: DataTable[QueuedSwitch] = DataTable(
            pending_columns(), lambda row: row.account.id, name="pending_changes", settings=self.context.settings
        )
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.sort_by("date")
        self._table.fold_texts()
        self._list = ListCard(self._table, last=False)
        self._released = product_table(RELEASED_FIGURES)
        self._stake = Label(wrap=True)
        self._nothing_released = Label(role=TextRole.CAPTION, wrap=True)
        self._about = Label(role=TextRole.CAPTION, wrap=True)
        self._outlook = Card()
        self._empty = EmptyState(icon="pending")
        self._nothing = Card()
        self._bar = QWidget()
        self._put_together()

    def _wire(self) -> None:
        self._search.searched.connect(self._on_searched)
        self._table.selection_changed.connect(self._show_selected)
        self._table.row_activated.connect(self._on_opened)
        self._tools.clicked.connect(self._on_tools)
        self._keep.clicked.connect(self._on_keep)

    def retranslate(self) -> None:
        self._search.set_placeholder(_("Search account, domain or product"))
        self._tools.setText(_("Open Tools"))
        self._keep.setText(_("Keep Purchase Mode"))
        self._table.setAccessibleName(_("Pending changes"))
        title = _("No change is pending")
        text = _(
            "A change from Purchase Mode to Usage Mode stands here from its request until it is completed, "
            "on the first day of the next month."
        )
        self._empty.set(title, text)
        self._show()

    def first_focus(self) -> QWidget | None:
        return self._search if self._queue else None

    def refresh(self) -> None:
        self.load(partial(self.context.services.modes.queue, self.context.by), self._on_read)

    def _put_together(self) -> None:
        self._bar.setLayout(hbox(self._search, None, self._tools, self._keep, space=spacing.S))
        self._nothing.body.addWidget(self._empty)
        self._outlook.body.addWidget(self._about)
        self._outlook.body.addWidget(self._stake)
        self._outlook.body.addWidget(self._released)
        self._outlook.body.addWidget(self._nothing_released)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._outlook)
        self.body.addWidget(self._nothing)
        self.body.addStretch()

    def _on_read(self, queue: list[QueuedSwitch]) -> None:
        self._queue = tuple(queue)
        self._show()

    def _show(self) -> None:
        self.set_title(_("Pending Changes"), queue_text(self._queue))
        for part in (self._bar, self._list):
            part.setVisible(bool(self._queue))
        self._nothing.setVisible(not self._queue)
        self._keep.setVisible(may_change(self.context.by))
        self._table.set_rows(self._queue)
        self._select_first()

    def _select_first(self) -> None:
        """Something is always selected: what it releases is worth seeing, and the buttons are about it."""
        if self._chosen() is None and self._table.rows.rowCount():
            self._table.selectRow(0)
        self._show_selected()

    def _show_selected(self) -> None:
        chosen = self._chosen()
        now = self.context.clock.now()
        self._tools.setEnabled(chosen is not None)
        self._keep.setEnabled(chosen is not None and not chosen.switch.is_due(now))
        self._outlook.setVisible(chosen is not None)
        if chosen is None:
            return
        self._outlook.set_title(_("What happens on {date}").format(date=format_date(chosen.switch.effective_on)))
        self._about.setText(f"{account_line(chosen.account.name, chosen.account.domain)}\n{request_text(chosen)}")
        stake = stake_text(chosen)
        self._stake.setText(stake)
        self._stake.setVisible(bool(stake))
        self._released.set_rows(chosen.released)
        self._released.setVisible(bool(chosen.released))
        self._nothing_released.setText(_("No seat is released: every seat is assigned."))
        self._nothing_released.setVisible(not chosen.released)

    def _chosen(self) -> QueuedSwitch | None:
        return next(iter(self._table.selected_rows()), None)

    def _on_searched(self, text: str) -> None:
        self._table.set_predicate(partial(contains, words_of(text)))
        self._select_first()

    def _on_opened(self, row: QueuedSwitch) -> None:
        self.context.navigate("services", account=row.account.id, tab="tools")

    def _on_tools(self) -> None:
        if (chosen := self._chosen()) is not None:
            self._on_opened(chosen)

    def _on_keep(self) -> None:
        from cpdesk.ui.parts.keep_purchase_mode import KeepPurchaseModeDialog

        chosen = self._chosen()
        assert chosen is not None
        dialog = KeepPurchaseModeDialog(self, self.context, chosen.account, chosen.money)
        dialog.succeeded.connect(self._on_kept)
        dialog.open()

    def _on_kept(self, account: AccountRow) -> None:
        from cpdesk.ui.parts.keep_purchase_mode import kept_text

        self.context.notices.clear()
        self.context.notices.success(kept_text(account))
        # The button that was pressed is off now, and cannot keep the keyboard.
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
