"""A chart as a picture for a letter or a presentation: with its title and what its parts mean."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from cpdesk.ui import theme
from cpdesk.ui.charts.chart import Chart
from cpdesk.ui.charts.legend import legend_width, paint_legend_entry
from cpdesk.ui.charts.plot import at_start
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole

_SHARP = 2.0
"""Pixels of the picture for one of the screen: it is often enlarged."""


def picture_of(chart: Chart, title: str) -> QImage:
    """The chart in its present size and colours."""
    heading = theme.current().fonts.font(TextRole.SECTION)
    margin = spacing.L
    head = theme.current().fonts.scaled(24) * 2 + spacing.S
    size = QSize(chart.width() + 2 * margin, chart.height() + head + 2 * margin)
    image = QImage(size * _SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SHARP)
    image.fill(QColor(theme.current().tokens.surface))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(heading)
    painter.setPen(QColor(theme.current().tokens.ink))
    rtl = chart.layoutDirection() == Qt.LayoutDirection.RightToLeft
    line = QRectF(margin, margin, chart.width(), theme.current().fonts.scaled(24))
    painter.drawText(line, at_start(rtl=rtl), title)
    _paint_legend(painter, line.translated(0, line.height()), chart, rtl=rtl)
    chart.paint(painter, QRectF(margin, margin + head, chart.width(), chart.height()))
    painter.end()
    return image


def _paint_legend(painter: QPainter, line: QRectF, chart: Chart, *, rtl: bool) -> None:
    left = line.left()
    for entry in chart.legend():
        width = legend_width(entry)
        place = QRectF(line.right() - (left - line.left()) - width if rtl else left, line.top(), width, line.height())
        paint_legend_entry(painter, place, entry, rtl=rtl)
        left += width + spacing.M
