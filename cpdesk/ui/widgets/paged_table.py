"""A list of as many rows as there are: only those that are seen are asked for."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Generic

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QWidget

from cpdesk.ui.context import Settings
from cpdesk.ui.widgets.columns import Column, Row, as_tsv
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.list_view import ListView
from cpdesk.ui.widgets.paged_model import PagedModel

if TYPE_CHECKING:
    from cpdesk.jobs import Jobs

_AHEAD = 60
"""Rows asked for before and after those that are seen."""
_MOST_STRETCHES = 1000
"""Qt takes time by the square of the stretches that are selected: tenths of a second for thousands."""
_FLAGS = QItemSelectionModel.SelectionFlag

Fetch = Callable[[Sequence[int]], Sequence[Row]]
"""The rows of some ids. Runs off the GUI thread."""


class PagedTable(ListView[Row], Generic[Row]):
    """Like DataTable, but rows come as they are seen, and whoever gives the ids searches and sorts.

    Selection and cursor are kept by id. `order` says how the list wants to be sorted.
    """

    rows: PagedModel[Row]

    order_changed = Signal()
    """The list wants to be sorted in another way: show its ids in their new order."""
    failed = Signal(object)
    """The exception with which rows could not be had."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], int],
        jobs: "Jobs",
        *,
        sortable: Iterable[str],
        name: str = "",
        settings: Settings | None = None,
        empty: EmptyState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`sortable` are the keys of columns that can be sorted by, the usual one first."""
        self._jobs = jobs
        self._sortable = tuple(sortable)
        self._order = (self._sortable[0], False)
        self._fetch: Fetch[Row] | None = None
        self._asked: frozenset[int] = frozenset()
        self._in_vain: set[int] = set()
        super().__init__(PagedModel(columns, key), name=name, settings=settings, empty=empty, parent=parent)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)
        self._show_order()

    @property
    def order(self) -> tuple[str, bool]:
        """The key of the column to sort by, and whether the other way round."""
        return self._order

    def show_ids(self, ids: Sequence[int], fetch: Fetch[Row], rows: Iterable[Row] = ()) -> None:
        """Show the rows of these ids, of which some may be at hand already; the others are fetched when seen."""
        first = not self.rows.total
        self._fetch = fetch
        self._asked = frozenset()
        self._in_vain.clear()
        self._change_ids(ids)
        self.rows.put(rows)
        if first:
            self.widths.measure()
        self._show_state()
        self._ask()

    def selected_ids(self) -> tuple[int, ...]:
        """The ids of the selected rows, loaded or not."""
        ids = self.rows.ids
        return tuple(ids[place] for place in self._selected_places())

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(len(stretch) for stretch in self._selected_stretches())

    def select_all_of(self, ids: Iterable[int]) -> None:
        """Select the rows of these ids as far as they are shown; nothing if they are scattered all over a long list."""
        stretches = _stretches(sorted(place for place in map(self.rows.find, ids) if place >= 0))
        made, last = QItemSelection(), len(self.rows.columns) - 1
        for stretch in stretches if len(stretches) <= _MOST_STRETCHES else ():
            made.select(self.rows.index(stretch[0], 0), self.rows.index(stretch[-1], last))
        self.selectionModel().select(made, _FLAGS.ClearAndSelect | _FLAGS.Rows)

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard, once those that were not seen yet are there."""
        ids = self.selected_ids()
        if ids and self._fetch is not None:
            work = partial(_tsv, self._fetch, ids, self.shown_columns())
            self._jobs.run(self, work, _to_clipboard, self._on_failed, key="copy")

    def reading(self) -> Callable[[], Sequence[Row]]:
        return partial(self._fetch, self.rows.ids) if self._fetch is not None else tuple

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - called by Qt
        """Ask for what comes into view."""
        super().scrollContentsBy(dx, dy)
        self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def _wire(self) -> None:
        super()._wire()
        self.rows.order_asked.connect(self._on_order_asked)

    def _change_ids(self, ids: Sequence[int]) -> None:
        selected, current = self.selected_ids(), self._current_id()
        all_selected = len(selected) == self.rows.total
        if not self.rows.set_ids(ids) or not selected:
            return
        self.select_all_of(self.rows.ids if all_selected else selected)
        place = self.rows.find(current)
        if place >= 0:
            self.selectionModel().setCurrentIndex(self.rows.index(place, 0), _FLAGS.NoUpdate)

    def _current_id(self) -> int | None:
        index = self.currentIndex()
        return self.rows.ids[index.row()] if index.isValid() else None

    def _window(self) -> tuple[int, int]:
        """The first and the last row that is seen, as far as that is known before the list is."""
        height = max(self.viewport().height(), self._least_height())
        first = max(self.rowAt(0), 0)
        return first, first + height // self.verticalHeader().defaultSectionSize() + 1

    def _ask(self) -> None:
        """Ask for what is seen and not held; for one thing at a time, so that old wishes do not pile up."""
        if self._fetch is None or self._asked:
            return
        first, last = self._window()
        wanted = tuple(key for key in self.rows.missing(first, last) if key not in self._in_vain)
        if not wanted:
            return
        around = self.rows.missing(first - _AHEAD, last + _AHEAD)
        ids = tuple(key for key in around if key not in self._in_vain)
        self._asked = frozenset(ids)
        self._jobs.run(self, partial(self._fetch, ids), self._on_rows, self._on_failed, key="rows")

    def _on_rows(self, rows: Sequence[Row]) -> None:
        self._in_vain |= self._asked - {self.rows.key(row) for row in rows}
        self._asked = frozenset()
        self.rows.put(rows)
        self._ask()

    def _on_failed(self, error: Exception) -> None:
        # Asked for again when the ids are.
        self._in_vain |= self._asked
        self._asked = frozenset()
        self.failed.emit(error)

    def _on_order_asked(self, place: int, order: Qt.SortOrder) -> None:
        key = self.rows.columns[place].key
        wanted = (key, order == Qt.SortOrder.DescendingOrder)
        if key not in self._sortable:
            self._show_order()
        elif wanted != self._order:
            self._order = wanted
            self.order_changed.emit()

    def _show_order(self) -> None:
        """The arrow stands where the list is sorted by."""
        key, descending = self._order
        place = next(n for n, column in enumerate(self.rows.columns) if column.key == key)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(place, order)


def _stretches(places: Sequence[int]) -> list[range]:
    """Places, in order, as stretches without gaps."""
    ends = [n for n in range(1, len(places)) if places[n] != places[n - 1] + 1]
    bounds = zip([0, *ends], [*ends, len(places)], strict=True)
    return [range(places[begin], places[end - 1] + 1) for begin, end in bounds] if places else []


def _tsv(fetch: Fetch[Row], ids: Sequence[int], columns: Sequence[Column[Row]]) -> str:
    return as_tsv(columns, fetch(ids))


def _to_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
