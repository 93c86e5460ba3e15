"""Paints the rows of lists: hairlines, tints, texts by importance, chips."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QToolTip

from cpdesk.ui import theme
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.chips import ChipLook, chip_size, paint_chip
from cpdesk.ui.widgets.columns import Align
from cpdesk.ui.widgets.rows_model import BADGE_ROLE, CHIP_ROLE, RowsModel

if TYPE_CHECKING:
    from typing import Any

    from cpdesk.ui.widgets.columns import Column

PAD = 12
"""Between a cell's edge and its text."""

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """One look for all lists. `hovered` is the row under the pointer, -1 for none."""

    hovered = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        self._paint_ground(painter, option, index)
        chip = index.data(CHIP_ROLE)
        if isinstance(chip, ChipLook):
            self._paint_chip(painter, option, chip)
        else:
            self._paint_text(painter, option, index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = theme.current().fonts.scaled(spacing.ROW)
        chip = index.data(CHIP_ROLE)
        if isinstance(chip, ChipLook):
            return QSize(chip_size(chip).width() + 2 * PAD, height)
        option.font = _font(index)
        width = _metrics_width(index, option)
        badge = index.data(BADGE_ROLE)
        if isinstance(badge, ChipLook):
            width += chip_size(badge).width() + spacing.S
        return QSize(width + 2 * PAD + 2, height)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show what was cut short, where the row itself has no tooltip."""
        cut = index.isValid() and self.sizeHint(option, index).width() > option.rect.width()
        if event.type() == QEvent.Type.ToolTip and cut and not index.data(Qt.ItemDataRole.ToolTipRole):
            QToolTip.showText(event.globalPos(), str(index.data()), view)
            return True
        return super().helpEvent(event, view, option, index)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.current().tokens
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or index.row() == self.hovered:
            painter.fillRect(option.rect, QColor(tokens.accent_tint if selected else tokens.hover))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if self._has_cursor(option, index):
            self._paint_ring(painter, option.rect, index)

    def _has_cursor(self, option: QStyleOptionViewItem, index: Index) -> bool:
        view = option.widget
        if not isinstance(view, QAbstractItemView) or not view.hasFocus():
            return False
        return view.currentIndex().row() == index.row()

    def _paint_ring(self, painter: QPainter, cell: QRect, index: Index) -> None:
        """A cell's part of the ring around the row that has the cursor."""
        painter.setPen(QPen(QColor(theme.current().tokens.accent), 2))
        row = cell.adjusted(0, 1, 0, -2)
        painter.drawLine(row.topLeft(), row.topRight())
        painter.drawLine(row.bottomLeft(), row.bottomRight())
        view = self.parent()
        assert isinstance(view, QTableView)
        header = view.horizontalHeader()
        place, last = header.visualIndex(index.column()), header.count() - 1
        rtl = view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if place == (last if rtl else 0):
            painter.drawLine(row.left() + 1, row.top(), row.left() + 1, row.bottom())
        if place == (0 if rtl else last):
            painter.drawLine(row.right(), row.top(), row.right(), row.bottom())

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.current().tokens
        painter.setFont(_font(index))
        painter.setPen(QColor(tokens.soft if _column(index).soft else tokens.ink))
        rect = option.rect.adjusted(PAD, 0, -PAD, 0)
        badge = index.data(BADGE_ROLE)
        room = rect.width() - (chip_size(badge).width() + spacing.S if isinstance(badge, ChipLook) else 0)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        side = QStyle.visualAlignment(option.direction, index.data(Qt.ItemDataRole.TextAlignmentRole))
        painter.drawText(rect, int(side), text)
        if isinstance(badge, ChipLook):
            self._paint_badge(painter, option, badge, painter.fontMetrics().horizontalAdvance(text))

    def _paint_badge(self, painter: QPainter, option: QStyleOptionViewItem, badge: ChipLook, text: int) -> None:
        cell, size = option.rect, chip_size(badge)
        place = QPoint(cell.left() + PAD + text + spacing.S, cell.top() + (cell.height() - size.height()) // 2)
        rect = QStyle.visualRect(option.direction, cell, QRect(place, size))
        paint_chip(painter, rect, badge, rtl=option.direction == Qt.LayoutDirection.RightToLeft)

    def _paint_chip(self, painter: QPainter, option: QStyleOptionViewItem, chip: ChipLook) -> None:
        room = option.rect.adjusted(PAD - 2, 0, -PAD, 0)
        size = chip_size(chip).boundedTo(room.size())
        top = room.top() + (room.height() - size.height()) // 2
        rect = QStyle.visualRect(option.direction, room, QRect(QPoint(room.left(), top), size))
        paint_chip(painter, rect, chip, rtl=option.direction == Qt.LayoutDirection.RightToLeft)


def _column(index: Index) -> "Column[Any]":
    model = index.model()
    assert isinstance(model, RowsModel)
    return model.columns[index.column()]


def _font(index: Index) -> "Any":
    column = _column(index)
    role = TextRole.STRONG if column.strong else TextRole.BODY
    return theme.current().fonts.font(role, tabular=column.align is Align.END)


def _metrics_width(index: Index, option: QStyleOptionViewItem) -> int:
    from PySide6.QtGui import QFontMetrics

    return QFontMetrics(option.font).horizontalAdvance(str(index.data()))
