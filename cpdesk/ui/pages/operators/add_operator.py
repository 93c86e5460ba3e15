"""Letting somebody sign in."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.operators.password_dialog import PasswordDialog
from cpdesk.ui.pages.operators.role_picker import RolePicker
from cpdesk.ui.refusals import sentence_of, told_by_field
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.fields import Field
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label

_FIELDS = dict.fromkeys(("bad_email", "operator_exists"), "email")


class AddOperatorDialog(PasswordDialog):
    """Address, role and password of a new operator."""

    def __init__(self, parent: QWidget, context: PageContext) -> None:
        super().__init__(parent, context, _("Add an operator"))
        self.form = Form((Field("email", _("E-mail address"), required=True, placeholder="name@reseller.example"),))
        self.roles = RolePicker()
        self.leave = secondary(_("Add nobody"))
        self.add = primary(_("Add operator"))
        parts = (
            self.form,
            Label(_("Role"), TextRole.STRONG),
            self.roles,
            Label(_("Password"), TextRole.STRONG),
            self.choice,
        )
        self.fill(parts, self.leave, self.add)
        self.add.clicked.connect(self._on_add)
        self.form.submitted.connect(self._on_add)
        self.roles.changed.connect(self.fit)
        context.jobs.run(self, partial(context.services.accounts.rows, context.by), self._on_accounts, self.refused)

    def first_focus(self) -> QWidget:
        return self.form.editor("email")

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, _FIELDS):
            self.say(sentence_of(error))
        self.fit()

    def _on_accounts(self, accounts: list[AccountRow]) -> None:
        self.roles.set_accounts(accounts)

    def _on_add(self) -> None:
        # All that is wrong is said at once, and the first of it gets the keyboard.
        wrong = [part for part in (self.choice, self.roles, self.form) if not part.validate()]
        if not wrong:
            self.email = str(self.form.values()["email"])
            add = self.context.services.operators.add
            work = partial(add, self.context.by, self.email, self.roles.role, self.roles.account_id, self.password())
            self.change(work, self.add, self.leave)
        self.fit()
