"""What dialogs that end with a new password have in common, and the one that does nothing else."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from cpdesk.base.apart import beside
from cpdesk.base.i18n import _
from cpdesk.domain.operators import OperatorRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.operators.password_choice import OneTimePassword, PasswordChoice
from cpdesk.ui.pages.operators.role_texts import role_text
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.labels import Label


class PasswordDialog(WorkDialog):
    """Stays open after its change to show a password that the program made."""

    def __init__(self, parent: QWidget, context: PageContext, title: str, subtitle: str = "") -> None:
        super().__init__(parent, context, title, subtitle)
        self.choice = PasswordChoice()
        self.email = ""
        self._password = ""
        self._parts: tuple[QWidget, ...] = ()
        self._buttons: tuple[QPushButton, ...] = ()

    def fill(self, parts: tuple[QWidget, ...], leave: QPushButton, go: QPushButton) -> None:
        """Put everything in its place; `leave` changes nothing, `go` is what Enter presses."""
        self._parts = parts
        self._buttons = (leave, go)
        for part in parts:
            self.content.addWidget(part)
        self.add_button(leave).clicked.connect(self.reject)
        self.add_button(go).setDefault(True)

    def password(self) -> str:
        """The password for the change; remembered as long as the dialog is open, to be shown."""
        self._password = self.choice.password()
        return self._password

    def done_with(self, value: Any) -> None:
        self.succeeded.emit(value)
        if self.choice.generates:
            self.show_password(self._password)
        else:
            self.accept()

    def handing_over(self) -> str:
        """What is said of the password that is shown; names {email}."""
        return _("It is shown this once: cpdesk keeps no readable copy. {email} can change it after signing in.")

    def show_password(self, password: str) -> None:
        """Show a password instead of all else, until the dialog is closed."""
        for part in (*self._parts, *self._buttons):
            part.hide()
        shown = OneTimePassword(password)
        self.set_texts(_("Hand over this password"), self.email)
        for part in (Label(self.handing_over().format(email=self.email), wrap=True), shown):
            self.content.addWidget(part)
            part.show()
        done = self.add_button(primary(_("Done")))
        done.clicked.connect(self.accept)
        done.setDefault(True)
        self.fit()
        QTimer.singleShot(0, self, self.fit)  # what was hidden and shown has told its layouts by then
        shown.copy.setFocus(Qt.FocusReason.OtherFocusReason)


class ResetPasswordDialog(PasswordDialog):
    """A password to begin with for somebody who has lost theirs."""

    def handing_over(self) -> str:
        return _(
            "It is shown this once: cpdesk keeps no readable copy. {email} chooses another one at the next log-in."
        )

    def __init__(self, parent: QWidget, context: PageContext, row: OperatorRow) -> None:
        super().__init__(parent, context, _("Reset password"), beside(row.email, role_text(row)))
        self.email = row.email
        text = _(
            "It replaces the present password of {email} at once, and has to be changed at the next log-in, so that "
            "nobody else knows it."
        ).format(email=row.email)
        self.leave = secondary(_("Keep the present password"))
        self.set = primary(_("Reset password"))
        self.fill((Label(text, wrap=True), self.choice), self.leave, self.set)
        self.set.clicked.connect(self._on_set)

    def _on_set(self) -> None:
        if self.choice.validate(self.email):
            reset = self.context.services.operators.reset_password
            self.change(partial(reset, self.context.by, self.email, self.password()), self.set, self.leave)
        self.fit()
