"""A model over a tuple of rows and a table of columns, for lists that fit in memory."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cpdesk.ui.widgets.columns import Align, Column, Row

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
"""The row itself."""
CHIP_ROLE = Qt.ItemDataRole.UserRole + 1
"""A ChipLook, or None."""
BADGE_ROLE = Qt.ItemDataRole.UserRole + 2
"""A ChipLook that follows the text, or None."""

_ROOT = QModelIndex()
_MANY = 500


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Sorts by the columns' python keys, filters by what the columns show.

    `key` names a row for life: new rows keep the selection and the scroll position of the old ones.
    """

    def __init__(
        self, columns: Sequence[Column[Row]], key: Callable[[Row], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key = key
        self._all: tuple[Row, ...] = ()
        self._shown: list[Row] = []
        self._needle = ""
        self._predicate: Callable[[Row], bool] | None = None
        self._order: tuple[int, Qt.SortOrder] | None = None

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        return self._columns

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows from now on."""
        self._all = tuple(rows)
        self._refresh()

    def set_filter(self, needle: str) -> None:
        """Show only rows in which every word of `needle` occurs, whatever its case."""
        self._needle = needle.casefold()
        self._refresh()

    def set_predicate(self, predicate: Callable[[Row], bool] | None) -> None:
        """Show only rows for which `predicate` holds; None: all."""
        self._predicate = predicate
        self._refresh()

    def row(self, number: int) -> Row:
        """The row shown at a place."""
        return self._shown[number]

    def key_at(self, number: int) -> Hashable:
        """The key of the row shown at a place."""
        return self._key(self._shown[number])

    def find(self, key: Hashable) -> int:
        """Where the row of a key is shown, or -1."""
        return next((place for place, row in enumerate(self._shown) if self._key(row) == key), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(column, row)
        if role == ROW_ROLE:
            return row
        ask = {
            Qt.ItemDataRole.DisplayRole: column.show,
            Qt.ItemDataRole.ToolTipRole: column.tooltip,
            CHIP_ROLE: column.chip,
            BADGE_ROLE: column.badge,
        }.get(role)
        return ask(row) if ask else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].caption()
        return _alignment(self._columns[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1: as the rows came."""
        self._order = (column, order) if 0 <= column < len(self._columns) else None
        self._refresh()

    def retranslate(self) -> None:
        """Ask for all texts again, after a change of language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(len(self._columns) - 1, 0))
        self._tell_changed()

    def _refresh(self) -> None:
        wanted = self._arranged()
        before = [self._key(row) for row in self._shown]
        after = [self._key(row) for row in wanted]
        if len(set(before) ^ set(after)) > _MANY:
            self.beginResetModel()
            self._shown = wanted
            self.endResetModel()
            return
        self._drop(set(after))
        self._insert(wanted, set(before))
        self._reorder(wanted, after)
        self._tell_changed()

    def _arranged(self) -> list[Row]:
        rows = [row for row in self._all if self._matches(row)]
        if self._order is not None:
            column, order = self._order
            descending = order == Qt.SortOrder.DescendingOrder
            rows.sort(key=self._columns[column].sort_key, reverse=descending)
        return rows

    def _matches(self, row: Row) -> bool:
        if self._predicate is not None and not self._predicate(row):
            return False
        text = "\n".join(column.show(row) for column in self._columns).casefold() if self._needle else ""
        return all(word in text for word in self._needle.split())

    def _drop(self, kept: set[Hashable]) -> None:
        for place in reversed(range(len(self._shown))):
            if self._key(self._shown[place]) not in kept:
                self.beginRemoveRows(_ROOT, place, place)
                del self._shown[place]
                self.endRemoveRows()

    def _insert(self, wanted: list[Row], known: set[Hashable]) -> None:
        for place, row in enumerate(wanted):
            if self._key(row) not in known:
                self.beginInsertRows(_ROOT, place, place)
                self._shown.insert(place, row)
                self.endInsertRows()

    def _reorder(self, wanted: list[Row], keys: list[Hashable]) -> None:
        before = [self._key(row) for row in self._shown]
        if before == keys:
            self._shown = wanted
            return
        self.layoutAboutToBeChanged.emit()
        places = {key: place for place, key in enumerate(keys)}
        old = self.persistentIndexList()
        new = [self.index(places[before[index.row()]], index.column()) for index in old]
        self._shown = wanted
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _tell_changed(self) -> None:
        if self._shown:
            last = self.index(len(self._shown) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _spoken(column: Column[Any], row: Any) -> str:
    badge = column.badge(row) if column.badge else None
    return f"{column.show(row)}, {badge.text}" if badge else column.show(row)


def _alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.align is Align.END else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
