"""Widgets that stand over a part of a list without being inside it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QAbstractItemView, QWidget

from cpdesk.ui.widgets.layout import tab_next

_FOLLOWED = frozenset(
    {QEvent.Type.ParentChange, QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}
)


class Beside(QObject):
    """Keeps a widget over a list, as its neighbour: of what is inside a table screen readers only see the cells.

    `place` says where, in the coordinates of the list. Where the list stands alone, the widget is in it after all.
    """

    def __init__(self, view: QAbstractItemView, widget: QWidget, place: Callable[[], QRect]) -> None:
        super().__init__(view)
        self._view = view
        self._widget = widget
        self._place = place
        self._wanted = False
        widget.hide()
        view.installEventFilter(self)
        view.destroyed.connect(widget.deleteLater)
        self._join()

    def set_visible(self, *, visible: bool) -> None:
        """Show the widget, as long as the list is shown."""
        self._wanted = visible
        self.follow()

    def follow(self) -> None:
        """Go where the list is."""
        ground = self._view.parentWidget()
        self._widget.setGeometry(self._place().translated(self._view.pos()) if ground else self._place())
        self._widget.setVisible(self._wanted and not (ground and self._view.isHidden()))
        self._widget.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOLLOWED:
            if event.type() == QEvent.Type.ParentChange:
                self._join()
            self.follow()
        return super().eventFilter(watched, event)

    def _join(self) -> None:
        self._widget.setParent(self._view.parentWidget() or self._view)
        tab_next(self._view, self._widget)
