"""A part of a page that scrolls by itself, so that what stands around it stays in sight."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from cpdesk.ui import theme
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.surfaces import surface

_LEAST = 180


class Scrolled(QScrollArea):
    """Scrolls a widget up and down, never sideways; one that is given as what makes it is made when it is seen."""

    def __init__(self, widget: QWidget | Callable[[], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = widget if callable(widget) else None
        self._inner = surface("clear", self)
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        if isinstance(widget, QWidget):
            self._column.addWidget(widget)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner.hide()
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def event(self, event: QEvent) -> bool:
        """The widget is laid out when the area has its place and can be seen: other steps of a wizard can wait."""
        placed = event.type() in (QEvent.Type.Polish, QEvent.Type.Show)
        if placed and not self.isHidden() and self.widget() is None:
            if self._make is not None:
                self._column.addWidget(self._make())
            self.setWidget(self._inner)
        return super().event(event)

    def sizeHint(self) -> QSize:
        """No more than has to be: a page whose height goes by its width would give it that, and scroll as well."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self._inner.minimumSizeHint().height(), theme.current().fonts.scaled(_LEAST)))

    def _on_range_changed(self, _least: int, most: int) -> None:
        """Keep the content off the scroll bar."""
        beside = spacing.S if most > 0 else 0
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._column.setContentsMargins(beside if rtl else 0, 0, 0 if rtl else beside, 0)


def bring_into_view(part: QWidget) -> None:
    """Scroll what a part stands in until it is seen; nothing where that does not scroll."""
    area = part.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.ensureWidgetVisible(part, 0, spacing.L)
