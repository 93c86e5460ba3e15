"""Paints the rows of lists: hairlines, tints, texts by importance, chips."""

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QToolTip

from cpdesk.ui import theme
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.bidi import isolated, on_one_line
from cpdesk.ui.widgets.cells_model import CellsModel, alignment_of
from cpdesk.ui.widgets.checks import paint_tick, tick_width
from cpdesk.ui.widgets.chips import ChipLook, chip_size, paint_chip
from cpdesk.ui.widgets.columns import Align
from cpdesk.ui.widgets.folding import folded, folded_width
from cpdesk.ui.widgets.tips import plain

if TYPE_CHECKING:
    from cpdesk.ui.widgets.columns import Column
    from cpdesk.ui.widgets.table_header import TableHeader

PAD = 12
"""Between a cell's edge and its text."""

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """One look for all lists. `hovered` is the row under the pointer, -1 for none.

    folds: texts may go on in a second line; the view gives its rows the height.
    """

    hovered = -1
    folds = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        self._paint_ground(painter, option, index)
        option = self._without_end(option, index)
        cell = _Cell(index)
        if cell.chip is not None:
            self._paint_chip(painter, option, cell.chip, at_end=cell.column.align is Align.END)
        elif cell.row is None:
            self._paint_placeholder(painter, option)
        else:
            self._paint_text(painter, option, cell)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_Cell(index).width() + self._end_room(index), theme.current().row_height)

    def narrowest(self, index: Index) -> int:
        """How narrow a cell can be that shows its whole text in two lines."""
        return _Cell(index).folded_width() + self._end_room(index)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show what was cut short, where the row itself has no tooltip."""
        cut = index.isValid() and self._needs(option, index) > option.rect.width()
        if event.type() == QEvent.Type.ToolTip and cut and not index.data(Qt.ItemDataRole.ToolTipRole):
            QToolTip.showText(event.globalPos(), plain(str(index.data())), view)
            return True
        return super().helpEvent(event, view, option, index)

    def _needs(self, option: QStyleOptionViewItem, index: Index) -> int:
        return self.narrowest(index) if self.folds else self.sizeHint(option, index).width()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.current().tokens
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or index.row() == self.hovered:
            painter.fillRect(option.rect, QColor(tokens.accent_tint if selected else tokens.hover))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if self._has_cursor(option, index):
            self._paint_ring(painter, option.rect, index)

    def _without_end(self, option: QStyleOptionViewItem, index: Index) -> QStyleOptionViewItem:
        """The cell without what its header leaves free at the end."""
        room = self._end_room(index)
        if not room:
            return option
        made = QStyleOptionViewItem(option)
        made.rect = QStyle.visualRect(option.direction, option.rect, option.rect.adjusted(0, 0, -room, 0))
        return made

    def _end_room(self, index: Index) -> int:
        """Where room is so short that texts fold, only the caption leaves any."""
        return 0 if self.folds else self._header.end_room_of(index.column())

    @property
    def _header(self) -> "TableHeader":
        view = self.parent()
        assert isinstance(view, QTableView)
        return cast("TableHeader", view.horizontalHeader())

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
        header = self._header
        shown = header.shown()
        rtl = header.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if index.column() == shown[-1 if rtl else 0]:
            painter.drawLine(row.left() + 1, row.top(), row.left() + 1, row.bottom())
        if index.column() == shown[0 if rtl else -1]:
            painter.drawLine(row.right(), row.top(), row.right(), row.bottom())

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, cell: "_Cell") -> None:
        tokens = theme.current().tokens
        painter.setFont(cell.font)
        painter.setPen(QColor(tokens.soft if cell.column.soft else tokens.ink))
        if not cell.text.isascii():
            # Marks may be piled up on a letter, over the rows above.
            painter.setClipRect(option.rect)
        rect = self._past_tick(painter, option, cell).adjusted(PAD, 0, -PAD, 0)
        lines = self._lines(cell, painter.fontMetrics(), rect.size())
        side = QStyle.visualAlignment(option.direction, alignment_of(cell.column))
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        rise = painter.fontMetrics().lineSpacing()
        top = (1 - len(lines)) * rise // 2
        for place, line in enumerate(lines):
            painter.drawText(rect.translated(0, top + place * rise), int(side), isolated(line, rtl=rtl))
        if cell.badge is not None:
            before = painter.fontMetrics().horizontalAdvance(lines[-1]) + cell.tick_room
            # Beside a second line it keeps off the first.
            lower = spacing.XS // 2 - top if len(lines) > 1 else 0
            self._paint_badge(painter, option, cell.badge, QPoint(before, lower))

    def _lines(self, cell: "_Cell", metrics: QFontMetrics, room: QSize) -> tuple[str, ...]:
        if self.folds and room.height() > theme.current().row_height:
            return folded(cell.text, metrics, room.width(), cell.badge_room)
        return (metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width() - cell.badge_room),)

    def _past_tick(self, painter: QPainter, option: QStyleOptionViewItem, cell: "_Cell") -> QRect:
        """Paint the tick box of a cell that has one; where the text goes then."""
        if cell.check is None:
            return option.rect
        side, rect = tick_width(), option.rect
        box = QRect(rect.left() + PAD, rect.top() + (rect.height() - side) // 2, side, side)
        paint_tick(painter, QStyle.visualRect(option.direction, rect, box), cell.check)
        return QStyle.visualRect(option.direction, rect, rect.adjusted(cell.tick_room, 0, 0, 0))

    def _paint_placeholder(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """A quiet bar where a text is on its way."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().tokens.line))
        cell = option.rect
        middle, width = cell.center().y(), min(cell.width() - 2 * PAD, max(cell.width() // 2, 3 * PAD))
        bar = QRect(cell.left() + PAD, middle - spacing.XS, width, spacing.S)
        painter.drawRoundedRect(QStyle.visualRect(option.direction, cell, bar), spacing.XS, spacing.XS)

    def _paint_badge(self, painter: QPainter, option: QStyleOptionViewItem, badge: ChipLook, text: QPoint) -> None:
        """`text` is how far its last line reaches, and how much lower than the middle that stands."""
        cell, size = option.rect, chip_size(badge)
        top = cell.top() + (cell.height() - size.height()) // 2
        place = QPoint(cell.left() + PAD + spacing.S, top) + text
        rect = QStyle.visualRect(option.direction, cell, QRect(place, size))
        _paint_chip(painter, option, rect, badge)

    def _paint_chip(self, painter: QPainter, option: QStyleOptionViewItem, chip: ChipLook, *, at_end: bool) -> None:
        room = option.rect.adjusted(PAD - 2, 0, -PAD, 0)
        size = chip_size(chip).boundedTo(room.size())
        top = room.top() + (room.height() - size.height()) // 2
        left = room.right() + 1 - size.width() if at_end else room.left()
        rect = QStyle.visualRect(option.direction, room, QRect(QPoint(left, top), size))
        _paint_chip(painter, option, rect, chip)


def _paint_chip(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, chip: ChipLook) -> None:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    paint_chip(painter, rect, chip, rtl=option.direction == Qt.LayoutDirection.RightToLeft, selected=selected)


class _Cell:
    """What is painted in a cell, asked of its column: by way of Qt each question takes many times as long."""

    __slots__ = ("badge", "check", "chip", "column", "row")

    def __init__(self, index: Index) -> None:
        model = index.model()
        assert isinstance(model, CellsModel)
        self.column: Column[Any] = model.columns[index.column()]
        self.row = row = model.row_at(index.row())
        column = self.column
        self.chip = column.chip(row) if column.chip and row is not None else None
        self.badge = column.badge(row) if column.badge and row is not None else None
        self.check = column.check(row) if column.check and row is not None else None

    @property
    def text(self) -> str:
        return on_one_line(self.column.show(self.row)) if self.row is not None else ""

    @property
    def font(self) -> QFont:
        role = TextRole.STRONG if self.column.strong else TextRole.BODY
        return theme.current().fonts.font(role, tabular=self.column.align is Align.END)

    @property
    def badge_room(self) -> int:
        """What follows the text."""
        return chip_size(self.badge).width() + spacing.S if self.badge is not None else 0

    @property
    def tick_room(self) -> int:
        """What a tick box takes from the text beside it."""
        return tick_width() + spacing.S if self.check is not None else 0

    def width(self) -> int:
        """What all of it needs."""
        if self.chip is not None:
            return chip_size(self.chip).width() + 2 * PAD
        return QFontMetrics(self.font).horizontalAdvance(self.text) + self._around

    def folded_width(self) -> int:
        """What it needs with its text in two lines."""
        if self.chip is not None:
            return self.width()
        text = folded_width(self.text, QFontMetrics(self.font).horizontalAdvance, self.badge_room)
        return text - self.badge_room + self._around

    @property
    def _around(self) -> int:
        return self.badge_room + 2 * PAD + 2 + self.tick_room
