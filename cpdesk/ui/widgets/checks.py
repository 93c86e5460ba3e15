"""Tick boxes and radio buttons drawn from the theme, clear in both palettes and at every text size."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from cpdesk.base.apart import steady
from cpdesk.ui import theme
from cpdesk.ui.theme import icons, spacing

_BOX = 18
_NARROWEST = 160
_BY_TAB = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})
_WRAPPED = Qt.TextFlag.TextWordWrap


class CheckBox(QCheckBox):
    """A tick box, two or three states. Its text may name somebody: an ampersand in it is one, and no key."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # Qt's own check boxes never get narrower than their text.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(_size(self).width(), _NARROWEST), _size(self).height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Long texts wrap."""
        room = QRect(0, 0, max(width - _text_gap(), 1), 10_000)
        text = self.fontMetrics().boundingRect(room, int(_WRAPPED), self.text())
        return max(_size(self).height(), text.height() + 6)

    def setText(self, text: str, /) -> None:  # noqa: N802 - Qt's spelling
        """Show a text as it stands."""
        super().setText(steady(text).replace("&", "&&"))

    def text(self) -> str:
        """What is shown."""
        return super().text().replace("&&", "&")

    def hitButton(self, pos: object) -> bool:  # noqa: N802, ARG002 - called by Qt; the whole of it can be clicked
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = _paint_frame(self, painter, round_=False, filled=self.checkState() != Qt.CheckState.Unchecked)
        if self.checkState() != Qt.CheckState.Unchecked:
            _paint_mark(painter, box, self.checkState())
        _paint_text(self, painter)


class RadioButton(QRadioButton):
    """One choice of several."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        return _size(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab leads to the choice that holds, not to the first one."""
        super().focusInEvent(event)
        parent = self.parentWidget()
        if self.isChecked() or parent is None or event.reason() not in _BY_TAB:
            return
        for other in parent.findChildren(RadioButton, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if other.isChecked():
                other.setFocus(event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = _paint_frame(self, painter, round_=True, filled=self.isChecked())
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.current().tokens.on_accent))
            third = box.width() // 3
            painter.drawEllipse(QRectF(box.adjusted(third, third, -third, -third)))
        _paint_text(self, painter)


def tick_width() -> int:
    """How wide a tick box is painted at the present text size."""
    return _side()


def paint_tick(painter: QPainter, box: QRect, state: Qt.CheckState) -> None:
    """Paint a tick box that is no widget, as lists have them."""
    tokens = theme.current().tokens
    filled = state != Qt.CheckState.Unchecked
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.accent if filled else tokens.soft), 1.2))
    painter.setBrush(QColor(tokens.accent if filled else tokens.surface))
    painter.drawRoundedRect(QRectF(box).adjusted(0.6, 0.6, -0.6, -0.6), 4, 4)
    if filled:
        _paint_mark(painter, box, state)
    painter.restore()


def _paint_mark(painter: QPainter, box: QRect, state: Qt.CheckState) -> None:
    name = "check" if state == Qt.CheckState.Checked else "partial"
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    painter.drawPixmap(box, icons.pixmap(name, theme.current().tokens.on_accent, box.size(), ratio))


def _side() -> int:
    return theme.current().fonts.scaled(_BOX)


def _text_gap() -> int:
    return _side() + spacing.S + 2


def _size(widget: QAbstractButton) -> QSize:
    metrics = widget.fontMetrics()
    width = _side() + 4
    if widget.text():
        width += spacing.S + metrics.size(Qt.TextFlag(0), widget.text()).width()
    return QSize(width, max(_side(), metrics.height()) + 6)


def _box(widget: QAbstractButton) -> QRect:
    side = _side()
    left = widget.width() - side - 2 if _is_rtl(widget) else 2
    return QRect(left, (widget.height() - side) // 2, side, side)


def _paint_frame(widget: QAbstractButton, painter: QPainter, *, round_: bool, filled: bool) -> QRect:
    tokens = theme.current().tokens
    box = _box(widget)
    radius = box.width() / 2 if round_ else 4
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if widget.hasFocus():
        painter.setPen(QPen(QColor(tokens.accent), 1.5))
        painter.drawRoundedRect(QRectF(box).adjusted(-1.25, -1.25, 1.25, 1.25), radius + 1.25, radius + 1.25)
        box = box.adjusted(1, 1, -1, -1)
    fill = tokens.accent if filled else tokens.surface
    border = tokens.accent if filled or widget.underMouse() else tokens.soft
    if not widget.isEnabled():
        fill, border = tokens.outline if filled else tokens.window, tokens.outline
    painter.setPen(QPen(QColor(border), 1.2))
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(QRectF(box).adjusted(0.6, 0.6, -0.6, -0.6), radius, radius)
    return box


def _paint_text(widget: QAbstractButton, painter: QPainter) -> None:
    tokens = theme.current().tokens
    gap = _text_gap()
    rect = widget.rect().adjusted(0 if _is_rtl(widget) else gap, 0, -gap if _is_rtl(widget) else 0, 0)
    painter.setPen(QColor(tokens.ink if widget.isEnabled() else tokens.outline))
    side = Qt.AlignmentFlag.AlignRight if _is_rtl(widget) else Qt.AlignmentFlag.AlignLeft
    # Absolute: by itself Qt turns the side round once more.
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(rect, int(flags) | int(_WRAPPED), widget.text())


def _is_rtl(widget: QWidget) -> bool:
    return widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
