"""Setting up a second factor, turning it off, and making new recovery codes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.rows import Done
from cpdesk.domain.second_factor import Enrolment, Place, spaced
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.parts.kept_code import KeptCode
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import danger, primary, secondary
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.qr_code import QrCode

_FIELDS = {"wrong_password": "present", "wrong_first_code": "code"}


class RecoveryCodes(KeptCode):
    """Ten of them, each on its line."""

    file_name = "cpdesk-recovery-codes.txt"
    text_role = TextRole.CODE

    def __init__(self, email: str) -> None:
        """`email`: whose access they restore."""
        self._email = email
        super().__init__()

    def sheet(self) -> str:
        lines = (
            _("cpdesk recovery codes"),
            "",
            self.code,
            "",
            _("Operator: {email}").format(email=self._email),
            _("Each works once instead of a code of the authenticator app."),
        )
        return "\n".join(lines) + "\n"

    def save_title(self) -> str:
        return _("Save the recovery codes")

    def print_title(self) -> str:
        return _("Print the recovery codes")

    def stored_text(self) -> str:
        return _("I have stored the codes")


class FactorDialog(WorkDialog):
    """Asks for the present password, as a screen may be left unattended, and shows recovery codes if there are any."""

    help_topic = "second-factor"

    def __init__(self, parent: QWidget, context: PageContext, title: str, fields: tuple[Field, ...] = ()) -> None:
        super().__init__(parent, context, title, context.by.email)
        self.form = Form((*fields, _password_field()))
        self.codes = RecoveryCodes(context.by.email)
        self._about_codes = Label(
            _("Each works once instead of a code of the app, when the telephone is lost. They are shown this once."),
            wrap=True,
        )
        self.finish = primary(_("Done"))
        self._before: tuple[QWidget, ...] = ()

    def fill(self, parts: tuple[QWidget, ...], leave: QWidget, go: QWidget) -> None:
        """Put everything in its place; what is hidden now shows the codes later."""
        self._before = (*parts, leave, go)
        for part in (*parts, self._about_codes, self.codes):
            self.content.addWidget(part)
        self._about_codes.hide()
        self.add_button(self.finish)
        self.finish.hide()
        self.codes.hide()
        self.finish.setEnabled(False)
        self.codes.stored_changed.connect(self.finish.setEnabled)
        self.finish.clicked.connect(self.accept)

    def first_focus(self) -> QWidget:
        return self.form.editor(next(iter(self.form.values())))

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, _FIELDS):
            super().refused(error)
        self.fit()

    def reject(self) -> None:
        """Esc does not lose codes that nobody has stored yet."""
        if self.finish.isHidden() or self.finish.isEnabled():
            super().reject()

    def show_codes(self, codes: tuple[str, ...]) -> None:
        """Show them instead of all else."""
        self.set_texts(_("Store your recovery codes"), self.context.by.email)
        for part in self._before:
            part.hide()
        self.codes.show_code("\n".join(codes))
        for shown in (self._about_codes, self.codes, self.finish):
            shown.show()
        self.fit()
        self.codes.stored.setFocus()

    def done_with(self, value: Any) -> None:
        self.succeeded.emit(value)
        if value:
            self.show_codes(value)
        else:
            self.accept()

    def password(self) -> str:
        """The present password as it was typed."""
        return str(self.form.values()["present"])


class SetUpFactorDialog(FactorDialog):
    """A secret for the app, as a picture and as text, and the code that proves that the app has it."""

    def __init__(self, parent: QWidget, context: PageContext, enrolment: Enrolment) -> None:
        code = Field("code", lambda: _("Code that the app shows now"), required=True, placeholder="123 456")
        super().__init__(parent, context, _("Set up a second factor"), (code,))
        self._enrolment = enrolment
        self.leave = self.add_button(secondary(_("Keep the password alone")))
        self.go = self.add_button(primary(_("Turn on")))
        self.fill((self._secret(), self._kept(), self.form), self.leave, self.go)
        self.go.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)

    def _secret(self) -> QWidget:
        texts = QVBoxLayout()
        texts.setSpacing(spacing.S)
        secret = Label(spaced(self._enrolment.secret), TextRole.STRONG, selectable=True, wrap=True)
        for part in (
            Label(_("Scan the picture with an authenticator app on your telephone."), wrap=True),
            Label(_("If it cannot be scanned, enter this key in the app:"), wrap=True),
            secret,
        ):
            texts.addWidget(part)
        texts.addStretch(1)
        both = QWidget()
        row = hbox(QrCode(self._enrolment.address, _("QR code for the authenticator app")), space=spacing.L)
        row.addLayout(texts, 1)
        both.setLayout(row)
        return both

    def _kept(self) -> QWidget:
        if self._enrolment.place is Place.KEYRING:
            return Label(_("The key is kept in the keyring of this computer."), TextRole.CAPTION, wrap=True)
        return Notice(
            Kind.PENDING,
            _(
                "This computer has no keyring: the key is kept in a file beside the database that only you can read. "
                "Whoever can read your files can read it."
            ),
        )

    def _on_go(self) -> None:
        if self.form.validate():
            turn_on = self.context.services.factors.turn_on
            code = str(self.form.values()["code"])
            work = partial(turn_on, self.context.by, self.password(), self._enrolment, code)
            self.change(work, self.go, self.leave)
        self.fit()


class TurnOffFactorDialog(FactorDialog):
    """Back to the password alone."""

    def __init__(self, parent: QWidget, context: PageContext) -> None:
        super().__init__(parent, context, _("Turn off the second factor?"))
        text = _("The password alone is asked for then. The recovery codes no longer work; remove cpdesk from the app.")
        self.go = self.add_button(danger(_("Turn off")))
        self.leave = self.add_button(primary(_("Keep the second factor")))
        self.fill((Label(text, wrap=True), self.form), self.leave, self.go)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(partial(_submit, self, context.services.factors.turn_off))


class RenewCodesDialog(FactorDialog):
    """Ten new recovery codes, shown once."""

    def __init__(self, parent: QWidget, context: PageContext) -> None:
        super().__init__(parent, context, _("Make new recovery codes"))
        text = _("You get ten new codes, shown this once. The old ones no longer work.")
        self.leave = self.add_button(secondary(_("Keep the old codes")))
        self.go = self.add_button(primary(_("Make new codes")))
        self.fill((Label(text, wrap=True), self.form), self.leave, self.go)
        self.go.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(partial(_submit, self, context.services.factors.renew_codes))


def _submit(dialog: TurnOffFactorDialog | RenewCodesDialog, service: Callable[..., Done[Any]]) -> None:
    if dialog.form.validate():
        dialog.change(partial(service, dialog.context.by, dialog.password()), dialog.go, dialog.leave)
    dialog.fit()


def _password_field() -> Field:
    return Field("present", lambda: _("Your password"), FieldKind.PASSWORD, required=True)
