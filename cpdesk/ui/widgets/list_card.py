"""A card around a list, as tall as its rows need and no taller than there is room."""

from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.table import DataTable

_ALL_BUT = 1000
"""The card takes what it can use before the gap under it takes anything."""


class ListCard(QWidget):
    """Fills the rest of a page; the card in it ends with the last row, and scrolls when it cannot."""

    def __init__(self, table: DataTable[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._card = Card()
        self._card.body.setContentsMargins(spacing.S, spacing.XS, spacing.S, spacing.S)
        self._card.body.addWidget(table)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._card, _ALL_BUT)
        column.addStretch(1)
        table.height_changed.connect(self._on_height_changed)
        self._on_height_changed()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_height_changed()

    def _on_height_changed(self) -> None:
        margins = self._card.body.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * self._card.frameWidth()
        self._card.setMaximumHeight(self.table.content_height() + around)
