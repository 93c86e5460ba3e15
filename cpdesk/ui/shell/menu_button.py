"""One entry of the side menu."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.theme import icons
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.tips import set_tip

_HEIGHT = 36
_ICON = 20
_PAD = 12
_END = 8
_GAP = 10


class MenuButton(QPushButton):
    """Icon, text and a count. Folded, only the icon is painted; the text stays its accessible name.

    Not checkable though one of them is lit: a screen reader would toggle it instead of going there.
    """

    def __init__(self, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._badge = ""
        self._folded = False
        self._lit = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_badge(self, badge: str) -> None:
        """Show a short count at the end; "" for none."""
        self._badge = badge
        self._describe()
        self.updateGeometry()
        self.update()

    @property
    def lit(self) -> bool:
        """Whether one is on the page of this entry."""
        return self._lit

    def set_lit(self, *, lit: bool) -> None:
        """Show that one is there, or not."""
        self._lit = lit
        self._describe()
        self.update()

    def set_text(self, text: str) -> None:
        """Rename the entry."""
        self.setText(text)
        self.setAccessibleName(text)
        set_tip(self, text if self._folded else "")

    def set_folded(self, *, folded: bool) -> None:
        """Show the icon alone, with the text as a tooltip."""
        self._folded = folded
        set_tip(self, self.text() if folded else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        scaled = theme.current().fonts.scaled
        if self._folded:
            return self.minimumSizeHint()
        metrics = QFontMetrics(self._font(bold=True))
        width = _PAD + scaled(_ICON) + _GAP + metrics.horizontalAdvance(self.text()) + _END
        if self._badge:
            width += self._badge_width() + _GAP
        return QSize(width, scaled(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        scaled = theme.current().fonts.scaled
        return QSize(2 * _PAD + scaled(_ICON), scaled(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        looks = theme.current()
        side = looks.fonts.scaled(_ICON)
        icon = QRect(_PAD, (self.height() - side) // 2, side, side)
        colour = looks.tokens.accent if self._lit else looks.tokens.soft
        drawing = icons.pixmap(self._icon, colour, icon.size(), self.devicePixelRatioF())
        painter.drawPixmap(self._mirrored(icon), drawing)
        if not self._folded:
            self._paint_texts(painter, icon.right() + 1 + _GAP)

    def _describe(self) -> None:
        told = (_("Current page") if self._lit else "", self._badge)
        self.setAccessibleDescription(", ".join(filter(None, told)))

    def _paint_ground(self, painter: QPainter) -> None:
        tokens = theme.current().tokens
        painter.setPen(Qt.PenStyle.NoPen)
        if self._lit or self.underMouse() or self.isDown():
            painter.setBrush(QColor(tokens.accent_tint if self._lit else tokens.line))
            painter.drawRoundedRect(self.rect(), 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)

    def _paint_texts(self, painter: QPainter, left: int) -> None:
        tokens = theme.current().tokens
        badge = self._badge_width() + _GAP if self._badge else 0
        room = QRect(left, 0, self.width() - left - _END - badge, self.height())
        painter.setFont(self._font(bold=self._lit))
        painter.setPen(QColor(tokens.accent if self._lit else tokens.ink))
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignRight if self._is_rtl else Qt.AlignmentFlag.AlignLeft
        painter.drawText(self._mirrored(room), int(side | Qt.AlignmentFlag.AlignVCenter), text)
        if self._badge:
            self._paint_badge(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        looks = theme.current()
        height = looks.fonts.scaled(20)
        width = self._badge_width()
        box = QRect(self.width() - _END - width, (self.height() - height) // 2, width, height)
        box = self._mirrored(box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(looks.tokens.pending_tint))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(looks.fonts.font(TextRole.CHIP))
        painter.setPen(QColor(looks.tokens.pending))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._badge)

    def _badge_width(self) -> int:
        fonts = theme.current().fonts
        words = QFontMetrics(fonts.font(TextRole.CHIP)).horizontalAdvance(self._badge)
        return max(words + fonts.scaled(12), fonts.scaled(22))

    def _mirrored(self, rect: QRect) -> QRect:
        return QRect(self.width() - rect.right() - 1, rect.top(), *rect.size().toTuple()) if self._is_rtl else rect

    @property
    def _is_rtl(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _font(self, *, bold: bool) -> QFont:
        return theme.current().fonts.font(TextRole.STRONG if bold else TextRole.BODY)
