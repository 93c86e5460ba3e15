"""A model that knows the ids of all rows and holds the rows that were needed lately."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from cpdesk.ui.widgets.cells_model import CellsModel, Index
from cpdesk.ui.widgets.columns import Column, Row

_ROOT = QModelIndex()
_KEPT = 2000
"""Rows held at most; some thirty screens of them."""


class PagedModel(CellsModel[Row], Generic[Row]):
    """Which rows there are, in their order, is told at once by their ids; what is in them when they are seen."""

    order_asked = Signal(int, object)
    """Sorting is for whoever knows all rows: the column and the Qt.SortOrder that were asked for."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], int],
        parent: QObject | None = None,
        *,
        kept: int = _KEPT,
    ) -> None:
        super().__init__(columns, parent)
        self.key = key
        self._kept = kept
        self._ids: tuple[int, ...] = ()
        self._places: dict[int, int] | None = None
        self._held: OrderedDict[int, Row] = OrderedDict()
        self._stale: set[int] = set()

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of all rows, as they stand."""
        return self._ids

    @property
    def total(self) -> int:
        return len(self._ids)

    def set_ids(self, ids: Sequence[int]) -> bool:
        """Show the rows of these ids. What is held of them is shown until it comes anew.

        Whether the ids, or their order, are other ones than before: then the model was reset.
        """
        self._stale = set(self._held)
        if tuple(ids) == self._ids:
            return False
        self.beginResetModel()
        self._ids = tuple(ids)
        self._places = None
        self.endResetModel()
        return True

    def put(self, rows: Iterable[Row]) -> None:
        """Take rows in; the ones not needed for longest are let go."""
        for row in rows:
            key = self.key(row)
            self._held[key] = row
            self._held.move_to_end(key)
            self._stale.discard(key)
        while len(self._held) > self._kept:
            self._held.popitem(last=False)
        # A view looks anew at what is seen; looking for the places would take longer.
        self._tell_changed(0, len(self._ids) - 1)

    def missing(self, first: int, last: int) -> tuple[int, ...]:
        """The ids of the rows at these places, both included, that are not held, or not as they are now."""
        wanted = self._ids[max(first, 0) : last + 1]
        for key in wanted:
            if key in self._held:
                self._held.move_to_end(key)
        return tuple(key for key in wanted if key not in self._held or key in self._stale)

    def row_at(self, place: int) -> Row | None:
        return self._held.get(self._ids[place])

    def find(self, key: Hashable) -> int:
        if self._places is None:
            self._places = {number: place for place, number in enumerate(self._ids)}
        return self._places.get(key, -1) if isinstance(key, int) else -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Have somebody else order the ids."""
        if 0 <= column < len(self._columns):
            self.order_asked.emit(column, order)
