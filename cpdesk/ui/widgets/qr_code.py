"""A QR code, for a telephone to read from the screen."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cpdesk.ui import theme
from cpdesk.ui.theme import tokens

_SIDE = 184
_QUIET = 4
"""Modules of white around the code, which readers look for."""


class QrCode(QWidget):
    """Dark on white in either palette: readers expect that. What it holds is there as text, too, for who does not see
    it; `name` says what it is."""

    def __init__(self, content: str, name: str) -> None:
        super().__init__()
        self._rows = _rows(content)
        side = theme.current().fonts.scaled(_SIDE)
        self._side = QSize(side, side)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return self._side

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.PAPER))
        module = self.width() / (len(self._rows) + 2 * _QUIET)
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    # From edge to edge, so that no light line stands between two of them.
                    left, top = round((x + _QUIET) * module), round((y + _QUIET) * module)
                    right, bottom = round((x + _QUIET + 1) * module), round((y + _QUIET + 1) * module)
                    painter.fillRect(QRectF(left, top, right - left, bottom - top), QColor(tokens.CODE))


def _rows(content: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of a code, dark ones true."""
    import segno

    return tuple(tuple(bool(module) for module in row) for row in segno.make(content, micro=False).matrix)
