"""Signing in."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Session
from cpdesk.ui.context import Kind
from cpdesk.ui.pages.start.sheet import LAST_EMAIL, SheetPage
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.widgets.buttons import link, primary
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.notice import Notice


class SignInPage(SheetPage):
    """Asks for e-mail address and password. What is wrong of the two is not said."""

    def _build(self) -> None:
        super()._build()
        self._form = Form(
            (
                Field("email", lambda: _("E-mail address"), required=True),
                Field("password", lambda: _("Password"), FieldKind.PASSWORD, required=True),
            )
        )
        self._show_password = CheckBox()
        self._refusal = Notice(Kind.ERROR)
        self._log_in = primary()
        self._recover = link()
        self._form.set_values({"email": self.context.settings.value(LAST_EMAIL, "")})
        self._refusal.hide()
        for part in (self._refusal, self._form, self._show_password, self._log_in):
            self.sheet.body.addWidget(part)
        self.sheet.body.addLayout(hbox(None, self._recover, None))

    def _wire(self) -> None:
        self._form.submitted.connect(self._on_submitted)
        self._log_in.clicked.connect(self._on_submitted)
        self._show_password.toggled.connect(self._on_show_password)
        self._recover.clicked.connect(self._on_recover)

    def retranslate(self) -> None:
        self.set_heading(_("Log in to the Control Panel with your administrative credentials"))
        self._show_password.setText(_("Show password"))
        self._log_in.setText(_("Log In"))
        self._recover.setText(_("Use the recovery code"))

    def first_focus(self) -> QWidget | None:
        return self._form.editor("password" if self._form.values()["email"] else "email")

    def _on_submitted(self) -> None:
        self._refusal.hide()
        if self._form.validate():
            values = self._form.values()
            work = partial(self.context.services.operators.sign_in, values["email"], values["password"])
            self.context.jobs.run(self, work, self._on_signed_in, self._on_refused, key="sign_in")

    def _on_signed_in(self, session: Session) -> None:
        self.context.settings.setValue(LAST_EMAIL, session.email)
        self.context.sign_in(session)

    def _on_refused(self, error: Exception) -> None:
        self._refusal.set_text(sentence_of(error))
        self._refusal.show()
        password = self._form.editor("password")
        assert isinstance(password, QLineEdit)
        password.setFocus(Qt.FocusReason.OtherFocusReason)
        password.selectAll()

    def _on_show_password(self, shown: bool) -> None:
        password = self._form.editor("password")
        assert isinstance(password, QLineEdit)
        password.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _on_recover(self) -> None:
        from cpdesk.ui.pages.start.recover import RecoverAccessDialog

        dialog = RecoverAccessDialog(self, self.context, str(self._form.values()["email"]))
        dialog.recovered.connect(self._on_recovered)
        dialog.open()

    def _on_recovered(self, email: str) -> None:
        self._form.set_values({"email": email, "password": ""})
        self._refusal.hide()
        self.context.notices.success(_("The new password is set. Log in with it."))
