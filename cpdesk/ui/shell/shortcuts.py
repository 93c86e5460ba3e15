"""The keys that work everywhere in the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from cpdesk.ui.widgets.search import SearchField

if TYPE_CHECKING:
    from cpdesk.ui.shell.window import Window


def install(window: "Window") -> None:
    """Alt+Left and Alt+Right go back and forward, F5 asks again, Ctrl+F goes to the search field, F1 opens the
    help on what is shown, Ctrl+Q quits. F6 is in `Areas`."""
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
