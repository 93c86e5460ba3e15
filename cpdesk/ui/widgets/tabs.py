"""Flat, underlined tabs."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from cpdesk.ui import theme
from cpdesk.ui.theme import spacing


class Tabs(QWidget):
    """Pages behind tabs; arrow keys move between them. Only the open one takes room."""

    current_changed = Signal(str)
    """The key of the tab that was opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = _Bar()
        self._keys: list[str] = []
        self._pages: list[QWidget] = []
        self._makers: dict[int, Callable[[], QWidget]] = {}
        """Of the pages that nobody has opened yet, by place."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing.L)
        self._column.addWidget(self.bar)
        self.bar.currentChanged.connect(self._on_current_changed)

    def add(self, key: str, title: str, page: QWidget) -> None:
        """Add a tab at the end."""
        if self._pages:
            page.hide()
        self._keys.append(key)
        self._pages.append(page)
        self._column.addWidget(page, 1)
        with QSignalBlocker(self.bar):
            self.bar.addTab(title)
        self.set_title(key, title)

    def add_later(self, key: str, title: str, make: Callable[[], QWidget]) -> None:
        """Add a tab at the end whose page is made when it is first opened; the first one, too, waits for `select`."""
        self._makers[len(self._pages)] = make
        self.add(key, title, QWidget())

    def set_title(self, key: str, title: str) -> None:
        """Rename a tab."""
        place = self._keys.index(key)
        self.bar.setTabText(place, title)
        self._pages[place].setAccessibleName(title)

    def select(self, key: str) -> None:
        """Open a tab. An unknown key is ignored: it may come from a stored address."""
        if key in self._keys:
            place = self._keys.index(key)
            self._make(place)
            self.bar.setCurrentIndex(place)

    @property
    def current(self) -> str:
        """The key of the open tab, or "" while there is none."""
        return self._keys[self.bar.currentIndex()] if self._keys else ""

    def page(self, key: str) -> QWidget:
        """The page behind a tab; an empty one while it is not made."""
        return self._pages[self._keys.index(key)]

    def _make(self, place: int) -> None:
        make = self._makers.pop(place, None)
        if make is None:
            return
        page = make()
        page.setAccessibleName(self.bar.tabText(place))
        self._column.replaceWidget(self._pages[place], page)
        # Only now: shown without a parent it would be a window of its own.
        page.setVisible(place == self.bar.currentIndex())
        self._pages[place].deleteLater()
        self._pages[place] = page

    def _on_current_changed(self, place: int) -> None:
        self._make(place)
        for number, page in enumerate(self._pages):
            page.setVisible(number == place)
        if 0 <= place < len(self._keys):
            self.current_changed.emit(self._keys[place])


class _Bar(QTabBar):
    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(theme.current().tokens.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
        super().paintEvent(event)
