"""Giving an operator another role, taking a second factor away, and ending somebody's access."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.apart import beside
from cpdesk.base.i18n import _
from cpdesk.domain.operators import OperatorRow
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.operators.role_picker import RolePicker
from cpdesk.ui.pages.operators.role_texts import role_text
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.widgets.buttons import danger, primary, secondary
from cpdesk.ui.widgets.labels import Label


class ChangeRoleDialog(WorkDialog):
    """Promotes or demotes somebody, or gives a customer administrator another account."""

    def __init__(self, parent: QWidget, context: PageContext, row: OperatorRow) -> None:
        super().__init__(parent, context, _("Change role"), beside(row.email, role_text(row)))
        self.row = row
        self.roles = RolePicker()
        self.roles.set_value(row.role, None)
        self.leave = self.add_button(secondary(_("Keep the present role")))
        self.go = self.add_button(primary(_("Change role")))
        self.content.addWidget(self.roles)
        self.content.addWidget(Label(self._when(), wrap=True))
        self.go.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_change)
        self.roles.changed.connect(self._on_chosen)
        context.jobs.run(self, partial(context.services.accounts.rows, context.by), self._on_accounts, self.refused)
        self._on_chosen()

    def first_focus(self) -> QWidget:
        return self.roles.first_focus()

    def _when(self) -> str:
        if self.row.id == self.context.by.operator_id:
            return _("This is you. The new role counts at once, and the Control Panel opens anew with it.")
        return _("It counts at once, also where {email} is signed in.").format(email=self.row.email)

    def _on_accounts(self, accounts: list[AccountRow]) -> None:
        self.roles.set_accounts(accounts)
        if self.roles.account_id is None:
            self.roles.set_value(self.roles.role, self.row.account_id)
        self._on_chosen()

    def _on_chosen(self) -> None:
        same = (self.roles.role, self.roles.account_id) == (self.row.role, self.row.account_id)
        self.go.setEnabled(not same)
        if self.isVisible():
            self.fit()

    def _on_change(self) -> None:
        if self.roles.validate():
            change = self.context.services.operators.change_role
            work = partial(change, self.context.by, self.row.email, self.roles.role, self.roles.account_id)
            self.change(work, self.go, self.leave)
        self.fit()


class ResetFactorDialog(WorkDialog):
    """For somebody who has lost both the app and the recovery codes."""

    def __init__(self, parent: QWidget, context: PageContext, row: OperatorRow) -> None:
        super().__init__(parent, context, _("Take away the second factor?"), beside(row.email, role_text(row)))
        self.row = row
        for text in (
            _("{email} then logs in by the password alone, and can set up a new second factor."),
            _("Make sure that it is really {email} who asks: by a call to a number that you know, for instance."),
        ):
            self.content.addWidget(Label(text.format(email=row.email), wrap=True))
        self.go = self.add_button(danger(_("Take away")))
        self.leave = self.add_button(primary(_("Keep the second factor")))
        self.set_safe(self.leave)
        self.go.clicked.connect(self._on_go)

    def _on_go(self) -> None:
        reset = self.context.services.factors.reset
        self.change(partial(reset, self.context.by, self.row.email), self.go, self.leave)


class RemoveOperatorDialog(WorkDialog):
    """Says what ends and what stays."""

    def __init__(self, parent: QWidget, context: PageContext, row: OperatorRow) -> None:
        title = _("Remove {email}?").format(email=row.email)
        super().__init__(parent, context, title, role_text(row))
        self.row = row
        for text in self._texts():
            self.content.addWidget(Label(text, wrap=True))
        self.remove = self.add_button(danger(_("Remove operator")))
        self.leave = self.add_button(primary(_("Keep operator")))
        self.set_safe(self.leave)
        self.remove.clicked.connect(self._on_remove)

    def _texts(self) -> tuple[str, ...]:
        email = self.row.email
        ends = _("{email} can no longer sign in, and can do nothing more where still signed in.").format(email=email)
        if self.row.id == self.context.by.operator_id:
            ends = _("This is you: you are signed out at once and can no longer sign in.")
        stays = _("What this operator did stays in the audit log under the same address.")
        return ends, stays, _("The address can be added again at any time, as a new operator.")

    def _on_remove(self) -> None:
        remove = self.context.services.operators.remove
        self.change(partial(remove, self.context.by, self.row.email), self.remove, self.leave)
