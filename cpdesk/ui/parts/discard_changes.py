"""Leaving a page with changes that are not saved."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.texts import account_line
from cpdesk.ui.widgets.buttons import danger, primary
from cpdesk.ui.widgets.dialog import ModalDialog
from cpdesk.ui.widgets.labels import Label


class DiscardChangesDialog(ModalDialog):
    """Accepted means that they are given up."""

    def __init__(self, parent: QWidget, account: AccountRow, text: str) -> None:
        """`text` says what is lost."""
        super().__init__(parent, _("Changes are not saved"), account_line(account.name, account.domain), width=560)
        self.content.addWidget(Label(text, wrap=True))
        self.discard = self.add_button(danger(_("Discard changes")))
        self.keep = self.add_button(primary(_("Keep editing")))
        self.set_safe(self.keep)
        self.discard.clicked.connect(self.accept)


def ask_to_discard(
    parent: QWidget, account: AccountRow, text: str, discard: Callable[[], object], go: Callable[[], object]
) -> None:
    """Ask whether what `text` names may be lost; if so `discard` it, then `go`."""
    dialog = DiscardChangesDialog(parent, account, text)
    dialog.accepted.connect(partial(_leave, discard, go))
    dialog.open()


def _leave(discard: Callable[[], object], go: Callable[[], object]) -> None:
    discard()
    go()
