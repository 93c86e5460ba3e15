"""Dims a window behind a dialog, and paints the dialog's shadow on it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cpdesk.ui import theme
from cpdesk.ui.theme import spacing

_DEPTH = 24
_DROP = 10


class Scrim(QWidget):
    """Covers `window` for as long as `dialog` is open.

    The shadow is painted here, not around the dialog: a translucent margin shows up black where there is no
    compositor.
    """

    def __init__(self, window: QWidget, dialog: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._dialog = dialog
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        dialog.installEventFilter(self)
        self.show()
        self.raise_()

    def leave(self) -> None:
        """Give the window back."""
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.setGeometry(self._window.rect())
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(tokens.scrim))
        painter.setPen(Qt.PenStyle.NoPen)
        shade = QColor(tokens.shadow)
        card = QRectF(self._card()).translated(0, _DROP)
        for spread in range(_DEPTH, 0, -2):
            shade.setAlpha(max(1, QColor(tokens.shadow).alpha() * (_DEPTH - spread + 2) // (_DEPTH * 8)))
            painter.setBrush(shade)
            radius = spacing.RADIUS + spread
            painter.drawRoundedRect(card.adjusted(-spread, -spread, spread, spread), radius, radius)

    def _card(self) -> QRect:
        corner = self.mapFromGlobal(self._dialog.mapToGlobal(QPoint()))
        return QRect(corner, self._dialog.size())
