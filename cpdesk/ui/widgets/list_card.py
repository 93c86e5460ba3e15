"""A card around a list, as tall as its rows need and no taller than there is room."""

from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.beside import Beside
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.list_menu import ListMenu
from cpdesk.ui.widgets.list_view import ListView

_ALL_BUT = 1000
"""The card takes what it can use before the gap under it takes anything."""


class ListCard(QWidget):
    """Fills the rest of a page; the card in it ends with the last row, and scrolls when it cannot."""

    def __init__(self, table: ListView[Any], parent: QWidget | None = None, *, last: bool = True) -> None:
        """last: nothing but empty room stands below; otherwise what follows comes right after the last row."""
        super().__init__(parent)
        self._last = last
        self.table = table
        self._card = Card()
        self._card.body.setContentsMargins(spacing.S, spacing.XS, spacing.S, spacing.S)
        self._card.body.addWidget(table)
        self.menu = ListMenu(table)
        self._corner = Beside(table, self.menu, self.menu.place)
        self._corner.set_visible(visible=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._card, _ALL_BUT)
        if last:
            column.addStretch(1)
        table.height_changed.connect(self._on_height_changed)
        table.resized.connect(self._corner.follow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.set_header_end(self.menu.room())
        self._on_height_changed()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "menu"):
            self.menu.retranslate()

    def _on_height_changed(self) -> None:
        self._corner.follow()
        margins = self._card.body.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * self._card.frameWidth()
        height = self.table.content_height() + around
        self._card.setMaximumHeight(height)
        if not self._last:
            self.setMaximumHeight(height)
