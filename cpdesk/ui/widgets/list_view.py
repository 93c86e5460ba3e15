"""The one list of the program: everything that a list can do whatever its rows come from."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QScrollArea, QSizePolicy, QTableView, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.context import Action, Settings
from cpdesk.ui.widgets.cells_model import CellsModel, Index
from cpdesk.ui.widgets.column_widths import ColumnWidths
from cpdesk.ui.widgets.columns import Column, Row, as_tsv
from cpdesk.ui.widgets.emptiness import Emptiness
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.list_menu import add_list_actions
from cpdesk.ui.widgets.row_delegate import RowDelegate
from cpdesk.ui.widgets.row_height import RowHeight
from cpdesk.ui.widgets.table_header import TableHeader

_LEAST_ROWS = 5


class ListView(QTableView, Generic[Row]):
    """Shows the rows of a model. Enter or a double click activates a row.

    inline: for inside a card; shows all its rows and never scrolls by itself.
    name: under which the columns are remembered in `settings`.
    """

    row_activated = Signal(object)
    selection_changed = Signal()
    height_changed = Signal()
    """`content_height` may be another one now."""
    resized = Signal()
    """The parts of the list have taken their new places."""

    def __init__(
        self,
        model: CellsModel[Row],
        *,
        name: str = "",
        settings: Settings | None = None,
        inline: bool = False,
        empty: EmptyState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = model
        self._emptiness = Emptiness(self, empty)
        self._row_actions: Callable[[], Sequence[Action]] | None = None
        self._inline = inline
        self._rows_delegate = RowDelegate(self)
        self._header = TableHeader(self)
        self.widths = ColumnWidths(self, self._header, settings if name else None, name)
        """Which columns are shown, how wide, in what order."""
        self._height = RowHeight(self, self.widths)
        self._set_up()
        self._wire()
        self.widths.restore()
        self.widths.measure()

    @property
    def empty(self) -> EmptyState:
        """What is shown while there is nothing in the list."""
        return self._emptiness.empty

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Order by a column."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.sortByColumn(self.rows.place_of(key), order)

    def current_row(self) -> Row | None:
        """The row that has the cursor."""
        index = self.currentIndex()
        return self.rows.row_at(index.row()) if index.isValid() else None

    def selected_rows(self) -> tuple[Row, ...]:
        """The selected rows, as they stand; those on their way left out."""
        rows = (self.rows.row_at(place) for place in self._selected_places())
        return tuple(row for row in rows if row is not None)

    def set_row_actions(self, actions: Callable[[], Sequence[Action]]) -> None:
        """What can be done with the selected rows, offered in the context menu; asked when it opens."""
        self._row_actions = actions

    def select(self, key: Hashable) -> bool:
        """Select the row of a key and bring it into view; False if it is not shown."""
        place = self.rows.find(key)
        if place >= 0:
            self.selectRow(place)
            self.scrollTo(self.rows.index(place, 0))
        return place >= 0

    def selectRow(self, row: int) -> None:  # noqa: N802 - Qt's own does nothing right to left before it is shown
        """Select a row, it alone, and put the cursor on it."""
        # Qt's setCurrentIndex would add to the selection, or extend it, while somebody holds Ctrl or Shift.
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.rows.index(row, 0), only)

    def scrollTo(  # noqa: N802 - called by Qt
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """An inline list does not scroll by itself: what it stands in does."""
        super().scrollTo(index, hint)
        if self._inline:
            _bring_into_view(self.viewport(), self.visualRect(index))

    def selection_as_tsv(self) -> str:
        """The selected rows as tab separated lines, columns as they stand on the screen."""
        return as_tsv(self.shown_columns(), self.selected_rows())

    def shown_columns(self) -> tuple[Column[Row], ...]:
        """The columns as they stand on the screen, those that are hidden left out."""
        return tuple(self.rows.columns[place] for place in self._header.shown())

    def fold_texts(self) -> None:
        """Let texts go on in a second line where the columns are too narrow for one."""
        self._rows_delegate.folds = True
        self.widths.measure()

    def set_header_end(self, room: int) -> None:
        """Keep this much of the last column free of texts, for what stands over the end of the header."""
        if room != self._header.end_room:
            self._header.end_room = room
            self.widths.measure_last()

    def reading(self) -> Callable[[], Sequence[Row]]:
        """Work that reads all rows that are shown, in their order. For another thread; the rows are those of now."""
        raise NotImplementedError

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard."""
        if text := self.selection_as_tsv():
            QGuiApplication.clipboard().setText(text)

    def content_height(self) -> int:
        """The height at which nothing has to scroll; without rows, what the empty state needs."""
        rows = self.rows.rowCount()
        room = rows * self.verticalHeader().defaultSectionSize()
        if rows == 0:
            room = self._emptiness.height(self.rows.total)
        bar = self.horizontalScrollBar()
        return self._header.sizeHint().height() + room + (bar.height() if bar.isVisible() else 0)

    def sizeHint(self) -> QSize:
        height = self.content_height()
        return QSize(super().sizeHint().width(), height if self._inline else min(height, self._least_height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.rows.retranslate()
            self.widths.measure()
            self._show_state()
        elif event.type() == QEvent.Type.FontChange and hasattr(self, "_height"):
            self._height.fit()
            self.widths.measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.widths.fit()
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_activated(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._inline:
            event.ignore()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_row_actions(menu)
        add_list_actions(menu, self)
        menu.popup(event.globalPos())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        """Called by Qt."""
        super().selectionChanged(selected, deselected)
        self._follow_selection()
        self.selection_changed.emit()

    def _add_row_actions(self, menu: QMenu) -> None:
        offered = self._row_actions() if self._row_actions and self._selected_places() else ()
        for action in offered:
            menu.addAction(action.text.replace("&", "&&"), action.callback)
        if offered:
            menu.addSeparator()

    def _set_up(self) -> None:
        self.resized.connect(self._emptiness.follow)
        self.rows.setParent(self)
        self.setModel(self.rows)
        self.setHorizontalHeader(self._header)
        self.setItemDelegate(self._rows_delegate)
        _make_calm(self)
        self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        if self._inline:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _wire(self) -> None:
        self.doubleClicked.connect(self._on_activated)
        self._height.changed.connect(self._on_row_height_changed)

    def _on_row_height_changed(self) -> None:
        self.updateGeometry()
        self.height_changed.emit()

    def _least_height(self) -> int:
        return self._header.sizeHint().height() + _LEAST_ROWS * self.verticalHeader().defaultSectionSize()

    def _show_state(self) -> None:
        """Show what stands for the rows where there are none."""
        self._emptiness.show(rows=self.rows.rowCount(), total=self.rows.total, sought=self._what_was_sought())
        self.updateGeometry()
        self.height_changed.emit()

    def _what_was_sought(self) -> str:
        return _("No row fits the chosen filters.")

    def _follow_selection(self) -> None:
        """Make the one selected row the current one: a screen reader only selects, and Enter opens the current one."""
        places = self._selected_places()
        if len(places) == 1 and places[0] != self.currentIndex().row():
            index = self.rows.index(places[0], 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _selected_stretches(self) -> list[range]:
        """The places of the selected rows. By stretches: an index for each of fifty thousand rows takes its time."""
        selection = self.selectionModel()
        if selection is None:
            return []
        parts = selection.selection()
        found = (parts.at(number) for number in range(parts.count()))
        return [range(part.top(), part.bottom() + 1) for part in found]

    def _selected_places(self) -> list[int]:
        return sorted({place for stretch in self._selected_stretches() for place in stretch})

    def _hover(self, row: int) -> None:
        if row != self._rows_delegate.hovered:
            self._rows_delegate.hovered = row
            self.viewport().update()

    def _on_activated(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index.row())
        if row is not None:
            self.row_activated.emit(row)


def suggest(view: ListView[Row], key: Hashable) -> None:
    """Select the row of a key, if it is shown, and leave in view what is: nobody has asked for that row."""
    view.setAutoScroll(False)
    if (place := view.rows.find(key)) >= 0:
        view.selectRow(place)
    view.setAutoScroll(True)


def _make_calm(view: QTableView) -> None:
    """Rows without a grid, selected as a whole, never edited in place, scrolled by the pixel."""
    view.verticalHeader().hide()
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setMouseTracking(True)
    view.setTabKeyNavigation(False)
    view.setCornerButtonEnabled(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)


def _bring_into_view(widget: QWidget, part: QRect) -> None:
    """Scroll whatever scroll area a widget stands in until a part of it is seen."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    inner = area.widget() if isinstance(area, QScrollArea) else None
    if isinstance(area, QScrollArea) and inner is not None:
        middle = widget.mapTo(inner, part.center())
        area.ensureVisible(middle.x(), middle.y(), 0, part.height())
