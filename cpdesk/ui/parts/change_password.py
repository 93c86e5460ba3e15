"""Changing the own password, for everybody."""

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.new_password import password_fields, password_problems
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form

_FIELDS = {"wrong_password": "present", "password_empty": "password"}


class ChangePasswordDialog(WorkDialog):
    """Asks for the present password: a screen may be left unattended."""

    help_topic = "operators"

    def __init__(self, parent: QWidget, context: PageContext) -> None:
        super().__init__(parent, context, _("Change password"), context.by.email)
        self.form = Form(_fields())
        self.leave = self.add_button(secondary(_("Keep the present password")))
        self.go = self.add_button(primary(_("Change password")))
        self.content.addWidget(self.form)
        self.go.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_change)
        self.succeeded.connect(self._on_succeeded)

    def first_focus(self) -> QWidget:
        return self.form.editor("present")

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, _FIELDS):
            super().refused(error)
        self.fit()

    def _on_change(self) -> None:
        if self.form.validate(password_problems(self.form, self.context.by.email)):
            values = self.form.values()
            change = self.context.services.operators.change_own_password
            work = partial(change, self.context.by, values["present"], values["password"])
            self.change(work, self.go, self.leave)
        self.fit()

    def _on_succeeded(self) -> None:
        self.context.notices.clear()
        self.context.notices.success(_("Your password is changed."))


def _fields() -> tuple[Field, ...]:
    password, again = password_fields()
    return (
        Field("present", lambda: _("Present password"), FieldKind.PASSWORD, required=True),
        replace(password, label=lambda: _("New password")),
        replace(again, label=lambda: _("New password again")),
    )
