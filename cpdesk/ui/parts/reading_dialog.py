"""What dialogs that show something first have in common."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.refusals import sentence_of

T = TypeVar("T")

_PATIENCE_MS = 300


class ReadingDialog(ChangeDialog):
    """Opens with what was read, or without it if that takes long. What cannot be read is told on the page."""

    def __init__(
        self, parent: QWidget, context: PageContext, account: AccountRow, title: str, width: int = 560
    ) -> None:
        super().__init__(parent, context, account, title, width)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.open)

    def ask(self) -> None:
        """Read what is shown, again if need be, by calling `read`; a dialog overrides it."""
        raise NotImplementedError

    def read(self, work: Callable[[], T], show: Callable[[T], None]) -> None:
        """Read on another thread, then show."""
        if not self.isVisible():
            self._patience.start()
        self.context.jobs.run(self, work, partial(self._on_read, show), self.not_read)

    def not_read(self, error: Exception) -> None:
        """Tell what could not be read; override it in a dialog that is of use without."""
        self._patience.stop()
        if self.isVisible():
            self.say(sentence_of(error))
        else:
            self.context.notices.error(sentence_of(error))
            self.reject()

    def come_forward(self) -> None:
        """Open, or take the size of what is shown now; a dialog that was left meanwhile stays away."""
        if self._patience.isActive():
            self._patience.stop()
            self.open()
        elif self.isVisible():
            self.fit()

    def _on_read(self, show: Callable[[T], None], result: T) -> None:
        show(result)
        self.come_forward()
