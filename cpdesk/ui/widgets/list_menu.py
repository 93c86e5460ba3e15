"""What every list offers: copy, export, choose columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.dialog import window_beneath
from cpdesk.ui.widgets.layout import restyle
from cpdesk.ui.widgets.menu_button import MenuButton

if TYPE_CHECKING:
    from cpdesk.ui.widgets.columns import Column
    from cpdesk.ui.widgets.list_view import ListView


@dataclass(frozen=True, slots=True)
class ListExport:
    """A list that somebody wants as a file: the columns as they are shown, and work that reads the rows."""

    title: str
    columns: "Sequence[Column[Any]]"
    reading: Callable[[], Sequence[Any]]
    """Runs on another thread."""
    ending: str
    """"csv" or "xlsx"."""


@runtime_checkable
class ExportsLists(Protocol):
    """A window that writes lists into files."""

    def export_list(self, wanted: ListExport) -> None: ...


class ListMenu(MenuButton):
    """The "…" at the end of a list's header."""

    def __init__(self, view: "ListView[Any]", parent: QWidget | None = None) -> None:
        super().__init__(_("List options"), "more", parent)
        self._view = view
        restyle(self, "kind", "corner")
        self.pop_up.aboutToShow.connect(self._on_about_to_show)
        self._on_about_to_show()

    def retranslate(self) -> None:
        """Its name in the language in use."""
        self.rename(_("List options"))

    def place(self) -> QRect:
        """Where it stands, in the coordinates of the list."""
        header, size = self._view.horizontalHeader().geometry(), self.sizeHint()
        rtl = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = header.left() if rtl else header.right() + 1 - size.width()
        return QRect(left, header.top() + (header.height() - size.height()) // 2, *size.toTuple())

    def room(self) -> int:
        """What the header has to leave free for it."""
        self.ensurePolished()
        return self.sizeHint().width() - spacing.XS

    def _on_about_to_show(self) -> None:
        self.pop_up.clear()
        add_list_actions(self.pop_up, self._view)


def add_list_actions(menu: QMenu, view: "ListView[Any]") -> None:
    """Add what can be done with a list to a menu."""
    copy = menu.addAction(_("Copy the selected rows"), view.copy_selection)
    copy.setShortcut(QKeySequence.StandardKey.Copy)
    copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown here, obeyed by the list
    copy.setEnabled(view.selectionModel().hasSelection())
    _add_exports(menu, view)
    menu.addSeparator()
    columns = _ColumnsMenu(view, menu)
    menu.addMenu(columns)
    reset = menu.addAction(_("Reset columns"), view.widths.reset)
    reset.setEnabled(view.widths.changed)


def _add_exports(menu: QMenu, view: "ListView[Any]") -> None:
    window = window_beneath(view)
    if not isinstance(window, ExportsLists):
        return
    menu.addSeparator()
    for ending, text in (("csv", _("Export as CSV")), ("xlsx", _("Export as Excel workbook"))):
        action = menu.addAction(text, partial(_export, window, view, ending))
        action.setEnabled(view.rows.rowCount() > 0)


def _export(window: ExportsLists, view: "ListView[Any]", ending: str) -> None:
    window.export_list(ListExport(view.accessibleName(), view.shown_columns(), view.reading(), ending))


class _ColumnsMenu(QMenu):
    """A tick for each column; stays open while one ticks. The last shown column cannot be hidden."""

    def __init__(self, view: "ListView[Any]", parent: QMenu) -> None:
        super().__init__(_("Choose columns"), parent)
        self._view = view
        self._ticks: dict[str, QAction] = {}
        for column in view.rows.columns:
            tick = QAction(column.caption().replace("&", "&&"), self, checkable=True)
            tick.setChecked(view.widths.is_shown(column.key))
            tick.toggled.connect(partial(self._on_toggled, column.key))
            self._ticks[column.key] = tick
            self.addAction(tick)
        self._keep_one()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        tick = self.activeAction()
        if tick is not None and tick.isEnabled() and self.rect().contains(event.position().toPoint()):
            tick.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        tick = self.activeAction()
        if tick is not None and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            tick.trigger()
        else:
            super().keyPressEvent(event)

    def _on_toggled(self, key: str, shown: bool) -> None:
        self._view.widths.show_column(key, shown=shown)
        self._keep_one()

    def _keep_one(self) -> None:
        shown = [tick for tick in self._ticks.values() if tick.isChecked()]
        for tick in self._ticks.values():
            tick.setEnabled(len(shown) > 1 or tick not in shown)
