"""Fonts, colours and wrapped texts on a page. All lengths are in tenths of a point, whatever it is painted on."""

import threading
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

UNIT: Final = 10
"""Units in a point: fine enough that letters stand where their font wants them."""

INK: Final = "#1c2433"
SOFT: Final = "#5a6579"
LINE: Final = "#d9dee8"
ACCENT: Final = "#2f5bea"
BAND: Final = "#fff3d6"
ON_BAND: Final = "#6b4600"

_FAMILIES: Final = ("Segoe UI", "Helvetica Neue", "Noto Sans", "Liberation Sans", "Arial", "DejaVu Sans")
"""The first of these that the system has; letters that it lacks come from others. Their figures have equal widths as
they are: what a font feature puts in their place could not be searched for in a PDF, or copied."""

Left: Final = Qt.AlignmentFlag.AlignLeft
Right: Final = Qt.AlignmentFlag.AlignRight


def points(length: float) -> float:
    """A length in points, in units."""
    return length * UNIT


def millimetres(length: float) -> float:
    """A length in millimetres, in units."""
    return length * 72 / 25.4 * UNIT


class _Fonts(threading.local):
    """Made once for each thread: what Qt keeps behind a font is for one of them."""

    def __init__(self) -> None:
        self.made: dict[tuple[float, int], QFont] = {}
        self.metrics: dict[tuple[float, int], QFontMetricsF] = {}


_fonts: Final = _Fonts()


def font(size: float, weight: int = 400) -> QFont:
    """The font of documents in a size in points."""
    if (size, weight) not in _fonts.made:
        _fonts.made[size, weight] = _make(size, weight)
    return _fonts.made[size, weight]


def width_of(text: str, size: float, weight: int = 400) -> float:
    """How wide a text is on one line."""
    if (size, weight) not in _fonts.metrics:
        _fonts.metrics[size, weight] = QFontMetricsF(font(size, weight))
    return _fonts.metrics[size, weight].horizontalAdvance(text)


def _make(size: float, weight: int) -> QFont:
    made = QFont()
    made.setFamilies(list(_FAMILIES))
    made.setPixelSize(round(points(size)))
    made.setWeight(QFont.Weight(weight))
    # The "ffi" of "Office" as one letter is found by no search.
    made.setFeature(QFont.Tag("liga"), 0)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


class Text:
    """A text that is wrapped to a width; a word that is too long is broken."""

    def __init__(
        self,
        text: str,
        width: float,
        *,
        size: float = 9,
        weight: int = 400,
        colour: str = INK,
        align: Qt.AlignmentFlag = Left,
    ) -> None:
        self.width = width
        self._colour = colour
        self._layout = QTextLayout(text, font(size, weight))
        # Absolute: a name in another script must not change the side of its column.
        option = QTextOption(align | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self.height = self._wrap()

    def _wrap(self) -> float:
        height = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(self.width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        self._layout.endLayout()
        return height

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Paint it with its upper left corner at a place."""
        painter.setPen(QColor(self._colour))
        self._layout.draw(painter, QPointF(x, y))


Paint = Callable[[QPainter, float], None]
"""Paints something at a distance from the top of the page."""


def rule(painter: QPainter, left: float, right: float, y: float, *, colour: str = LINE, thick: float = 0.6) -> None:
    """A line from left to right."""
    painter.setPen(QPen(QColor(colour), points(thick)))
    painter.drawLine(QPointF(left, y), QPointF(right, y))


def fill(painter: QPainter, left: float, top: float, width: float, height: float, colour: str) -> None:
    """A coloured area."""
    painter.fillRect(QRectF(left, top, width, height), QColor(colour))
