"""The parts of the window, which F6 takes the keyboard through: menu, bar, messages, page."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.shell.tour_callout import Callout
from cpdesk.ui.widgets.layout import first_field
from cpdesk.ui.widgets.speech import announce

if TYPE_CHECKING:
    from cpdesk.ui.shell.window import Window


class Areas(QObject):
    """F6 goes to the next part that has something to press, Shift+F6 to the one before; each is announced."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._left: QWidget | None = None

    def take(self, event: QKeyEvent) -> bool:
        """Take a key that nobody else wanted; False if it is not F6."""
        if event.key() != Qt.Key.Key_F6:
            return False
        self._go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        return True

    def _go(self, step: int) -> None:
        areas = [(area, name) for area, name in self._areas() if area.isVisible() and self._entrance(area)]
        if not areas:
            return
        focus = QApplication.focusWidget()
        here = next((place for place, (area, _name) in enumerate(areas) if focus and area.isAncestorOf(focus)), -1)
        if focus is not None and areas[here][0] is self._window.page:
            self._left = focus
        area, name = areas[(here + step) % len(areas)]
        entrance = self._entrance(area)
        if entrance is not None:
            announce(self._window, name)
            entrance.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _areas(self) -> Iterator[tuple[QWidget, str]]:
        window, page = self._window, self._window.page
        yield window.side_menu, _("Menu")
        yield window.top_bar, _("Account and operator")
        yield window.banners, _("Messages")
        yield window.notices, _("Messages")
        for callout in window.findChildren(Callout):
            yield callout, _("Tour")
        if page is not None:
            yield page, page.title

    def _entrance(self, area: QWidget) -> QWidget | None:
        """Where the keyboard goes in a part; in the page where it was."""
        if area is not self._window.page:
            return first_field(area)
        left = self._left
        # The page that was left may have been thrown away since.
        is_there = left is not None and shiboken6.isValid(left)
        if left is not None and is_there and left is not area and area.isAncestorOf(left) and left.isVisible():
            return left
        return self._window.page.first_focus() or first_field(area)
