"""Where the window stood last time, as far as that is still on a screen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from cpdesk.ui.context import Settings

_KEY = "window/geometry"
_DEFAULT = QSize(1280, 800)
_MOST = 1 << 30
_GRIP = 80
"""At least this much of the title's line must be on a screen to take hold of."""


def save(window: "QMainWindow", settings: "Settings") -> None:
    """Remember where the window stands."""
    place = window.normalGeometry()
    stored = [place.x(), place.y(), place.width(), place.height(), int(window.isMaximized())]
    settings.setValue(_KEY, ",".join(map(str, stored)))


def restore(window: "QMainWindow", settings: "Settings") -> None:
    """Put the window where it stood; the first time, and if that is off all screens, in the middle."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    stored = _read(settings.value(_KEY))
    wanted = QRect(*stored[:4]) if stored else QRect()
    window.setGeometry(corrected(wanted, screens, window.minimumSize()))
    if stored and stored[4]:
        window.showMaximized()


def corrected(wanted: QRect, screens: Sequence[QRect], least: QSize) -> QRect:
    """`wanted` where it can be seen and taken hold of; else the default size in the middle of the first."""
    if not screens:
        return QRect(wanted.topLeft(), _DEFAULT)
    title = QRect(wanted.left(), wanted.top(), wanted.width(), _GRIP)
    home = next((screen for screen in screens if _holds(screen, title)), None)
    size = wanted.size() if home is not None and wanted.isValid() else _DEFAULT
    screen = home or screens[0]
    size = size.expandedTo(least).boundedTo(screen.size())
    if home is not None and wanted.isValid():
        left = max(screen.left(), min(wanted.left(), screen.right() + 1 - size.width()))
        top = max(screen.top(), min(wanted.top(), screen.bottom() + 1 - size.height()))
        return QRect(left, top, size.width(), size.height())
    made = QRect(0, 0, size.width(), size.height())
    made.moveCenter(screen.center())
    return made


def _holds(screen: QRect, title: QRect) -> bool:
    seen = screen.intersected(title)
    return seen.width() >= _GRIP and seen.height() >= _GRIP // 2


def _read(stored: object) -> list[int] | None:
    try:
        left, top, width, height, maximized = map(int, str(stored).split(","))
    except ValueError:
        return None
    # Qt takes no larger numbers.
    return [left, top, width, height, maximized] if max(map(abs, (left, top, width, height))) < _MOST else None
