"""What stands around the figures of a chart: the values, the times, and which mode it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from cpdesk.ui import theme
from cpdesk.ui.charts.marks import paint_mode_mark
from cpdesk.ui.charts.plot import Plot, at_end
from cpdesk.ui.charts.scales import Stretch, TimeLabel
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.bidi import isolated
from cpdesk.ui.widgets.chips import mode_name

_BAND = 22
_MARK = 9


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """The values that lines are drawn at, from 0 upwards, and how they are written."""

    steps: Sequence[Decimal]
    texts: Sequence[str]

    def width(self) -> float:
        """What the longest text takes."""
        metrics = QFontMetricsF(theme.current().fonts.font(TextRole.CAPTION, tabular=True))
        return max((metrics.horizontalAdvance(text) for text in self.texts), default=0) + spacing.S + 1


def plot_within(whole: QRectF, axis: ValueAxis, *, band: bool, rtl: bool) -> Plot:
    """The room for the figures, less what stands around them."""
    fonts = theme.current().fonts
    line = QFontMetricsF(fonts.font(TextRole.CAPTION)).height()
    values = axis.width()
    left, right = (spacing.XS, values) if rtl else (values, spacing.XS)
    above = fonts.scaled(_BAND) + spacing.S if band else line / 2 + spacing.XS
    return Plot(whole.adjusted(left, above, -right, -2 * line - spacing.S), axis.steps[-1], rtl)


def paint_values(painter: QPainter, plot: Plot, axis: ValueAxis) -> None:
    """Hairlines with their values before them."""
    looks = theme.current()
    painter.setFont(looks.fonts.font(TextRole.CAPTION, tabular=True))
    height, width = painter.fontMetrics().height(), axis.width()
    for step, text in zip(axis.steps, axis.texts, strict=True):
        y = round(plot.y(step)) + 0.5
        painter.setPen(QPen(QColor(looks.tokens.line), 1))
        painter.drawLine(QLineF(plot.area.left(), y, plot.area.right(), y))
        left = plot.area.right() + spacing.S if plot.rtl else plot.area.left() - width
        painter.setPen(QColor(looks.tokens.soft))
        place = QRectF(left, y - height / 2, width - spacing.S, height)
        painter.drawText(place, at_end(rtl=plot.rtl), isolated(text, rtl=plot.rtl))


def label_width(texts: Sequence[str]) -> float:
    """The room that a label of the time axis takes."""
    metrics = QFontMetricsF(theme.current().fonts.font(TextRole.CAPTION))
    return max((metrics.horizontalAdvance(text) for text in texts), default=0) + spacing.S


def paint_times(painter: QPainter, plot: Plot, labels: Sequence[TimeLabel]) -> None:
    """Names under their places, with the year under the first and under each that begins one."""
    looks = theme.current()
    painter.setFont(looks.fonts.font(TextRole.CAPTION))
    painter.setPen(QColor(looks.tokens.soft))
    line = painter.fontMetrics().height()
    for label in labels:
        width = label_width([label.text, label.year])
        place = QRectF(plot.x(label.share) - width / 2, plot.area.bottom() + spacing.XS, width, line)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, label.text)
        painter.drawText(place.translated(0, line), Qt.AlignmentFlag.AlignCenter, label.year)


def paint_modes(painter: QPainter, plot: Plot, found: Sequence[Stretch]) -> None:
    """A band over the figures that names the mode of each stretch, and a line down where it changed."""
    looks = theme.current()
    height = looks.fonts.scaled(_BAND)
    for stretch in found:
        ground = plot.between(stretch.start, stretch.end)
        band = QRectF(ground.left(), ground.top() - height - spacing.S, ground.width(), height)
        _paint_stretch(painter, band.adjusted(1, 0, -1, 0), stretch, rtl=plot.rtl)
        if stretch.start > 0:
            _paint_switch(painter, QLineF(plot.x(stretch.start), band.top(), plot.x(stretch.start), plot.area.bottom()))


def _paint_switch(painter: QPainter, line: QLineF) -> None:
    """A broken line, edged so that it shows on any colour."""
    looks = theme.current()
    painter.setPen(QPen(QColor(looks.tokens.surface), 4))
    painter.drawLine(line)
    painter.setPen(QPen(QColor(looks.tokens.ink), 1.4, Qt.PenStyle.DashLine))
    painter.drawLine(line)


def _paint_stretch(painter: QPainter, band: QRectF, stretch: Stretch, *, rtl: bool) -> None:
    """The tint and mark of the mode, with its name where that has room."""
    looks = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(looks.colour(f"{stretch.mode}_tint")))
    painter.drawRoundedRect(band, 4, 4)
    painter.setFont(looks.fonts.font(TextRole.CHIP))
    text, mark = mode_name(stretch.mode), looks.fonts.scaled(_MARK)
    width = painter.fontMetrics().horizontalAdvance(text)
    fits = width + mark + 3 * spacing.S <= band.width()
    taken = mark + (spacing.S + width if fits else 0)
    left = band.center().x() - taken / 2
    middle = left + (taken - mark / 2 if rtl else mark / 2)
    if band.width() > mark + 2:
        paint_mode_mark(painter, QPointF(middle, band.center().y()), mark, stretch.mode)
    if fits:
        start = left if rtl else left + mark + spacing.S
        place = QRectF(start, band.top(), width + 2, band.height())
        painter.setPen(QColor(looks.colour(stretch.mode)))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
