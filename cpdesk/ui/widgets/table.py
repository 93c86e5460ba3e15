"""The one list of the program: everything a list has to be able to do is set up here."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
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
from cpdesk.ui import theme
from cpdesk.ui.context import Settings
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.column_widths import ColumnWidths
from cpdesk.ui.widgets.columns import Column, Row
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.row_delegate import RowDelegate
from cpdesk.ui.widgets.rows_model import Index, RowsModel
from cpdesk.ui.widgets.table_header import TableHeader

_LEAST_ROWS = 5


class DataTable(QTableView, Generic[Row]):
    """A sortable, searchable list of frozen rows. Enter or a double click activates a row.

    inline: for inside a card; shows all its rows and never scrolls by itself.
    name: under which the columns are remembered in `settings`.
    """

    row_activated = Signal(object)
    selection_changed = Signal()
    height_changed = Signal()
    """`content_height` may be another one now."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        *,
        name: str = "",
        settings: Settings | None = None,
        inline: bool = False,
        empty: EmptyState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = RowsModel(columns, key, self)
        self.empty = empty or EmptyState(_("Nothing here yet"))
        self._nothing_found = EmptyState(icon="search")
        self._needle = ""
        self._inline = inline
        self._rows_delegate = RowDelegate(self)
        self._header = TableHeader(self)
        self._copy = QAction(self)
        self._widths = ColumnWidths(self, self._header, settings if name else None, name)
        self._set_up()
        self._wire()
        self._widths.restore()
        self._widths.measure()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; selection, current row and scroll position stay."""
        first = self.rows.total == 0
        self.rows.set_rows(rows)
        if first:
            self._widths.measure()
        self._show_state()

    def set_filter(self, needle: str) -> None:
        """Show only rows that contain all words of `needle`."""
        self._needle = needle
        self.rows.set_filter(needle)
        self._show_state()

    def set_predicate(self, predicate: Callable[[Row], bool] | None) -> None:
        """Show only rows for which `predicate` holds."""
        self.rows.set_predicate(predicate)
        self._show_state()

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Order by a column."""
        place = next(n for n, column in enumerate(self.rows.columns) if column.key == key)
        self.sortByColumn(place, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)

    def current_row(self) -> Row | None:
        """The row that has the cursor."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def selected_rows(self) -> tuple[Row, ...]:
        """The selected rows, as they stand."""
        return tuple(self.rows.row(place) for place in self._selected_places())

    def select(self, key: Hashable) -> bool:
        """Select the row of a key and bring it into view; False if it is not shown."""
        place = self.rows.find(key)
        if place >= 0:
            self.selectRow(place)
            self.scrollTo(self.rows.index(place, 0))
        return place >= 0

    def selectRow(self, row: int) -> None:  # noqa: N802 - Qt's own does nothing right to left before it is shown
        """Select a row and put the cursor on it."""
        self.setCurrentIndex(self.rows.index(row, 0))

    def scrollTo(  # noqa: N802 - called by Qt
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """An inline list does not scroll by itself: what it stands in does."""
        super().scrollTo(index, hint)
        if self._inline:
            _bring_into_view(self.viewport(), self.visualRect(index))

    def selection_as_tsv(self) -> str:
        """The selected rows as tab separated lines, columns as they stand on the screen."""
        columns = [self._header.logicalIndex(place) for place in range(self._header.count())]
        lines = ([self._cell(row, column) for column in columns] for row in self._selected_places())
        return "\n".join("\t".join(cells) for cells in lines)

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard."""
        if text := self.selection_as_tsv():
            QGuiApplication.clipboard().setText(text)

    def content_height(self) -> int:
        """The height at which nothing has to scroll; without rows, what the empty state needs."""
        rows = self.rows.rowCount()
        room = rows * self.verticalHeader().defaultSectionSize()
        if rows == 0:
            room = max(self.empty.sizeHint().height(), self._nothing_found.sizeHint().height())
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
            self._widths.measure()
            self._show_state()
        elif event.type() == QEvent.Type.FontChange and hasattr(self, "_widths"):
            self._set_row_height()
            self._widths.measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths.fit()
        for overlay in (self.empty, self._nothing_found):
            overlay.setGeometry(self.viewport().rect())

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
        self._copy.setText(_("Copy the selected rows"))
        self._copy.setEnabled(bool(self._selected_places()))
        menu.addAction(self._copy)
        menu.popup(event.globalPos())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        """Called by Qt."""
        super().selectionChanged(selected, deselected)
        self._follow_selection()
        self.selection_changed.emit()

    def _set_up(self) -> None:
        self.setModel(self.rows)
        self.setHorizontalHeader(self._header)
        self.setItemDelegate(self._rows_delegate)
        self.verticalHeader().hide()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._set_row_height()
        for overlay in (self.empty, self._nothing_found):
            overlay.setParent(self.viewport())
            overlay.hide()
        if self._inline:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _wire(self) -> None:
        self.doubleClicked.connect(self._on_activated)
        self._copy.setShortcut(QKeySequence.StandardKey.Copy)
        self._copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._copy.triggered.connect(self.copy_selection)

    def _set_row_height(self) -> None:
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(spacing.L)
        rows.setDefaultSectionSize(theme.current().fonts.scaled(spacing.ROW))

    def _least_height(self) -> int:
        return self._header.sizeHint().height() + _LEAST_ROWS * self.verticalHeader().defaultSectionSize()

    def _show_state(self) -> None:
        nothing = self.rows.rowCount() == 0
        searching = nothing and self.rows.total > 0
        self.empty.setVisible(nothing and not searching)
        self._nothing_found.setVisible(searching)
        if searching:
            self._nothing_found.set(_("Nothing found"), self._what_was_sought())
        self.updateGeometry()
        self.height_changed.emit()

    def _what_was_sought(self) -> str:
        if self._needle:
            return _("No row contains “{text}”.").format(text=self._needle)
        return _("No row fits the chosen filters.")

    def _follow_selection(self) -> None:
        """Make the one selected row the current one: a screen reader only selects, and Enter opens the current one."""
        places = self._selected_places()
        if len(places) == 1 and places[0] != self.currentIndex().row():
            index = self.rows.index(places[0], 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _selected_places(self) -> list[int]:
        selection = self.selectionModel()
        return sorted(index.row() for index in selection.selectedRows()) if selection is not None else []

    def _cell(self, row: int, column: int) -> str:
        return " ".join(str(self.rows.index(row, column).data() or "").split())

    def _hover(self, row: int) -> None:
        if row != self._rows_delegate.hovered:
            self._rows_delegate.hovered = row
            self.viewport().update()

    def _on_activated(self, index: QModelIndex) -> None:
        self.row_activated.emit(self.rows.row(index.row()))


def _bring_into_view(widget: QWidget, part: QRect) -> None:
    """Scroll whatever scroll area a widget stands in until a part of it is seen."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    inner = area.widget() if isinstance(area, QScrollArea) else None
    if isinstance(area, QScrollArea) and inner is not None:
        middle = widget.mapTo(inner, part.center())
        area.ensureVisible(middle.x(), middle.y(), 0, part.height())
