"""Activating Microsoft Office 365 for an account."""

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.texts import import_command
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.dialog import ModalDialog
from cpdesk.ui.widgets.labels import Bold, Label


class ActivateServiceDialog(ModalDialog):
    """Says what will be there afterwards; accepted means go ahead."""

    def __init__(self, parent: QWidget, account: AccountRow) -> None:
        super().__init__(parent, _("Let's do this"), f"{account.name} · {account.domain}", width=560)
        tenant = Label(wrap=True)
        tenant.set_runs(_("A new Microsoft 365 tenant with the domain"), " ", Bold(account.domain))
        self.content.addWidget(tenant)
        self.content.addWidget(Label(_("It starts in Usage Mode: what is assigned to users is billed."), wrap=True))
        self.content.addWidget(Label(self._import_hint(account), TextRole.CAPTION, wrap=True, selectable=True))
        self.set_safe(self.add_button(secondary(_("Not Now"))))
        self.add_button(primary(_("Activate Microsoft Office 365"))).clicked.connect(self.accept)

    @staticmethod
    def _import_hint(account: AccountRow) -> str:
        return _(
            "To move an existing Microsoft account here, activate first, then import its users and licenses "
            "from the admin center's Export users file: {command}"
        ).format(command=import_command(account.domain))
