"""A field that searches while one types."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui import theme

_PAUSE_MS = 150
_WIDTH = 320


class SearchField(QLineEdit):
    """Emits `searched` with the text once typing pauses, at once on Enter; Esc empties it."""

    searched = Signal(str)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._sent = ""
        self.setProperty("search", "true")
        self.setClearButtonEnabled(True)
        place = QLineEdit.ActionPosition.LeadingPosition
        self._glass = self.addAction(theme.current().icon("search"), place)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme.current().fonts.scaled(_WIDTH))
        self.setMinimumWidth(theme.current().fonts.scaled(_WIDTH // 2))
        self.set_placeholder(placeholder)
        self.textChanged.connect(self._on_text_changed)
        self.returnPressed.connect(self._on_pause)
        self._pause.timeout.connect(self._on_pause)
        self._glass.triggered.connect(self._on_pause)

    def set_placeholder(self, text: str) -> None:
        """Say what is searched; a screen reader says it too."""
        self.setPlaceholderText(text)
        self.setAccessibleName(text)
        # Both are buttons inside the field; Qt gives them no names.
        self._glass.setText(_("Search"))
        for action in self.findChildren(QAction, "_q_qlineeditclearaction"):
            action.setText(_("Clear search"))

    def sizeHint(self) -> QSize:
        return QSize(theme.current().fonts.scaled(_WIDTH), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._on_pause()
            return
        super().keyPressEvent(event)

    def _on_text_changed(self) -> None:
        self._pause.start()

    def _on_pause(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._sent:
            self._sent = text
            self.searched.emit(text)
