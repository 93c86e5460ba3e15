"""What dialogs have in common whose change in an account takes long when it is about many users."""

from PySide6.QtWidgets import QWidget

from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.long_work import LongWork
from cpdesk.ui.parts.reading_dialog import ReadingDialog


class LongChangeDialog(LongWork, ReadingDialog):
    """Says how far its change is, with a way out. Its work takes `progress` besides what it has already."""

    def __init__(
        self, parent: QWidget, context: PageContext, account: AccountRow, title: str, width: int = 560
    ) -> None:
        super().__init__(parent, context, account, title, width)
        self.make_line()
