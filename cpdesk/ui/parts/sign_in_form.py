"""What is asked of whoever wants to come in: password, a new one where that must be, a code of the second factor."""

from datetime import timedelta
from enum import Enum
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.domain import delays
from cpdesk.domain.operators import Session
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.parts.new_password import password_fields, password_problems
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import link, primary
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.notice import Notice


class Step(Enum):
    """What is asked for at the moment."""

    PASSWORD = "password"
    NEW_PASSWORD = "new_password"
    CODE = "code"


_ASKED_BY = {"password_change_needed": Step.NEW_PASSWORD, "code_needed": Step.CODE}
"""Refusals that are none: the next step answers them."""
_SECOND_MS = 1000
_CODE_WRONG = frozenset({"wrong_code", "code_used", "factor_unreadable"})


class SignInForm(QWidget):
    """Asks for one thing after the other, as `Operators.sign_in` wants them."""

    signed_in = Signal(object)
    """The session."""
    stepped = Signal()
    """Something else is asked for."""

    def __init__(self, context: PageContext, email: str = "") -> None:
        """`email`: of the one operator who can come in; "" asks for the address."""
        super().__init__()
        self._context = context
        self._email = email
        self.step = Step.PASSWORD
        self.form = Form(_password_fields() if email else (_email_field(), *_password_fields()))
        self._new, self._code = Form(password_fields()), Form((_code_field(),))
        self._show_password = CheckBox()
        self.refusal = Notice(Kind.ERROR)
        self._lead = Label(wrap=True)
        self._go, self._back = primary(), link()
        self._refused_by: UserError | None = None
        self._left = timedelta()
        self._clock = QTimer(self, interval=_SECOND_MS)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show_step(Step.PASSWORD)

    @property
    def email(self) -> str:
        """Whose password is asked for."""
        return self._email or str(self.form.values()["email"])

    def retranslate(self) -> None:
        """All texts, in the language in use."""
        self._show_password.setText(_("Show password"))
        self._go.setText(_("Unlock") if self._email else _("Log In"))
        self._back.setText(_("Start over"))
        self._lead.setText(self._lead_text())

    def first_focus(self) -> QWidget:
        """Where somebody types first."""
        if self.step is Step.CODE:
            return self._code.editor("code")
        if self.step is Step.NEW_PASSWORD:
            return self._new.editor("password")
        return self.form.editor("password" if self.email else "email")

    def start_over(self) -> None:
        """Ask for the password again; nothing that was typed is left but the address."""
        self.form.set_values({"password": ""})
        self._new.reset()
        self._code.reset()
        self._unsay()
        self._show_step(Step.PASSWORD)
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def answer(self, values: dict[str, str]) -> None:
        """Fill in what is asked for at the moment, and go on."""
        form = self._forms()[self.step]
        form.set_values(values)
        form.submitted.emit()

    def _forms(self) -> dict[Step, Form]:
        return {Step.PASSWORD: self.form, Step.NEW_PASSWORD: self._new, Step.CODE: self._code}

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        for part in (self.refusal, self._lead, self.form, self._show_password, self._new, self._code, self._go):
            column.addWidget(part)
        column.addLayout(hbox(None, self._back, None))
        self.refusal.hide()

    def _connect(self) -> None:
        for form in (self.form, self._new, self._code):
            form.submitted.connect(self._on_submitted)
        self._go.clicked.connect(self._on_submitted)
        self._back.clicked.connect(self.start_over)
        self._clock.timeout.connect(self.pass_second)
        self._show_password.toggled.connect(self._on_show_password)

    def _show_step(self, step: Step) -> None:
        self.step = step
        for part, shown in (
            (self.form, step is Step.PASSWORD),
            (self._show_password, step is Step.PASSWORD),
            (self._new, step is Step.NEW_PASSWORD),
            (self._code, step is Step.CODE),
            (self._lead, step is not Step.PASSWORD),
            (self._back, step is not Step.PASSWORD),
        ):
            part.setVisible(shown)
        self._lead.setText(self._lead_text())
        self.stepped.emit()

    def _lead_text(self) -> str:
        if self.step is Step.NEW_PASSWORD:
            return _("An administrator has set your password. Choose one that only you know; then you are logged in.")
        return _("Enter the code that your authenticator app shows, or one of your recovery codes.")

    def _on_submitted(self) -> None:
        self._unsay()
        problems = password_problems(self._new, self.email) if self.step is Step.NEW_PASSWORD else {}
        if not self._forms()[self.step].validate(problems):
            return
        given = {"code": self._code.values()["code"], "new_password": self._new.values()["password"]}
        sign_in = self._context.services.operators.sign_in
        more = {name: value for name, value in given.items() if value}
        work = partial(sign_in, self.email, self.form.values()["password"], **more)
        self._context.jobs.run(self, work, self._on_signed_in, self.refuse, key="sign_in")

    def _on_signed_in(self, session: Session) -> None:
        self.signed_in.emit(session)

    def refuse(self, error: Exception) -> None:
        """Ask for what is missing, or say what is wrong."""
        code = error.code if isinstance(error, UserError) else ""
        if code in _ASKED_BY:
            self._show_step(_ASKED_BY[code])
        else:
            self._say(error)
            if code == "wrong_credentials":
                self._show_step(Step.PASSWORD)
        if code in _CODE_WRONG or self.step is Step.PASSWORD:
            self._select()
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, error: Exception) -> None:
        """Show why somebody is not let in, and keep it true: a time to wait gets shorter."""
        if self._email and isinstance(error, UserError) and error.code == "wrong_credentials":
            # Where nobody has typed an address, that cannot be what is wrong.
            error = UserError("wrong_password", **error.params)
        wait = error.params.get("wait") if isinstance(error, UserError) else None
        self._refused_by = error if isinstance(error, UserError) else None
        self._left = wait if isinstance(wait, timedelta) else timedelta()
        if self._left:
            self._clock.start()
        self.refusal.set_text(sentence_of(error))
        self.refusal.show()

    def pass_second(self) -> None:
        """A second of the wait is over."""
        self._left -= timedelta(seconds=1)
        if self._refused_by is None or self._left <= timedelta():
            self._unsay()
            return
        params = {**self._refused_by.params, "wait": delays.told(self._left)}
        self.refusal.set_text(sentence_of(UserError(self._refused_by.code, **params)))

    def _unsay(self) -> None:
        self._clock.stop()
        self.refusal.hide()

    def _select(self) -> None:
        """Have what was wrong replaced by what is typed next."""
        editor = self._code.editor("code") if self.step is Step.CODE else self.form.editor("password")
        assert isinstance(editor, QLineEdit)
        editor.selectAll()

    def _on_show_password(self, shown: bool) -> None:
        password = self.form.editor("password")
        assert isinstance(password, QLineEdit)
        password.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


def _email_field() -> Field:
    return Field("email", lambda: _("E-mail address"), required=True)


def _password_fields() -> tuple[Field]:
    return (Field("password", lambda: _("Password"), FieldKind.PASSWORD, required=True),)


def _code_field() -> Field:
    return Field("code", lambda: _("Code"), required=True, placeholder="123 456")
