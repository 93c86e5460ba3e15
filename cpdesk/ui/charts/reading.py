"""The values of one point, in a box beside it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from cpdesk.base.apart import beside
from cpdesk.ui import theme
from cpdesk.ui.charts.marks import Swatch, paint_swatch
from cpdesk.ui.charts.plot import at_end, at_start
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.bidi import isolated

_GAP = spacing.M
_SWATCH = 26


@dataclass(frozen=True, slots=True)
class Value:
    """One value with what it is."""

    swatch: Swatch | None
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to say about a point."""

    title: str
    values: tuple[Value, ...]

    def sentence(self) -> str:
        """The same for ears."""
        return beside(self.title, *(beside(one.label, one.text, between=": ") for one in self.values), between="; ")


@dataclass(frozen=True, slots=True)
class _Measures:
    title: QFont
    text: QFont
    swatch: int
    line: float
    size: QSizeF


def paint_reading(painter: QPainter, within: QRectF, beside: float, reading: Reading, *, rtl: bool) -> None:
    """Paint a reading at a place of the time axis: after it if there is room, before it if not."""
    measures = _measured(reading)
    box = _box(within, beside, measures.size, rtl=rtl)
    looks = theme.current()
    painter.setPen(QPen(QColor(looks.tokens.outline), 1))
    painter.setBrush(QColor(looks.tokens.surface))
    painter.drawRoundedRect(box, spacing.RADIUS - 2, spacing.RADIUS - 2)
    inside = box.adjusted(_GAP * 0.75, spacing.S, -_GAP * 0.75, -spacing.S)
    line = QRectF(inside.topLeft(), QSizeF(inside.width(), measures.line))
    painter.setFont(measures.title)
    painter.setPen(QColor(looks.tokens.ink))
    painter.drawText(line, at_start(rtl=rtl), isolated(reading.title, rtl=rtl))
    painter.setFont(measures.text)
    for value in reading.values:
        line = line.translated(0, measures.line)
        _paint_value(painter, line, value, measures, rtl=rtl)


def _paint_value(painter: QPainter, line: QRectF, value: Value, measures: _Measures, *, rtl: bool) -> None:
    looks = theme.current()
    if value.swatch is not None:
        sample = QSizeF(measures.swatch, measures.line * 0.45)
        left = line.right() - sample.width() if rtl else line.left()
        paint_swatch(painter, QRectF(QPointF(left, line.center().y() - sample.height() / 2), sample), value.swatch)
    taken = measures.swatch + spacing.S
    label = line.adjusted(0, 0, -taken, 0) if rtl else line.adjusted(taken, 0, 0, 0)
    painter.setPen(QColor(looks.tokens.soft))
    painter.drawText(label, at_start(rtl=rtl), isolated(value.label, rtl=rtl))
    painter.setPen(QColor(looks.tokens.ink))
    painter.drawText(line, at_end(rtl=rtl), isolated(value.text, rtl=rtl))


def _measured(reading: Reading) -> _Measures:
    fonts = theme.current().fonts
    title, text = fonts.font(TextRole.STRONG), fonts.font(TextRole.CAPTION, tabular=True)
    bold, plain = QFontMetricsF(title), QFontMetricsF(text)
    swatch = fonts.scaled(_SWATCH)
    widths = [plain.horizontalAdvance(value.label) + plain.horizontalAdvance(value.text) for value in reading.values]
    wide = max([bold.horizontalAdvance(reading.title), *(width + swatch + spacing.S + _GAP for width in widths)])
    line = max(bold.height(), plain.height()) + 2
    size = QSizeF(wide + 1.5 * _GAP + 2, line * (len(reading.values) + 1) + 2 * spacing.S)
    return _Measures(title, text, swatch, line, size)


def _box(within: QRectF, beside: float, size: QSizeF, *, rtl: bool) -> QRectF:
    after, before = beside + spacing.M, beside - spacing.M - size.width()
    wanted, other = (before, after) if rtl else (after, before)
    left = wanted if within.left() <= wanted <= within.right() - size.width() else other
    left = max(within.left() + 1, min(left, within.right() - size.width() - 1))
    return QRectF(QPointF(left, within.top() + spacing.XS), size)
