"""That a file is being read, and a way out; seen only where it takes a while."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.progress_line import ProgressLine

_PATIENCE_MS = 300
"""What takes less is not worth a bar."""


class ReadingLine(Card):
    """How far it is nobody knows: the bar only moves."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.line = ProgressLine()
        self.body.addWidget(self.line)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self.line.cancelled.connect(self.cancelled)
        self.hide()

    def begin(self, file: str) -> None:
        """A file is read from now on."""
        self.line.begin()
        self.line.show_progress(_("Reading {file}").format(file=file), 0, 0)
        self.line.bar.setRange(0, 0)
        self._patience.start()

    def end(self) -> None:
        """It is over, well or not."""
        self._patience.stop()
        self.hide()
