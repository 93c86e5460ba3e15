"""Activating Microsoft Office 365 for an account."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.services.accounts import Accounts
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.checks import RadioButton
from cpdesk.ui.widgets.fields import Field
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import vbox

_FIELDS = {"bad_domain": "domain", "domain_taken": "domain"}
"""Which field a refusal is about."""


class ActivateServiceDialog(ChangeDialog):
    """Asks where the tenant comes from: a new one is activated here, an existing one is imported by a wizard."""

    help_topic = "catalog"

    transition_chosen = Signal()
    """The account is to be transitioned; nothing is activated yet."""

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow) -> None:
        super().__init__(parent, context, account, _("Let's do this"))
        self.new = RadioButton(_("A new Microsoft 365 tenant"))
        self.existing = RadioButton(_("I'm transitioning an existing Microsoft account"))
        self.form = Form((Field("domain", lambda: _("Domain"), required=True, placeholder="contoso.example"),))
        self._choices = QButtonGroup(self)
        self.leave = self.add_button(secondary(_("Not now")))
        self.go = self.add_button(primary())
        self._fill()
        self._wire()
        self._on_choice()

    def first_focus(self) -> QWidget:
        return self.new

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, _FIELDS):
            super().refused(error)
        self.fit()

    def _fill(self) -> None:
        for choice in (self.new, self.existing):
            self._choices.addButton(choice)
        self.new.setChecked(True)
        self.form.set_values({"domain": self.account.domain})
        # Whose domain it is, a customer administrator cannot say.
        self.form.editor("domain").setEnabled(self.context.by.role is Role.RESELLER)
        usage = Label(_("It starts in Usage Mode: what is assigned to users is billed."), TextRole.CAPTION, wrap=True)
        moved = Label(
            _(
                "Its users and licenses are imported from the file that the Microsoft 365 admin center exports. "
                "The service is activated with the import."
            ),
            TextRole.CAPTION,
            wrap=True,
        )
        moved.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        for choice, parts in ((self.new, (self.form, usage)), (self.existing, (moved,))):
            self.content.addWidget(choice)
            below = vbox(*parts, space=spacing.S)
            below.setContentsMargins(spacing.L + spacing.XS, 0, spacing.L + spacing.XS, spacing.S)
            self.content.addLayout(below)

    def _wire(self) -> None:
        self._choices.buttonToggled.connect(self._on_choice)
        self.form.submitted.connect(self._on_go)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        self.go.setDefault(True)

    def _on_choice(self) -> None:
        new = self.new.isChecked()
        self.form.setEnabled(new)
        self.go.setText(_("Activate Microsoft Office 365") if new else _("Choose the file"))

    def _on_go(self) -> None:
        if self.existing.isChecked():
            self.transition_chosen.emit()
            self.accept()
        elif self.form.validate():
            domain = self.form.values()["domain"]
            work = partial(_activate, self.context.services.accounts, self.context.by, self.account, domain)
            self.change(work, self.go, self.leave)
        self.fit()


def _activate(accounts: Accounts, by: Session, account: AccountRow, domain: str) -> Done[AccountRow]:
    if domain != account.domain:
        accounts.edit(by, account.id, domain=domain)
    return accounts.activate(by, account.id)
