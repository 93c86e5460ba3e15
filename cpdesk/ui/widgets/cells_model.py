"""What the models of all lists have in common: how a row is shown in its cells."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cpdesk.base.apart import beside
from cpdesk.base.i18n import _
from cpdesk.ui.widgets.columns import Align, Column, Row
from cpdesk.ui.widgets.tips import plain

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
"""The row itself; None while it is on its way."""

_ROOT = QModelIndex()


class CellsModel(QAbstractTableModel, Generic[Row]):
    """A table of columns over rows; where the rows come from is said by the models that derive from it."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        return self._columns

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        raise NotImplementedError

    def row_at(self, place: int) -> Row | None:
        """The row shown at a place; None while it is on its way."""
        raise NotImplementedError

    def place_of(self, key: str) -> int:
        """Which column has a key. StopIteration if none has: a mistake."""
        return next(place for place, column in enumerate(self._columns) if column.key == key)

    def find(self, key: Hashable) -> int:
        """Where the row of a key is shown, or -1."""
        raise NotImplementedError

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.row_at(index.row()), self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment_of(column)
        if row is None:
            return _("Loading") if role == Qt.ItemDataRole.AccessibleTextRole else None
        return _said_of(row, column, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Says to a screen reader which cells have a tick box."""
        found = super().flags(index)
        checkable = index.isValid() and self._columns[index.column()].check is not None
        return found | Qt.ItemFlag.ItemIsUserCheckable if checkable else found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].caption()
        return alignment_of(self._columns[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def retranslate(self) -> None:
        """Ask for all texts again, after a change of language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(len(self._columns) - 1, 0))
        self._tell_changed(0, self.rowCount() - 1)

    def _tell_changed(self, first: int, last: int) -> None:
        """The cells of these rows show something else."""
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))


def _said_of(row: Row, column: Column[Row], role: int) -> Any:
    """What a cell answers to a role."""
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return _spoken(column, row)
    if role == ROW_ROLE:
        return row
    asks: dict[int, Callable[[Row], Any] | None] = {
        Qt.ItemDataRole.DisplayRole: column.show,
        Qt.ItemDataRole.ToolTipRole: column.tooltip,
        Qt.ItemDataRole.CheckStateRole: column.check,
    }
    ask = asks.get(role)
    said = ask(row) if ask else None
    return plain(said) if said and role == Qt.ItemDataRole.ToolTipRole else said


def _spoken(column: Column[Any], row: Any) -> str:
    badge = column.badge(row) if column.badge else None
    return beside(column.show(row), badge.text, between=", ") if badge else column.show(row)


def alignment_of(column: Column[Any]) -> Qt.AlignmentFlag:
    """Where the texts of a column stand, read from left to right."""
    side = Qt.AlignmentFlag.AlignRight if column.align is Align.END else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
