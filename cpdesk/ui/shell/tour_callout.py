"""What the tour says, beside what it is about, and the frame around that."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, quiet, secondary
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox

_WIDTH = 400
_GAP = spacing.S + spacing.XS
_LINE = 2


class Callout(QFrame):
    """Title, text, and Back, Next, Show me and End. F6 leads to it and on."""

    back_asked = Signal()
    next_asked = Signal()
    act_asked = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = Label(role=TextRole.CAPTION)
        self._title = Label(role=TextRole.SECTION, wrap=True)
        self._text = Label(wrap=True)
        self.back = secondary()
        self.next = secondary()
        self.act = primary()
        self.end = quiet()
        self.setProperty("surface", "card")
        self._build()
        self._wire()

    def say(self, number: int, total: int, title: str, text: str) -> None:
        """Show a step; `number` counts from 1."""
        self._count.setText(_("Tour: step {number} of {total}").format(number=number, total=total))
        self._title.setText(title)
        self._text.setText(text)
        self.back.setText(_("Back"))
        self.next.setText(_("Next"))
        self.act.setText(_("Show me"))
        self.end.setText(_("End tour"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def offer(self, *, back: bool, forward: bool, act: bool, last: bool = False) -> None:
        """Which of the buttons there is something behind; after the last step there is nothing to go on to."""
        focused = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.back.setEnabled(back)
        self.next.setEnabled(forward)
        self.next.setVisible(not last)
        self.act.setVisible(act)
        if focused:
            self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard on the button that leads on."""
        ways = (self.next, self.act, self.end)
        on = next(way for way in ways if way.isEnabled() and not way.isHidden())
        on.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """Whether the keyboard is on one of its buttons."""
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def stand_beside(self, spot: QRect | None) -> None:
        """Stand near a part of the parent, where there is room; in its lower corner if there is no such part."""
        parent = self.parentWidget()
        assert parent is not None
        room = parent.rect().adjusted(_GAP, _GAP, -_GAP, -_GAP)
        width = min(theme.current().fonts.scaled(_WIDTH), room.width())
        size = QSize(width, min(self._height_for(width), room.height()))
        from_right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        place = QRect(_place(size, spot, room, from_right=from_right), size)
        if self.geometry() != place:
            self.setGeometry(place)
        self.raise_()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().tokens.accent), _LINE))
        inset = _LINE // 2
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), spacing.RADIUS, spacing.RADIUS)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(spacing.M, spacing.M, spacing.M, spacing.M)
        column.setSpacing(spacing.S)
        for part in (self._count, self._title, self._text):
            column.addWidget(part)
        column.addSpacing(spacing.XS)
        column.addLayout(hbox(self.end, None, self.back, self.next, self.act, space=spacing.S))

    def _wire(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.next.clicked.connect(self.next_asked)
        self.act.clicked.connect(self.act_asked)
        self.end.clicked.connect(self.ended)

    def _height_for(self, width: int) -> int:
        layout = self.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height()


class Frame(QWidget):
    """A frame around what the tour is about. It is in nobody's way: clicks go through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def stand_around(self, spot: QRect | None) -> None:
        """Surround a part of the parent, or nothing."""
        self.setVisible(spot is not None)
        if spot is not None:
            self.setGeometry(spot.adjusted(-spacing.XS, -spacing.XS, spacing.XS, spacing.XS))
            self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().tokens.accent), _LINE))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), spacing.RADIUS, spacing.RADIUS)


def _place(size: QSize, spot: QRect | None, room: QRect, *, from_right: bool) -> QPoint:
    """Under the spot or over it, as far as there is room; in the lower corner at the end otherwise."""
    last = room.right() - size.width()
    corner = QPoint(room.left() if from_right else last, room.bottom() - size.height())
    if spot is None:
        return corner
    left = max(room.left(), min(spot.right() - size.width() if from_right else spot.left(), last))
    under, over = spot.bottom() + _GAP, spot.top() - _GAP - size.height()
    if under + size.height() <= room.bottom():
        return QPoint(left, under)
    if over >= room.top():
        return QPoint(left, over)
    return corner
