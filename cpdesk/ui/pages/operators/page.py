"""The operators: who may sign in, and as what."""

from functools import partial

from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.operators import OperatorRow, Role, Session, last_reseller
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.pages.operators.operator_columns import operator_columns
from cpdesk.ui.pages.operators.role_texts import hint, operators_text, role_text
from cpdesk.ui.pages.operators.roles_card import RolesCard
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import read_only_reason
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import link, primary, secondary
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable

_ALL_BUT = 1000
"""The list takes what it can use before the gap under the page takes anything."""


class OperatorsPage(Page):
    """The list, and for reseller administrators what can be done with the selected operator."""

    topics = frozenset({"operators"})

    def _build(self) -> None:
        self._rows: tuple[OperatorRow, ...] = ()
        self._about: OperatorRow | None = None
        self._may_change = self.context.by.role is Role.RESELLER
        self._add = primary()
        self.former = link()
        self._read_only = Notice(Kind.INFO)
        self._search = SearchField()
        self._role, self._password = secondary(), secondary()
        self._factor, self._remove = secondary(), secondary()
        self._hint = Label(role=TextRole.CAPTION, wrap=True)
        self._table: DataTable[OperatorRow] = DataTable(
            operator_columns(self.context.by.operator_id),
            lambda row: row.id,
            name="operators",
            settings=self.context.settings,
        )
        self._roles = RolesCard()
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.sort_by("email")
        self._table.set_row_actions(self._actions)
        self.header.add_action(self.former)
        self.header.add_action(self._add)
        bar = hbox(self._search, None, *self._buttons(), space=spacing.S)
        self.body.addWidget(self._read_only)
        self.body.addLayout(bar)
        self.body.addWidget(self._hint)
        self.body.addWidget(ListCard(self._table, last=False), _ALL_BUT)
        self.body.addWidget(self._roles)
        self.body.addStretch(1)
        for part in (self.former, self._add, *self._buttons()):
            part.setVisible(self._may_change)
        self._read_only.setVisible(not self._may_change)

    def _wire(self) -> None:
        self.former.clicked.connect(self._on_former)
        self._add.clicked.connect(self._on_add)
        self._role.clicked.connect(self._on_role)
        self._password.clicked.connect(self._on_password)
        self._factor.clicked.connect(self._on_factor)
        self._remove.clicked.connect(self._on_remove)
        self._search.searched.connect(self._table.set_filter)
        self._table.selection_changed.connect(self._on_selected)
        self._table.row_activated.connect(self._on_role)

    def retranslate(self) -> None:
        self.former.setText(_("Former Operators…"))
        self._add.setText(_("Add operator"))
        self._role.setText(_("Change role"))
        self._factor.setText(_("Take away second factor"))
        self._remove.setText(_("Remove"))
        self._search.set_placeholder(_("Search operators"))
        self._table.setAccessibleName(_("Operators"))
        self._read_only.set_text(read_only_reason(self.context.by))
        self._roles.retranslate()
        self._show_title()
        self._on_selected()

    def first_focus(self) -> QWidget | None:
        return self._search

    def refresh(self) -> None:
        self.load(partial(self.context.services.operators.rows, self.context.by), self._on_read)

    def _on_read(self, rows: list[OperatorRow]) -> None:
        self._rows = tuple(rows)
        self._table.set_rows(self._rows)
        self._show_title()
        self._on_selected()

    def _show_title(self) -> None:
        count = operators_text(len(self._rows)) if self._rows else ""
        self.set_title(_("Operators"), count)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self._role, self._password, self._factor, self._remove

    def _is_own(self, row: OperatorRow | None) -> bool:
        return row is not None and row.id == self.context.by.operator_id

    def _selected(self) -> OperatorRow | None:
        return next(iter(self._table.selected_rows()), None)

    def _on_selected(self) -> None:
        selected = self._selected()
        last = last_reseller(self._rows)
        is_last = selected is not None and last is not None and selected.id == last.id
        self._password.setText(_("Change password") if self._is_own(selected) else _("Reset password"))
        self._password.setEnabled(selected is not None)
        has_factor = selected is not None and selected.second_factor
        self._factor.setEnabled(has_factor and not self._is_own(selected))
        for button in (self._role, self._remove):
            button.setEnabled(selected is not None and not is_last)
        text = hint(self._rows, selected) if self._may_change else ""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        missing = "" if selected else _("Select an operator first.")
        for button in self._buttons():
            button.setAccessibleDescription(missing or text)

    def _actions(self) -> tuple[Action, ...]:
        if not self._may_change:
            return ()
        slots = (self._on_role, self._on_password, self._on_factor, self._on_remove)
        offered = zip(self._buttons(), slots, strict=True)
        return tuple(Action(button.text(), callback) for button, callback in offered if button.isEnabled())

    def _on_add(self) -> None:
        from cpdesk.ui.pages.operators.add_operator import AddOperatorDialog

        dialog = AddOperatorDialog(self, self.context)
        dialog.succeeded.connect(self._on_added)
        dialog.open()

    def _on_former(self) -> None:
        from cpdesk.ui.parts.erase_former import EraseFormerDialog, former_operators

        EraseFormerDialog(self, self.context, former_operators(self.context)).ask()

    def _on_role(self) -> None:
        from cpdesk.ui.pages.operators.operator_dialogs import ChangeRoleDialog

        self._about = self._selected()
        if self._about is not None and self._may_change and self._role.isEnabled():
            dialog = ChangeRoleDialog(self, self.context, self._about)
            dialog.succeeded.connect(self._on_role_changed)
            dialog.open()

    def _on_password(self) -> None:
        from cpdesk.ui.pages.operators.password_dialog import ResetPasswordDialog
        from cpdesk.ui.parts.change_password import ChangePasswordDialog

        self._about = self._selected()
        if self._is_own(self._about):
            ChangePasswordDialog(self, self.context).open()
        elif self._about is not None:
            dialog = ResetPasswordDialog(self, self.context, self._about)
            dialog.succeeded.connect(self._on_password_set)
            dialog.open()

    def _on_factor(self) -> None:
        from cpdesk.ui.pages.operators.operator_dialogs import ResetFactorDialog

        self._about = self._selected()
        if self._about is not None:
            dialog = ResetFactorDialog(self, self.context, self._about)
            dialog.succeeded.connect(self._on_factor_reset)
            dialog.open()

    def _on_remove(self) -> None:
        from cpdesk.ui.pages.operators.operator_dialogs import RemoveOperatorDialog

        self._about = self._selected()
        if self._about is not None:
            dialog = RemoveOperatorDialog(self, self.context, self._about)
            dialog.succeeded.connect(self._on_removed)
            dialog.open()

    def _on_added(self, row: OperatorRow) -> None:
        self._tell(_("{email} can sign in now, as {role}."), row)

    def _on_role_changed(self, row: OperatorRow) -> None:
        by = self.context.by
        if row.id == by.operator_id:
            self.context.sign_in(Session(row.id, row.email, row.role, row.account_id))
        else:
            self._tell(_("{email} is {role} now."), row)

    def _on_password_set(self) -> None:
        assert self._about is not None
        self._tell(_("{email} has a new password, which has to be changed at the next log-in."), self._about)

    def _on_factor_reset(self) -> None:
        assert self._about is not None
        self._tell(_("{email} logs in without a second factor now."), self._about)

    def _on_removed(self) -> None:
        assert self._about is not None
        if self._about.id == self.context.by.operator_id:
            self.context.sign_out()
        else:
            self._tell(_("{email} can no longer sign in."), self._about)

    def _tell(self, text: str, row: OperatorRow) -> None:
        self.context.notices.clear()
        self.context.notices.success(text.format(email=row.email, role=role_text(row)))
