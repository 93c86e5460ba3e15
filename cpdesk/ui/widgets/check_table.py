"""Lists in which rows are ticked."""

from typing import Generic

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from cpdesk.ui.widgets.columns import Row
from cpdesk.ui.widgets.list_view import ListView
from cpdesk.ui.widgets.paged_table import PagedTable
from cpdesk.ui.widgets.table import DataTable


class Ticking(ListView[Row], Generic[Row]):
    """A click anywhere in a row, or Space, toggles it; one of the columns has a `check`.

    The rows are as frozen as in any list: whoever listens shows rows with another state.
    """

    toggled = Signal(object)
    """The row whose tick box is to change."""

    least_rows = 5
    """As many are seen at least, if there are as many."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._on_toggled(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # it is for the dialog's main button
        else:
            super().keyPressEvent(event)

    def _least_height(self) -> int:
        return self._header.sizeHint().height() + self.least_rows * self.verticalHeader().defaultSectionSize()

    def _set_up(self) -> None:
        super()._set_up()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def _wire(self) -> None:
        super()._wire()
        self.clicked.connect(self._on_toggled)

    def _on_toggled(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index.row())
        if row is not None:
            self.toggled.emit(row)


class CheckTable(Ticking[Row], DataTable[Row], Generic[Row]):
    """Of rows that fit in memory."""


class PagedCheckTable(Ticking[Row], PagedTable[Row], Generic[Row]):
    """Of as many rows as there are; those on their way cannot be ticked."""
