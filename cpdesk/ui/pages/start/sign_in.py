"""Signing in."""

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Session
from cpdesk.ui.pages.start.sheet import LAST_EMAIL, SheetPage
from cpdesk.ui.parts.sign_in_form import SignInForm, Step
from cpdesk.ui.remembering import text_of
from cpdesk.ui.widgets.buttons import link
from cpdesk.ui.widgets.layout import hbox


class SignInPage(SheetPage):
    """Asks for e-mail address and password. What is wrong of the two is not said."""

    def _build(self) -> None:
        super()._build()
        self.entry = SignInForm(self.context)
        self._recover = link()
        self.entry.form.set_values({"email": text_of(self.context.settings, LAST_EMAIL)})
        self.sheet.body.addWidget(self.entry)
        self.sheet.body.addLayout(hbox(None, self._recover, None))

    def _wire(self) -> None:
        self.entry.signed_in.connect(self._on_signed_in)
        self.entry.stepped.connect(self.retranslate)
        self._recover.clicked.connect(self._on_recover)

    def retranslate(self) -> None:
        headings = {
            Step.PASSWORD: _("Log in to the Control Panel with your administrative credentials"),
            Step.NEW_PASSWORD: _("Choose a new password"),
            Step.CODE: _("Second factor"),
        }
        # Whose code or new password it is: several people may share a computer.
        whose = "" if self.entry.step is Step.PASSWORD else self.entry.email
        self.set_heading(headings[self.entry.step], whose)
        self.entry.retranslate()
        self._recover.setText(_("Use the recovery code"))
        self._recover.setVisible(self.entry.step is Step.PASSWORD)

    def first_focus(self) -> QWidget | None:
        return self.entry.first_focus()

    def _on_signed_in(self, session: Session) -> None:
        self.context.settings.setValue(LAST_EMAIL, session.email)
        self.context.sign_in(session)

    def _on_recover(self) -> None:
        from cpdesk.ui.pages.start.recover import RecoverAccessDialog

        dialog = RecoverAccessDialog(self, self.context, self.entry.email)
        dialog.recovered.connect(self._on_recovered)
        dialog.open()

    def _on_recovered(self, email: str) -> None:
        self.entry.form.set_values({"email": email, "password": ""})
        self.entry.refusal.hide()
        self.context.notices.success(_("The new password is set. Log in with it."))
