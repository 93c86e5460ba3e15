"""Getting back in with the recovery code."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.pages.start.recovery_code import RecoveryCode
from cpdesk.ui.parts.new_password import password_fields, password_problems
from cpdesk.ui.refusals import sentence_of, told_by_field
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.dialog import ModalDialog
from cpdesk.ui.widgets.fields import Field
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.notice import Notice

_FIELDS = {"password_empty": "password", "wrong_recovery_code": "code"}


class RecoverAccessDialog(ModalDialog):
    """Sets a new password by the recovery code, then shows the next code."""

    help_topic = "operators"

    recovered = Signal(str)
    """The password of this address is set and the next code is stored."""

    def __init__(self, parent: QWidget, context: PageContext, email: str) -> None:
        super().__init__(parent, _("Use the recovery code"), width=560)
        self._context = context
        self._lead = Label(wrap=True)
        self._refusal = Notice(Kind.ERROR)
        self._form = Form(
            (
                Field("code", lambda: _("Recovery code"), required=True, placeholder="ABCD-EFGH-JKLM-NPQR-STUV"),
                Field("email", lambda: _("E-mail address"), required=True, default=email),
                *password_fields(),
            )
        )
        self._next_code = RecoveryCode()
        self._leave = self.add_button(secondary(_("Back to Log In")))
        self._set = self.add_button(primary(_("Set new password")))
        self._finish = self.add_button(primary(_("Continue to Log In")))
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._form.focus_first()

    def reject(self) -> None:
        """Esc and the way back do not lose a code that nobody has seen yet."""
        if self._finish.isHidden() or self._finish.isEnabled():
            super().reject()

    def _lay_out(self) -> None:
        self._lead.setText(
            _(
                "The code was shown when cpdesk was set up. It works once; you get a new one. A second factor is "
                "turned off."
            )
        )
        for part in (self._lead, self._refusal, self._form, self._next_code):
            self.content.addWidget(part)
        for later in (self._refusal, self._next_code, self._finish):
            later.hide()
        self._finish.setEnabled(False)

    def _connect(self) -> None:
        self._leave.clicked.connect(self.reject)
        self._set.clicked.connect(self._on_submitted)
        self._form.submitted.connect(self._on_submitted)
        self._next_code.stored_changed.connect(self._finish.setEnabled)
        self._finish.clicked.connect(self._on_finished)

    def _on_submitted(self) -> None:
        self._refusal.hide()
        if not self._form.validate(password_problems(self._form)):
            return
        values = self._form.values()
        recover = self._context.services.operators.recover
        work = partial(recover, values["code"], values["email"], values["password"])
        self._set.setEnabled(False)
        self._context.jobs.change(self, work, self._on_recovered, self._on_refused)

    def _on_recovered(self, next_code: str) -> None:
        self.set_texts(_("Store your new recovery code"))
        self._lead.setText(_("The new password is set. The old code no longer works: keep this one, it is shown once."))
        for done in (self._form, self._leave, self._set):
            done.hide()
        for shown in (self._next_code, self._finish):
            shown.show()
        self._next_code.set_code(next_code, self._form.values()["email"])
        self.fit()
        self._next_code.stored.setFocus()

    def _on_refused(self, error: Exception) -> None:
        self._set.setEnabled(True)
        if not told_by_field(self._form, error, _FIELDS):
            self._refusal.set_text(sentence_of(error))
            self._refusal.show()
        self.fit()

    def _on_finished(self) -> None:
        self.recovered.emit(self._form.values()["email"])
        self.accept()
