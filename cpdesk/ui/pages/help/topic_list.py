"""The topics at the left of the help, with search."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cpdesk.base.i18n import _, language
from cpdesk.ui import theme
from cpdesk.ui.pages.help import library
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.tips import plain

_WIDTH = 308
_KEY = Qt.ItemDataRole.UserRole


class TopicList(QWidget):
    """All topics by section, or those that a search found."""

    chosen = Signal(str)
    """The key of the topic that is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField()
        self.list = _List()
        self._nothing = Label(role=TextRole.CAPTION, wrap=True)
        self._current = ""
        self._filling = False
        self._build()
        self.search.searched.connect(self._on_searched)
        self.search.returnPressed.connect(self._on_entered)
        self.search.went_down.connect(self._on_went_down)
        self.list.currentItemChanged.connect(self._on_current_changed)

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.search.set_placeholder(_("Search the help"))
        self.list.setAccessibleName(_("Topics"))
        self._fill()

    def show_current(self, key: str) -> None:
        """Mark the topic that is shown."""
        self._current = key
        self._mark()

    def titles(self) -> list[str]:
        """The topics that are listed."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.text() for item in items if item.data(_KEY)]

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        column.addWidget(self.search)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        column.addStretch()
        width = theme.current().fonts.scaled(_WIDTH)
        self.search.setMaximumWidth(width)
        self.setFixedWidth(width)

    def _fill(self) -> None:
        self._filling = True
        self.list.clear()
        sought = self.search.text().strip()
        if sought:
            self._add("", [found.key for found in library.search(sought, language())])
        else:
            for title, topics in library.sections():
                self._add(title, topics)
        self._nothing.setText(_("No topic contains “{text}”.").format(text=sought))
        self._nothing.setVisible(not self.list.count())
        self.list.setVisible(bool(self.list.count()))
        self._filling = False
        self._mark()

    def _add(self, section: str, topics: "list[str] | tuple[str, ...]") -> None:
        fonts = theme.current().fonts
        if section:
            caption = QListWidgetItem(section, self.list)
            caption.setFlags(Qt.ItemFlag.NoItemFlags)
            caption.setFont(fonts.font(TextRole.CHIP))
        for key in topics:
            item = QListWidgetItem(library.topic(key, language()).title, self.list)
            item.setData(_KEY, key)
            item.setToolTip(plain(item.text()))

    def _mark(self) -> None:
        self._filling = True
        items = [self.list.item(row) for row in range(self.list.count())]
        current = next((item for item in items if item.data(_KEY) == self._current), None)
        if current is not None:
            self.list.setCurrentItem(current)
        else:
            self.list.setCurrentRow(-1)
        self._filling = False

    def _on_searched(self) -> None:
        self._fill()

    def _on_went_down(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_entered(self) -> None:
        """Enter in the search opens the best of what it found."""
        first = next((item for item in map(self.list.item, range(self.list.count())) if item.data(_KEY)), None)
        if first is not None and self.search.text().strip():
            self.chosen.emit(first.data(_KEY))

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self.chosen.emit(item.data(_KEY))


class _List(QListWidget):
    """One topic a line; captions of sections cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("plain", "true")
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)
