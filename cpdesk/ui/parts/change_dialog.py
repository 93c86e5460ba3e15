"""What dialogs that make one change in one account have in common."""

from PySide6.QtWidgets import QWidget

from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.texts import account_line


class ChangeDialog(WorkDialog):
    """Has the account's name and domain over the title: acting on the wrong account is the classic mistake."""

    def __init__(
        self, parent: QWidget, context: PageContext, account: AccountRow, title: str, width: int = 560
    ) -> None:
        super().__init__(parent, context, title, account_line(account.name, account.domain), width)
        self.account = account
