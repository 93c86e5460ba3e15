"""A field that searches while one types."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.theme import icons, spacing

_PAUSE_MS = 150
_WIDTH = 320
_GLASS = 16


class SearchField(QLineEdit):
    """Emits `searched` with the text once typing pauses, at once on Enter; Esc empties it.

    at_once: with each letter, for lists that are in memory and quick to search.
    """

    searched = Signal(str)
    went_down = Signal()
    """The arrow key leads on, into what was found."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None, *, at_once: bool = False) -> None:
        super().__init__(parent)
        self._at_once = at_once
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._sent = ""
        self.setProperty("search", "true")
        self.setClearButtonEnabled(True)
        self._make_room()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme.current().fonts.scaled(_WIDTH))
        self.setMinimumWidth(theme.current().fonts.scaled(_WIDTH // 2))
        self.set_placeholder(placeholder)
        self.textChanged.connect(self._on_text_changed)
        self.returnPressed.connect(self._on_pause)
        self._pause.timeout.connect(self._on_pause)

    def set_placeholder(self, text: str) -> None:
        """Say what is searched; a screen reader says it too."""
        self.setPlaceholderText(text)
        self.setAccessibleName(text)
        # A button inside the field; Qt gives it no name. Asked for anew: the Python object of an action that a line
        # edit has made is cut off from it when some dialog of the window is deleted.
        for action in self.findChildren(QAction, "_q_qlineeditclearaction"):
            action.setText(_("Clear search"))

    def sizeHint(self) -> QSize:
        return QSize(theme.current().fonts.scaled(_WIDTH), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._on_pause()
            return
        if event.key() == Qt.Key.Key_Down:
            self._on_pause()
            self.went_down.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # it has searched: what the field stands in must not go on

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LayoutDirectionChange, QEvent.Type.FontChange):
            self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The glass grows with the text, which Qt's own icons in a field do not."""
        super().paintEvent(event)
        side = theme.current().fonts.scaled(_GLASS)
        beside = spacing.S + 2
        left = self.width() - side - beside if self._reads_from_right() else beside
        drawing = icons.pixmap("search", theme.current().colour("soft"), QSize(side, side), self.devicePixelRatioF())
        QPainter(self).drawPixmap(left, (self.height() - side) // 2, drawing)

    def _make_room(self) -> None:
        """For the glass, at the side where the text begins."""
        room = spacing.S + theme.current().fonts.scaled(_GLASS)
        rtl = self._reads_from_right()
        self.setTextMargins(0 if rtl else room, 0, room if rtl else 0, 0)

    def _reads_from_right(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _on_text_changed(self) -> None:
        if self._at_once:
            self._on_pause()
        else:
            self._pause.start()

    def _on_pause(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._sent:
            self._sent = text
            self.searched.emit(text)
