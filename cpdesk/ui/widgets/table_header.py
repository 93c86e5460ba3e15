"""The head of lists: quiet captions, an arrow on the sorted column."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QWidget

from cpdesk.ui import theme
from cpdesk.ui.theme import icons, spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.bidi import isolated
from cpdesk.ui.widgets.row_delegate import PAD

_ARROW = 14
_FRACTION = 2
"""Widths of texts are rounded; whether one has room is not."""


class TableHeader(QHeaderView):
    """Captions 12 semibold in the soft colour over a hairline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.end_room = 0
        """What the last column leaves free at its end."""
        self._last: int | None = None
        for moved in (self.sectionMoved, self.sectionResized, self.sectionCountChanged, self.geometriesChanged):
            moved.connect(self.forget_last)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorClearable(False)
        self.setMinimumSectionSize(theme.current().fonts.scaled(48))

    def sizeHint(self) -> QSize:
        # A list asks for the height alone, and often; Qt's own width looks at all captions.
        return QSize(0, theme.current().row_height)

    def shown(self) -> list[int]:
        """The columns that are not hidden, as they stand."""
        places = (self.logicalIndex(place) for place in range(self.count()))
        return [place for place in places if not self.isSectionHidden(place)]

    def end_room_of(self, section: int) -> int:
        """What a column leaves free at its end."""
        if not self.end_room:
            return 0
        if self._last is None:
            # Kept: every cell asks whenever it is painted.
            self._last = next(iter(self.shown()[-1:]), -1)
        return self.end_room if section == self._last else 0

    def forget_last(self) -> None:
        """Another column may be the last one that is shown."""
        self._last = None

    def caption_width(self, section: int, *, bare: bool = False) -> int:
        """What the caption of a column needs, the arrow included; bare: only where it is sorted by."""
        metrics = QFontMetrics(theme.current().fonts.font(TextRole.CHIP))
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        arrow = theme.current().fonts.scaled(_ARROW) + spacing.XS
        if not self.isSortIndicatorShown() or (bare and self.sortIndicatorSection() != section):
            arrow = 0
        return metrics.horizontalAdvance(text) + 2 * PAD + _FRACTION + arrow + self.end_room_of(section)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803
        """Paint one caption. Called by Qt."""
        tokens = theme.current().tokens
        painter.save()
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.current().fonts.font(TextRole.CHIP))
        painter.setPen(QColor(tokens.soft))
        room = QStyle.visualRect(self.layoutDirection(), rect, rect.adjusted(0, 0, -self.end_room_of(logicalIndex), 0))
        self._paint_caption(painter, room.adjusted(PAD, 0, -PAD, 0), logicalIndex)
        painter.restore()

    def _paint_caption(self, painter: QPainter, room: QRect, section: int) -> None:
        flags = self._flags(section)
        sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        arrow = theme.current().fonts.scaled(_ARROW)
        gap = arrow + spacing.XS if sorted_by else 0
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        metrics = painter.fontMetrics()
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room.width() - gap, 0))
        words = QSize(metrics.horizontalAdvance(text) + gap, metrics.height())
        box = QStyle.alignedRect(Qt.LayoutDirection.LeftToRight, flags, words, room)
        if sorted_by:
            self._paint_arrow(painter, box, arrow)
            box.adjust(gap if self._is_rtl else 0, 0, 0 if self._is_rtl else -gap, 0)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), isolated(text, rtl=self._is_rtl))

    def _paint_arrow(self, painter: QPainter, box: QRect, side: int) -> None:
        up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        ratio = self.devicePixelRatioF()
        drawing = icons.pixmap("sort_up" if up else "sort_down", theme.current().tokens.soft, QSize(side, side), ratio)
        left = box.left() if self._is_rtl else box.right() + 1 - side
        painter.drawPixmap(QPoint(left, box.center().y() - side // 2 + 1), drawing)

    def _flags(self, section: int) -> Qt.AlignmentFlag:
        given = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        default = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return QStyle.visualAlignment(self.layoutDirection(), given or default)

    @property
    def _is_rtl(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft
