"""A password for somebody else: made by the program and shown once, or chosen here."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.parts.new_password import password_fields, password_problems
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.checks import RadioButton
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox


class PasswordChoice(QWidget):
    """Two ways to a password."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._generate = RadioButton(_("Generate a password and show it once"))
        self._choose = RadioButton(_("Choose a password"))
        self._form = Form(password_fields())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.S)
        for part in (self._generate, self._choose, self._form):
            column.addWidget(part)
        self._choose.toggled.connect(self._form.setVisible)
        self._form.hide()
        self._generate.setChecked(True)

    @property
    def generates(self) -> bool:
        """Whether the program makes the password."""
        return self._generate.isChecked()

    def choose(self) -> None:
        """Take the way of choosing one."""
        self._choose.setChecked(True)

    def validate(self, email: str = "") -> bool:
        """Whether there is a password for whoever has this address; if not, the fields say what is wrong."""
        return self.generates or self._form.validate(password_problems(self._form, email))

    def password(self) -> str:
        """The password that was chosen, or a new one."""
        if not self.generates:
            return str(self._form.values()["password"])
        from cpdesk.services.operators import new_password

        return new_password()

    def set_error(self, text: str) -> None:
        """Say what a service refused."""
        self._form.set_error("password", text)


class OneTimePassword(QWidget):
    """A password that is shown this once, and a way to take it along."""

    def __init__(self, password: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._password = Label(password, TextRole.FIGURE, selectable=True, wrap=True)
        self._password.setAccessibleName(_("Password: {password}").format(password=password))
        self.copy = secondary(_("Copy"))
        self._told = Label(role=TextRole.CAPTION)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        column.addWidget(self._password)
        column.addLayout(hbox(self.copy, self._told, None, space=spacing.S))
        self.copy.clicked.connect(self._on_copy)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._password.text())
        self._told.setText(_("Copied"))
