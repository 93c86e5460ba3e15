"""Chips: a word on a tint, with a mark whose shape says the same as the colour."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.accounts import Status
from cpdesk.domain.modes import Mode
from cpdesk.ui import theme
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.bidi import isolated

_PAD = 10
_GAP = 5
_MARK = 9
_HEIGHT = 24


class Mark(StrEnum):
    """The shape before the word."""

    NONE = "none"
    ROUND = "round"
    SQUARE = "square"
    CLOCK = "clock"
    PAUSE = "pause"
    CROSS = "cross"


class Tone(StrEnum):
    """The pair of tokens a chip is painted with."""

    USAGE = "usage"
    PURCHASE = "purchase"
    PENDING = "pending"
    ACCENT = "accent"
    DANGER = "danger"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class ChipLook:
    """What a chip shows."""

    text: str
    tone: Tone
    mark: Mark = Mark.NONE


def mode_name(mode: Mode) -> str:
    """The name of a billing mode in the language in use."""
    return _("Usage Mode") if mode is Mode.USAGE else _("Purchase Mode")


def mode_look(mode: Mode) -> ChipLook:
    """The chip of a billing mode: a round mark for usage, a square one for purchase."""
    if mode is Mode.USAGE:
        return ChipLook(mode_name(mode), Tone.USAGE, Mark.ROUND)
    return ChipLook(mode_name(mode), Tone.PURCHASE, Mark.SQUARE)


def pending_look(text: str) -> ChipLook:
    """The chip of something that is waiting for its date."""
    return ChipLook(text, Tone.PENDING, Mark.CLOCK)


def status_name(status: Status) -> str:
    """Whether an account is open or not, in the language in use."""
    names = {Status.ACTIVE: _("Active"), Status.SUSPENDED: _("Suspended"), Status.CLOSED: _("Closed")}
    return names[status]


def status_look(status: Status) -> ChipLook | None:
    """The chip of an account that is suspended or closed; an open one needs none."""
    if status is Status.ACTIVE:
        return None
    if status is Status.SUSPENDED:
        return ChipLook(status_name(status), Tone.PENDING, Mark.PAUSE)
    return ChipLook(status_name(status), Tone.SOFT, Mark.CROSS)


def chip_size(look: ChipLook) -> QSize:
    """How large a chip is painted at the present text size."""
    fonts = theme.current().fonts
    words = QFontMetrics(fonts.font(TextRole.CHIP)).horizontalAdvance(look.text)
    mark = 0 if look.mark is Mark.NONE else fonts.scaled(_MARK + _GAP)
    return QSize(words + mark + 2 * fonts.scaled(_PAD), fonts.scaled(_HEIGHT))


def paint_chip(painter: QPainter, rect: QRect, look: ChipLook, *, rtl: bool = False, selected: bool = False) -> None:
    """Paint a chip that fills `rect`; its text gives way if the rectangle is too narrow.

    selected: it stands on the tint of the accent, on which another ground than that has to be seen.
    """
    looks = theme.current()
    fonts, ink = looks.fonts, QColor(looks.colour(look.tone))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    ground = "surface" if selected and look.tone is Tone.ACCENT else f"{look.tone}_tint"
    painter.setBrush(QColor(looks.colour(ground)))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    pad = fonts.scaled(_PAD)
    inside = rect.adjusted(pad, 0, -pad, 0)
    if look.mark is not Mark.NONE:
        side = fonts.scaled(_MARK)
        left = inside.right() + 1 - side if rtl else inside.left()
        _MARKS[look.mark](painter, QRectF(left, inside.center().y() + 1 - side / 2, side, side), ink)
        taken = fonts.scaled(_MARK + _GAP)
        inside.adjust(0 if rtl else taken, 0, -taken if rtl else 0, 0)
    painter.setFont(fonts.font(TextRole.CHIP))
    painter.setPen(ink)
    metrics = painter.fontMetrics()
    text = metrics.elidedText(look.text, Qt.TextElideMode.ElideRight, inside.width() + 1)
    painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, isolated(text, rtl=rtl))
    painter.restore()


class Chip(QLabel):
    """A chip as a widget; a screen reader says its word."""

    def __init__(self, look: ChipLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._look = look
        self.set_look(look)

    def set_look(self, look: ChipLook) -> None:
        """Show something else."""
        self._look = look
        self.setText(look.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self._look)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 4 * _HEIGHT), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        height = self.sizeHint().height()
        rect = QRect(0, (self.height() - height) // 2, self.width(), height)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        paint_chip(QPainter(self), rect, self._look, rtl=rtl)


class ModeChip(Chip):
    """The billing mode of an account."""

    def __init__(self, mode: Mode, parent: QWidget | None = None) -> None:
        super().__init__(mode_look(mode), parent)

    def set_mode(self, mode: Mode) -> None:
        """Show a mode, in the language in use."""
        self.set_look(mode_look(mode))


class PendingChip(Chip):
    """Something that is waiting for its date."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(pending_look(text), parent)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self.set_look(pending_look(text))


def _paint_round(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setBrush(ink)
    painter.drawEllipse(box)


def _paint_square(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setBrush(ink)
    painter.drawRoundedRect(box, 1, 1)


def _paint_clock(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, box.width() / 7))
    painter.drawEllipse(box)
    middle, hand = box.center(), box.width() / 2
    painter.drawLine(middle, middle - QPointF(0, hand * 0.6))
    painter.drawLine(middle, middle + QPointF(hand * 0.45, 0))


def _paint_pause(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(QPen(ink, box.width() / 4))
    for share in (0.3, 0.75):
        across = box.left() + box.width() * share
        painter.drawLine(QPointF(across, box.top() + 1), QPointF(across, box.bottom() - 1))


def _paint_cross(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(QPen(ink, box.width() / 6))
    inside = box.adjusted(1, 1, -1, -1)
    painter.drawLine(inside.topLeft(), inside.bottomRight())
    painter.drawLine(inside.topRight(), inside.bottomLeft())


_MARKS: dict[Mark, Callable[[QPainter, QRectF, QColor], None]] = {
    Mark.ROUND: _paint_round,
    Mark.SQUARE: _paint_square,
    Mark.CLOCK: _paint_clock,
    Mark.PAUSE: _paint_pause,
    Mark.CROSS: _paint_cross,
}
