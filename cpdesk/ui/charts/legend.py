"""What the parts of a chart mean."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cpdesk.ui import theme
from cpdesk.ui.charts.marks import LegendEntry, paint_swatch
from cpdesk.ui.charts.plot import at_start
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.bidi import isolated
from cpdesk.ui.widgets.layout import clear, hbox

_SWATCH = 30
_SAMPLE = 12


def legend_width(entry: LegendEntry) -> int:
    """The room that an entry takes."""
    fonts = theme.current().fonts
    words = QFontMetrics(fonts.font(TextRole.CAPTION)).horizontalAdvance(entry.text)
    return fonts.scaled(_SWATCH) + spacing.S + words + 2


def paint_legend_entry(painter: QPainter, place: QRectF, entry: LegendEntry, *, rtl: bool) -> None:
    """Paint a sample with its word after it."""
    looks = theme.current()
    width, height = looks.fonts.scaled(_SWATCH), looks.fonts.scaled(_SAMPLE)
    left = place.right() - width if rtl else place.left()
    paint_swatch(painter, QRectF(left, place.center().y() - height / 2, width, height), entry.swatch)
    taken = width + spacing.S
    words = place.adjusted(0, 0, -taken, 0) if rtl else place.adjusted(taken, 0, 0, 0)
    painter.setFont(looks.fonts.font(TextRole.CAPTION))
    painter.setPen(QColor(looks.tokens.soft))
    painter.drawText(words, at_start(rtl=rtl), isolated(entry.text, rtl=rtl))


class LegendItem(QWidget):
    """One entry as a widget; a screen reader has it from the chart itself."""

    def __init__(self, entry: LegendEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = entry
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(legend_width(self._entry), theme.current().fonts.scaled(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        paint_legend_entry(QPainter(self), QRectF(self.rect()), self._entry, rtl=rtl)


class Legend(QWidget):
    """Entries side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = hbox(space=spacing.M)
        self.setLayout(self._row)

    def set_entries(self, entries: Sequence[LegendEntry]) -> None:
        """Show these."""
        clear(self._row)
        for entry in entries:
            self._row.addWidget(LegendItem(entry))
        self._row.addStretch(1)
