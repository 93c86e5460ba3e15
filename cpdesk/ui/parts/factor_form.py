"""The code of a second factor, asked for in a dialog once the password was right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.ui.widgets.fields import Field
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import vbox


class FactorForm(QWidget):
    """Hidden until it is asked for."""

    submitted = Signal()
    """Enter was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = False
        lead = Label(wrap=True)
        lead.setText(
            _(
                "The file asks for a second factor, too. Enter the code that your authenticator app shows. On another "
                "computer than the one where it was set up only a recovery code works: one of yours, or the one that "
                "was shown when cpdesk was set up."
            )
        )
        self._form = Form((Field("code", lambda: _("Code"), required=True, placeholder="123 456"),))
        column = vbox(lead, self._form)
        column.setContentsMargins(0, 0, 0, 0)
        self.setLayout(column)
        self._form.submitted.connect(self.submitted)
        self.hide()

    @property
    def code(self) -> str:
        """What was typed; "" while nobody is asked."""
        return str(self._form.values()["code"]) if self._asked else ""

    def validate(self) -> bool:
        """Whether it is filled in, if it is asked for."""
        return not self._asked or self._form.validate()

    def asks(self, error: Exception) -> bool:
        """Ask for a code if that is what a refusal wants; whether it is."""
        if not isinstance(error, UserError) or error.code != "code_needed":
            return False
        self._asked = True
        self.show()
        self._form.editor("code").setFocus(Qt.FocusReason.OtherFocusReason)
        return True
