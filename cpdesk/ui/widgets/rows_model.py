"""A model over a tuple of rows and a table of columns, for lists that fit in memory."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic

from PySide6.QtCore import QModelIndex, QObject, Qt

from cpdesk.domain.finding import Sought
from cpdesk.ui.widgets.cells_model import CellsModel, Index
from cpdesk.ui.widgets.columns import Column, Row

_ROOT = QModelIndex()
_MANY = 500


class RowsModel(CellsModel[Row], Generic[Row]):
    """Sorts by the columns' python keys, filters by what the columns show.

    `key` names a row for life: new rows keep the selection and the scroll position of the old ones. `codes` are what
    a row is found by besides, such as the GUID of a product.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        codes: Callable[[Row], Sequence[str]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._key = key
        self._codes = codes
        self._all: tuple[Row, ...] = ()
        self._sorted: Sequence[Row] | None = None
        self._shown: list[Row] = []
        self._sought = Sought("")
        self._predicate: Callable[[Row], bool] | None = None
        self._order: tuple[int, Qt.SortOrder] | None = None

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows from now on."""
        self._all = tuple(rows)
        self._sorted = None
        self._refresh()

    def set_filter(self, needle: str) -> None:
        """Show only rows in which every word of `needle` occurs, whatever its case and accents."""
        self._sought = Sought(needle)
        self._refresh()

    def set_predicate(self, predicate: Callable[[Row], bool] | None) -> None:
        """Show only rows for which `predicate` holds; None: all."""
        self._predicate = predicate
        self._refresh()

    def row(self, number: int) -> Row:
        """The row shown at a place."""
        return self._shown[number]

    def row_at(self, place: int) -> Row:
        return self._shown[place]

    def find(self, key: Hashable) -> int:
        """Where the row of a key is shown, or -1."""
        return next((place for place, row in enumerate(self._shown) if self._key(row) == key), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1: as the rows came."""
        self._order = (column, order) if 0 <= column < len(self._columns) else None
        self._sorted = None
        self._refresh()

    def _refresh(self) -> None:
        wanted = self._arranged()
        if abs(len(wanted) - len(self._shown)) > _MANY:
            self._reset(wanted)
            return
        before = [self._key(row) for row in self._shown]
        after = [self._key(row) for row in wanted]
        if before != after:
            if len(set(before) ^ set(after)) > _MANY:
                self._reset(wanted)
                return
            self._move(wanted, before, after)
        self._shown = wanted
        self._tell_changed(0, len(self._shown) - 1)

    def _move(self, wanted: list[Row], before: list[Hashable], after: list[Hashable]) -> None:
        """Take rows out, in and elsewhere one by one, so that what is selected stays."""
        self._drop(set(after))
        self._insert(wanted, set(before))
        self._reorder(wanted, after)

    def _arranged(self) -> list[Row]:
        if self._sorted is None:
            # Kept: to order a long list takes many times longer than to look through it.
            self._sorted = self._in_order()
        rows: Iterable[Row] = self._sorted
        if self._predicate is not None:
            rows = filter(self._predicate, rows)
        return list(filter(self._contains_needle, rows) if self._sought.words else rows)

    def _in_order(self) -> Sequence[Row]:
        if self._order is None:
            return self._all
        column, order = self._order
        descending = order == Qt.SortOrder.DescendingOrder
        return sorted(self._all, key=self._columns[column].sort_key, reverse=descending)

    def _contains_needle(self, row: Row) -> bool:
        text = "\n".join(column.show(row) for column in self._columns)
        return self._sought.finds(text, self._codes(row) if self._codes else ())

    def _reset(self, wanted: list[Row]) -> None:
        self.beginResetModel()
        self._shown = wanted
        self.endResetModel()

    def _drop(self, kept: set[Hashable]) -> None:
        gone = [place for place, row in enumerate(self._shown) if self._key(row) not in kept]
        for first, last in reversed(_runs(gone)):
            self.beginRemoveRows(_ROOT, first, last)
            del self._shown[first : last + 1]
            self.endRemoveRows()

    def _insert(self, wanted: list[Row], known: set[Hashable]) -> None:
        new = [place for place, row in enumerate(wanted) if self._key(row) not in known]
        for first, last in _runs(new):
            self.beginInsertRows(_ROOT, first, last)
            self._shown[first:first] = wanted[first : last + 1]
            self.endInsertRows()

    def _reorder(self, wanted: list[Row], keys: list[Hashable]) -> None:
        before = [self._key(row) for row in self._shown]
        if before == keys:
            return
        self.layoutAboutToBeChanged.emit()
        places = {key: place for place, key in enumerate(keys)}
        old = self.persistentIndexList()
        new = [self.index(places[before[index.row()]], index.column()) for index in old]
        self._shown = wanted
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Rising places as runs without gaps: the first and the last of each."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
