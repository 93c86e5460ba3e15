"""One-colour icons, tinted with the theme's colours at the moment they are painted."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap

from cpdesk.base import assets

Colour = Callable[[QIcon.Mode, QIcon.State], str]

_INK = "currentColor"
_POINTING = frozenset({"back", "chevron_left", "chevron_right", "fold", "forward", "sign_out", "unfold"})
"""Icons that point along the line of reading: mirrored where it runs from right to left."""


class TintedIcon(QIconEngine):
    """Asks for its colour whenever it paints, so a change of theme needs no new icons."""

    def __init__(self, name: str, colour: Colour) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        painter.drawPixmap(rect, pixmap(self._name, self._colour(mode, state), rect.size(), ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return pixmap(self._name, self._colour(mode, state), size, 1.0)

    def scaledPixmap(  # noqa: N802 - called by Qt
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        made = pixmap(self._name, self._colour(mode, state), size / scale, scale)
        return QPixmap(made)

    def clone(self) -> QIconEngine:
        return TintedIcon(self._name, self._colour)


def pixmap(name: str, colour: str, size: QSize, ratio: float) -> QPixmap:
    """The icon `name` in one colour (#rrggbb), `size` in device-independent pixels."""
    mirrored = name in _POINTING and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return _render(name, colour, (size.width(), size.height()), ratio, mirrored)


@lru_cache(maxsize=512)
def _render(name: str, colour: str, size: tuple[int, int], ratio: float, mirrored: bool) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    made = QPixmap(QSize(*size) * ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    if mirrored:
        painter.translate(made.width(), 0)
        painter.scale(-1, 1)
    drawing = QSvgRenderer(QByteArray(_source(name).replace(_INK, colour).encode()))
    drawing.render(painter, QRectF(QPoint(), QSize(made.width(), made.height())))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (assets.root() / "icons" / f"{name}.svg").read_text("utf-8")
