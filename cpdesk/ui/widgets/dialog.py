"""Dialogs: a card in the middle of the dimmed window."""

from enum import Enum
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from cpdesk.base.apart import steady
from cpdesk.ui import theme
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox
from cpdesk.ui.widgets.scrim import Scrim
from cpdesk.ui.widgets.surfaces import surface

_WIDTH = 680
_GUTTER = 16
"""Room at both sides for a scroll bar; with the inset it makes the margin of the card."""
_INSET = spacing.XL - _GUTTER


class Side(Enum):
    """Where a button of a dialog stands."""

    START = "start"
    END = "end"


@runtime_checkable
class GivesHelp(Protocol):
    """A window that knows how to show help."""

    def show_help(self, topic: str = "", over: QDialog | None = None) -> None: ...


class ModalDialog(QDialog):
    """Subtitle, title, `content` that scrolls when the window is small, `footer` that never does, a row of buttons.

    Show it with `open()`. Esc gives the safe answer: it rejects. The button passed to `set_safe` has the
    focus at first and rejects too. F1 shows help over it, and leaves what was typed.
    """

    help_topic: str = ""
    """What F1 explains; "": what it explains on the page underneath."""

    def __init__(self, parent: QWidget, title: str = "", subtitle: str = "", width: int = _WIDTH) -> None:
        super().__init__(parent.window(), Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        # Without a compositor what is translucent shows up black, and X does not say reliably whether there is one.
        self._cut = QGuiApplication.platformName() == "xcb"
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, not self._cut)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._window = parent.window()
        self._width = width
        self._scrim: Scrim | None = None
        self._first: QPushButton | None = None
        self._safe: QPushButton | None = None
        self._typing = False
        self.subtitle = Label(role=TextRole.CAPTION, wrap=True)
        self.title = Label(role=TextRole.TITLE, wrap=True)
        self.content = QVBoxLayout()
        self.footer = QHBoxLayout()
        self._scroll = QScrollArea()
        self._start: QHBoxLayout = QHBoxLayout()
        self._end: QHBoxLayout = QHBoxLayout()
        self._build()
        self.set_texts(title, subtitle)

    def set_texts(self, title: str, subtitle: str = "") -> None:
        """Show a title, and over it whom it is about."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self.setWindowTitle(steady(title))
        self.setAccessibleName(title)

    def add_button(self, button: QPushButton, side: Side = Side.END) -> QPushButton:
        """Add a button to the row and give it back."""
        (self._start if side is Side.START else self._end).addWidget(button)
        return button

    def set_safe(self, button: QPushButton) -> None:
        """Make this the answer that changes nothing: default, focused at first, rejects."""
        self.set_first(button)
        self._safe = button
        button.clicked.connect(self.reject)

    def set_first(self, button: QPushButton) -> None:
        """Make this the default button, with the focus when the dialog opens."""
        self._first = button
        button.setDefault(True)

    def start_over(self) -> None:
        """Show the content from its beginning, with the keyboard where it was at first."""
        self._scroll.verticalScrollBar().setValue(0)
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_for_help(self) -> None:
        """What F1 does."""
        window = window_beneath(self)
        if isinstance(window, GivesHelp):
            window.show_help(self.help_topic, self)

    def fit(self) -> None:
        """Take the size the content needs, as far as the window has room, and stand in its middle."""
        window = self._window
        room = window.size() - QSize(2 * spacing.XL, 2 * spacing.XL)
        width = min(theme.current().fonts.scaled(self._width), room.width())
        size = QSize(width, min(self._height_for(width), room.height()))
        middle = window.mapToGlobal(window.rect().center())
        self.setGeometry(QRect(middle.x() - size.width() // 2, middle.y() - size.height() // 2, *size.toTuple()))

    def showEvent(self, event: QShowEvent) -> None:
        if self._scrim is None:
            self._scrim = Scrim(self._window, self)
        self._window.installEventFilter(self)
        self.fit()
        super().showEvent(event)
        self.start_over()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cut:
            self.setMask(_rounded(self.size()))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._window.removeEventFilter(self)
        if self._scrim is not None:
            self._scrim.leave()
            self._scrim = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.HelpContents):
            self.ask_for_help()
        elif self._loses_what_was_typed(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            # Comes before the key itself, by which the line may have lost the focus already.
            self._typing = isinstance(self.focusWidget(), QLineEdit)
        return super().event(event)

    def _loses_what_was_typed(self, event: QKeyEvent) -> bool:
        """Whether Enter, which the line it was pressed in has heard of, would also close the dialog."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return is_enter and self._typing and self._first is self._safe is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.current().tokens
        painter = QPainter(self)
        if self._cut:
            painter.fillRect(self.rect(), QColor(tokens.line))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.surface))
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(card, spacing.RADIUS, spacing.RADIUS)
        self._paint_cuts(painter)

    def _paint_cuts(self, painter: QPainter) -> None:
        """A line where the content goes on above or below."""
        bar, part = self._scroll.verticalScrollBar(), self._scroll.geometry()
        left, right = _GUTTER + _INSET, self.width() - _GUTTER - _INSET
        if bar.value() > bar.minimum():
            painter.drawLine(left, part.top(), right, part.top())
        if bar.value() < bar.maximum():
            painter.drawLine(left, part.bottom() + 1, right, part.bottom() + 1)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_GUTTER, spacing.XL, _GUTTER, spacing.XL - spacing.XS)
        column.setSpacing(spacing.S + spacing.XS)
        head = vbox(self.subtitle, self.title, space=spacing.XS)
        buttons = hbox(self._start, None, self._end)
        for inset in (head, self.footer, buttons):
            inset.setContentsMargins(_INSET, 0, _INSET, 0)
        for row in (self._start, self._end):
            row.setSpacing(spacing.M)
        column.addLayout(head)
        column.addSpacing(spacing.XS)
        column.addWidget(self._scroll, 1)
        column.addLayout(self.footer)
        column.addSpacing(spacing.XS)
        column.addLayout(buttons)
        self._build_content()

    def _build_content(self) -> None:
        inner = surface("clear")
        # What a guess at the height was too high by is left free at the end, not spread between the lines.
        inner.setLayout(vbox(self.content, None, space=0))
        self.content.setContentsMargins(_INSET, 0, _INSET, 0)
        self.content.setSpacing(spacing.M)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._scroll.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def _on_scrolled(self) -> None:
        self.update()

    def _on_range_changed(self, _least: int, most: int) -> None:
        """Let a scroll bar stand in the margin, so that the content keeps its width."""
        beside = _INSET - self._scroll.verticalScrollBar().sizeHint().width() if most > 0 else _INSET
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.content.setContentsMargins(beside if rtl else _INSET, 0, _INSET if rtl else beside, 0)

    def _height_for(self, width: int) -> int:
        """The height at which nothing has to scroll."""
        inside = width - 2 * spacing.XL
        labels = [label for label in (self.subtitle, self.title) if not label.isHidden()]
        texts = sum(label.heightForWidth(inside) + spacing.XS for label in labels)
        content, flows = self.content.sizeHint().height(), self.content.hasHeightForWidth()
        inner = self.content.heightForWidth(inside) if flows else content
        buttons = max(self._start.sizeHint().height(), self._end.sizeHint().height())
        gaps = 4 * (spacing.S + spacing.XS) + 2 * spacing.XS
        footer = self.footer.sizeHint().height()
        return 2 * spacing.XL - spacing.XS + texts + inner + footer + buttons + gaps


def window_beneath(widget: QWidget) -> QWidget | None:
    """The window that a widget stands in, under all dialogs."""
    window: QWidget | None = widget.window()
    while isinstance(window, ModalDialog):
        window = window.parentWidget()
    return window


def _rounded(size: QSize) -> QRegion:
    """A rectangle with the corners of a card, in whole pixels."""
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 0, size.width(), size.height()), spacing.RADIUS, spacing.RADIUS)
    return QRegion(shape.toFillPolygon().toPolygon())
