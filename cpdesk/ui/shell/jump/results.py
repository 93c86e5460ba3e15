"""The list of what was found: groups with a caption, two lines for each place."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cpdesk.ui import theme
from cpdesk.ui.shell.jump.entries import Entry, Group
from cpdesk.ui.theme import icons, spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.bidi import isolated, on_one_line

Index = QModelIndex | QPersistentModelIndex
Row = Entry | str
"""A place to go to; or the caption of a group, or a remark."""

_ENTRY, _CAPTION = 48, 32
_ICON = 18
_ROOT = QModelIndex()
_ROW_ROLE = Qt.ItemDataRole.UserRole


class Results(QListView):
    """The keyboard stays in the field above: `step` and `current` serve it."""

    opened = Signal(object)
    """The Entry that was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = _Rows()
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setProperty("plain", "true")
        self.clicked.connect(self._on_clicked)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these, the first entry chosen."""
        self._rows.set_groups(groups)
        self._choose(self._rows.next(-1, 1))
        self.scrollToTop()

    def say(self, text: str) -> None:
        """Show a remark in the place of entries."""
        self._rows.set_rows([text])

    def current(self) -> Entry | None:
        """The entry that Enter opens."""
        row = self.currentIndex().data(_ROW_ROLE) if self.currentIndex().isValid() else None
        return row if isinstance(row, Entry) else None

    def step(self, step: int) -> None:
        """Choose another entry, so many further down; the ends of the list are where it ends."""
        for _time in range(abs(step)):
            self._choose(self._rows.next(self.currentIndex().row(), 1 if step > 0 else -1))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.current().fonts.scaled(2 * _ENTRY))

    def sizeHint(self) -> QSize:
        return QSize(0, theme.current().fonts.scaled(8 * _ENTRY))

    def _choose(self, place: int | None) -> None:
        if place is None:
            return
        self.setCurrentIndex(self._rows.index(place))
        if self._rows.next(-1, 1) == place:
            self.scrollToTop()  # with the caption over it

    def _on_clicked(self, index: QModelIndex) -> None:
        entry = index.data(_ROW_ROLE)
        if isinstance(entry, Entry):
            self.opened.emit(entry)


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def set_groups(self, groups: Sequence[Group]) -> None:
        rows: list[Row] = []
        for group in groups:
            rows += [group.title.upper(), *group.entries, *([group.more] if group.more else [])]
        self.set_rows(rows)

    def set_rows(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def next(self, place: int, step: int) -> int | None:
        """The nearest entry before or after a place."""
        places = range(place + step, len(self._rows) if step > 0 else -1, step)
        return next((one for one in places if isinstance(self._rows[one], Entry)), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == _ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken if isinstance(row, Entry) else row
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        chosen = isinstance(self._rows[index.row()], Entry)
        return super().flags(index) if chosen else Qt.ItemFlag.ItemIsEnabled


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        height = _ENTRY if isinstance(index.data(_ROW_ROLE), Entry) else _CAPTION
        return QSize(0, theme.current().fonts.scaled(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        row = index.data(_ROW_ROLE)
        if isinstance(row, Entry):
            self._paint_entry(painter, option, row)
        else:
            self._paint_caption(painter, option, str(row))
        painter.restore()

    def _paint_caption(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        role = TextRole.EYEBROW if text.isupper() else TextRole.CAPTION
        box = option.rect.adjusted(spacing.S, spacing.S, -spacing.S, 0)
        _draw(painter, option, box, text, theme.current().fonts.font(role), "soft")

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry) -> None:
        looks = theme.current()
        self._paint_ground(painter, option)
        inner = option.rect.adjusted(spacing.S, 0, -spacing.S, 0)
        side = looks.fonts.scaled(_ICON)
        picture = icons.pixmap(entry.icon, looks.tokens.soft, QSize(side, side), painter.device().devicePixelRatioF())
        place = QRect(inner.left(), inner.center().y() - side // 2, side, side)
        painter.drawPixmap(QStyle.visualRect(option.direction, option.rect, place).topLeft(), picture)
        inner.setLeft(inner.left() + side + spacing.S + spacing.XS)
        inner.setRight(inner.right() - self._paint_note(painter, option, inner, entry.note))
        upper, lower = inner, inner
        if entry.subtitle:
            line = QFontMetrics(looks.fonts.font(TextRole.STRONG)).lineSpacing()
            upper = QRect(inner.left(), inner.center().y() - line, inner.width(), line)
            lower = QRect(inner.left(), inner.center().y() + 1, inner.width(), line)
            _draw(painter, option, _mirrored(option, lower), entry.subtitle, looks.fonts.font(TextRole.CAPTION), "soft")
        _draw(painter, option, _mirrored(option, upper), entry.title, looks.fonts.font(TextRole.STRONG), "ink")

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        tokens = theme.current().tokens
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(tokens.accent if chosen else tokens.hover))
            painter.setBrush(QColor(tokens.accent_tint if chosen else tokens.hover))
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_note(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, note: str) -> int:
        """Write it at the end; the room that it takes."""
        if not note:
            return 0
        font = theme.current().fonts.font(TextRole.CHIP)
        width = QFontMetrics(font).horizontalAdvance(note) + spacing.S
        box = QRect(inner.right() - width, inner.top(), width, inner.height())
        _draw(painter, option, _mirrored(option, box), note, font, "pending")
        return width + spacing.S


def _mirrored(option: QStyleOptionViewItem, box: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, box)


def _draw(painter: QPainter, option: QStyleOptionViewItem, box: QRect, text: str, font: QFont, token: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(theme.current().colour(token)))
    shown = painter.fontMetrics().elidedText(on_one_line(text), Qt.TextElideMode.ElideRight, box.width())
    rtl = option.direction == Qt.LayoutDirection.RightToLeft
    align = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(box, int(align), isolated(shown, rtl=rtl))
