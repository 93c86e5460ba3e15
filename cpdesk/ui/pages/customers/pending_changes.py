"""Pending Changes: one time line of pending switches and planned changes, in all accounts or inside one."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.operators import Session, may_change
from cpdesk.domain.planned import PlanKind
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.settlements import Agenda
from cpdesk.ui.pages.customers.narrowing import words_of
from cpdesk.ui.pages.customers.pending_columns import pending_columns, time_line_text
from cpdesk.ui.pages.customers.pending_outlook import PendingOutlook
from cpdesk.ui.pages.customers.time_line import Line, contains, lines, what_text
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import badge
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.layout import hbox, vbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from cpdesk.domain.planned import PlannedChange
    from cpdesk.services.bundle import Services


class PendingChangesPage(Page):
    """The time line by date; what the selected change does or did; the way to its account, and to end it."""

    topics = frozenset({"accounts", "modes", "plans", "prices", "seats", "users"})
    in_account: ClassVar[bool] = False
    """Whether it is about one account."""

    def _build(self) -> None:
        self._agenda = Agenda((), (), {})
        self._search = SearchField(at_once=True)
        self.ended = CheckBox()
        self._go = secondary()
        self._end = secondary()
        name = "account_changes" if self.in_account else "pending_changes"
        self._table: DataTable[Line] = DataTable(
            pending_columns(in_account=self.in_account),
            lambda row: row.key,
            name=name,
            settings=self.context.settings,
        )
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.sort_by("date")
        self._table.fold_texts()
        self._list = ListCard(self._table, last=False)
        self._outlook = PendingOutlook()
        self._empty = EmptyState(icon="pending")
        self._nothing = Card()
        self._bar = QWidget()
        self._put_together()

    def _wire(self) -> None:
        self._search.searched.connect(self._on_searched)
        self.ended.toggled.connect(self._show)
        self._table.selection_changed.connect(self._show_selected)
        self._table.row_activated.connect(self._on_opened)
        self._go.clicked.connect(self._on_go)
        self._end.clicked.connect(self._on_end)

    def retranslate(self) -> None:
        self._search.set_placeholder(_("Search account or user"))
        self.ended.setText(_("Show what has ended"))
        self._table.setAccessibleName(_("Pending changes"))
        self._empty.set(_("No change is pending"), _when_empty())
        self._show()

    def first_focus(self) -> QWidget | None:
        return self._search if self._bar.isVisible() else None

    def refresh(self) -> None:
        account_id = self.account_id if self.in_account else None
        self.load(partial(_read, self.context.services, self.context.by, account_id), self._on_read)

    def _put_together(self) -> None:
        above = hbox(self._search, None, self._go, self._end, space=spacing.S)
        self._bar.setLayout(vbox(above, self.ended, space=spacing.S))
        self._nothing.body.addWidget(self._empty)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._outlook)
        self.body.addWidget(self._nothing)
        self.body.addStretch()

    def _on_read(self, read: tuple[AccountRow | None, Agenda]) -> None:
        account, self._agenda = read
        if account is not None:
            self.set_account(badge(account))
        self._show()

    def _show(self) -> None:
        shown = lines(self._agenda, self.context.clock.now(), ended=self.ended.isChecked())
        self.set_title(_("Pending Changes"), time_line_text(shown))
        # What has ended can be asked for even where nothing else is left to see.
        self._bar.setVisible(bool(self._agenda.switches or self._agenda.plans))
        self._list.setVisible(bool(shown))
        self._nothing.setVisible(not shown)
        self._table.set_rows(shown)
        self._select_first()

    def _select_first(self) -> None:
        """Something is always selected: what it does is worth seeing, and the buttons are about it."""
        if self._chosen() is None and self._table.rows.rowCount():
            self._table.selectRow(0)
        self._show_selected()

    def _show_selected(self) -> None:
        chosen = self._chosen()
        self._outlook.show_line(chosen)
        self._go.setText(_go_text(chosen))
        self._go.setEnabled(chosen is not None)
        text = _end_text(chosen)
        self._end.setText(text)
        self._end.setVisible(bool(text) and may_change(self.context.by))
        self._end.setEnabled(chosen is not None and not chosen.overdue)

    def _chosen(self) -> Line | None:
        return next(iter(self._table.selected_rows()), None)

    def _on_searched(self, text: str) -> None:
        self._table.set_predicate(partial(contains, words_of(text)))
        self._select_first()

    def _on_opened(self, line: Line) -> None:
        if line.plan is None:
            self.context.navigate("services", account=line.account_id, tab="tools")
        elif line.plan.kind is PlanKind.REDUCTION:
            self.context.navigate("services", account=line.account_id, tab="subscriptions")
        else:
            self.context.navigate("users", account=line.account_id)

    def _on_go(self) -> None:
        if (chosen := self._chosen()) is not None:
            self._on_opened(chosen)

    def _on_end(self) -> None:
        chosen = self._chosen()
        assert chosen is not None
        if chosen.switch is not None:
            self._keep(chosen)
        elif chosen.waits:
            self._withdraw(chosen)
        else:
            self._dismiss(chosen)

    def _keep(self, line: Line) -> None:
        from cpdesk.ui.parts.keep_purchase_mode import KeepPurchaseModeDialog

        assert line.switch is not None
        dialog = KeepPurchaseModeDialog(self, self.context, line.switch.account, line.switch.money)
        dialog.succeeded.connect(self._on_kept)
        dialog.open()

    def _withdraw(self, line: Line) -> None:
        from cpdesk.ui.pages.customers.withdraw_plan import WithdrawPlanDialog

        assert line.plan is not None
        dialog = WithdrawPlanDialog(self, self.context, line.plan, what_text(line))
        dialog.succeeded.connect(self._on_withdrawn)
        dialog.open()

    def _dismiss(self, line: Line) -> None:
        assert line.plan is not None
        dismiss = self.context.services.planning.dismiss
        self.change(partial(dismiss, self.context.by, line.account_id, line.plan.number), self._on_dismissed)

    def _on_kept(self, account: AccountRow) -> None:
        from cpdesk.ui.parts.keep_purchase_mode import kept_text

        self._tell(kept_text(account))

    def _on_withdrawn(self, plan: "PlannedChange") -> None:
        text = _("{what} on {date}: withdrawn.")
        what = what_text(Line(plan, self._agenda.names))
        self._tell(text.format(what=what, date=format_date(plan.due_on)))

    def _on_dismissed(self, _done: object) -> None:
        self._tell(_("Dismissed. It is still to be found under “Show what has ended”, and in the audit log."))

    def _tell(self, text: str) -> None:
        self.context.notices.clear()
        self.context.notices.success(text)
        # The button that was pressed may be off now, and cannot keep the keyboard.
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)


class AccountChangesPage(PendingChangesPage):
    """The same inside an account."""

    in_account = True


def _read(services: "Services", by: Session, account_id: int | None) -> tuple[AccountRow | None, Agenda]:
    """Runs off the GUI thread."""
    account = services.accounts.show(by, account_id) if account_id is not None else None
    return account, services.planning.time_line(by, account_id)


def _when_empty() -> str:
    switch = _(
        "A change from Purchase Mode to Usage Mode stands here from its request until it is completed, "
        "on the first day of the next month."
    )
    plans = _(
        "So does what is planned for a date: a new user (Create New User), the deletion of users (User List), "
        "and seats to be removed (Subscriptions)."
    )
    return f"{switch} {plans}"


def _go_text(line: Line | None) -> str:
    if line is None or line.plan is None:
        return _("Open Tools")
    return _("Open Subscriptions") if line.plan.kind is PlanKind.REDUCTION else _("Open User List")


def _end_text(line: Line | None) -> str:
    """What can be done about a line; "" for nothing."""
    if line is None or line.plan is None:
        return _("Keep Purchase Mode")
    if line.waits:
        return _("Withdraw")
    return _("Dismiss") if line.plan.alarms else ""
