"""What the tabs of the reports have in common."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.loaded_part import LoadedPart
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.layout import vbox


class ReportTab(QWidget):
    """Reads its report when it is first seen, and again when it is seen after something has changed."""

    def __init__(self, context: PageContext, account_id: int | None) -> None:
        """account_id: None for all accounts."""
        super().__init__()
        self.context = context
        self.account_id = account_id
        self.stale = True
        content = QWidget()
        self.body = vbox(space=spacing.M)
        content.setLayout(self.body)
        self.part = LoadedPart(context.jobs, content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.part)
        self.part.asked_again.connect(self.ask)

    def ask(self) -> None:
        """Read the report, by `self.part.load`; a tab overrides it."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set all texts, in the language in use."""

    def refresh(self) -> None:
        """Something has changed: read anew, when it is seen."""
        self.stale = True
        if self.isVisible():
            self._freshen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._freshen()

    def _freshen(self) -> None:
        if self.stale:
            self.stale = False
            self.ask()
