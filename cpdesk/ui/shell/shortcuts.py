"""The keys that work everywhere in the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from cpdesk.ui.widgets.search import SearchField

if TYPE_CHECKING:
    from cpdesk.ui.shell.window import Window

JUMP = "Ctrl+K"
LOCK = "Ctrl+L"


def install(window: "Window") -> None:
    """Alt+Left and Alt+Right go back and forward, F5 asks again, Ctrl+F goes to the search field, Ctrl+K goes to any
    account, user or page, F1 opens the help on what is shown, Ctrl+Q quits. F6 is in `Areas`, Ctrl+L in `Lock`."""
    finder = _Finder(window)
    keys = {
        QKeySequence.StandardKey.Back: window.back,
        QKeySequence.StandardKey.Forward: window.forward,
        QKeySequence.StandardKey.Refresh: window.refresh,
        QKeySequence.StandardKey.Find: finder.find,
        QKeySequence.StandardKey.HelpContents: window.show_help,
    }
    for key, slot in keys.items():
        # The first binding only: Backspace is one of the others on Windows, and people type.
        shortcut = QShortcut(QKeySequence.keyBindings(key)[0], window)
        shortcut.activated.connect(slot)
    # Windows has no binding of its own.
    QShortcut(QKeySequence("Ctrl+Q"), window, window.close)
    _Claim(window)


class _Claim(QObject):
    """Keeps fields from taking Ctrl+K for themselves: on some systems it deletes the rest of a line.

    It keeps nothing in attributes: while a window is thrown away Python may have forgotten them, and Qt still asks.
    """

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        # What the keys come through is there once the window was shown.
        if not self._claim(window):
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget):
            if event.type() == QEvent.Type.Show and self._claim(watched):
                watched.removeEventFilter(self)
            return False
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if QKeySequence(event.keyCombination()) != QKeySequence(JUMP):
            return False
        event.ignore()
        return True

    def _claim(self, window: QWidget) -> bool:
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        return handle is not None


class _Finder(QShortcut):
    """Knows where the search field of the page is."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window

    def find(self) -> None:
        """Put the cursor into the first search field that is seen."""
        page = self._window.page
        fields = page.findChildren(SearchField) if page is not None else []
        for field in fields:
            if field.isVisible():
                field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                field.selectAll()
                return
