"""Widgets in a line that goes on below where there is no room."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from cpdesk.ui.theme import spacing


class Flow(QWidget):
    """For chips and other small things: as many beside each other as fit, from the side where one begins to read."""

    def __init__(self, *items: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = items
        for item in items:
            item.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + spacing.S * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        widest = max((item.sizeHint().width() for item in self._shown()), default=0)
        return QSize(widest, self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """What all lines take."""
        lines = self._lines(width)
        return sum(max(item.sizeHint().height() for item in line) for line in lines) + spacing.S * max(
            len(lines) - 1, 0
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange):
            self._arrange()
            self.updateGeometry()
        return super().event(event)

    def _arrange(self) -> None:
        for item, place in self._places(self.width()):
            item.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))

    def _places(self, width: int) -> list[tuple[QWidget, QRect]]:
        places, top = [], 0
        for line in self._lines(width):
            height = max(item.sizeHint().height() for item in line)
            left = 0
            for item in line:
                size = item.sizeHint().boundedTo(QSize(max(width, 1), height))
                places.append((item, QRect(QPoint(left, top + (height - size.height()) // 2), size)))
                left += size.width() + spacing.S
            top += height + spacing.S
        return places

    def _lines(self, width: int) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = []
        room = 0
        for item in self._shown():
            room -= item.sizeHint().width() + spacing.S
            if room < -spacing.S or not lines:
                lines.append([])
                room = width - item.sizeHint().width() - spacing.S
            lines[-1].append(item)
        return lines

    def _shown(self) -> list[QWidget]:
        return [item for item in self._items if not item.isHidden()]
