"""Seats against assigned at the end of each month."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_month, format_number, format_short_month
from cpdesk.base.i18n import _
from cpdesk.domain.report_rows import TrendRow
from cpdesk.ui import theme
from cpdesk.ui.charts.axes import ValueAxis, label_width
from cpdesk.ui.charts.chart import Chart
from cpdesk.ui.charts.marks import LegendEntry, Swatch, line_pen
from cpdesk.ui.charts.plot import Plot
from cpdesk.ui.charts.reading import Reading, Value
from cpdesk.ui.charts.scales import Stretch, TimeLabel, month_labels, nice_steps
from cpdesk.ui.pages.reports.columns import trend_columns
from cpdesk.ui.pages.reports.words import trend_summary
from cpdesk.ui.widgets.columns import Column

_STEPS = 4


class TrendChart(Chart):
    """A step for each month, of seats and of those that are assigned; the modes of many accounts are not told."""

    def __init__(self, *, with_accounts: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._with_accounts = with_accounts
        self._rows: tuple[TrendRow, ...] = ()
        self._on_figures_changed()

    def set_rows(self, rows: Sequence[TrendRow]) -> None:
        """Show these months, oldest first."""
        self._rows = tuple(rows)
        self.figures_changed.emit()

    def legend(self) -> Sequence[LegendEntry]:
        return LegendEntry(Swatch.SEATS, _("Seats")), LegendEntry(Swatch.ASSIGNED, _("Assigned"))

    def gist(self) -> str:
        return trend_summary(self._rows)

    def columns(self) -> Sequence[Column[TrendRow]]:
        return trend_columns(with_accounts=self._with_accounts)

    def rows(self) -> Sequence[TrendRow]:
        return self._rows

    def _count(self) -> int:
        return len(self._rows)

    def _extent(self, place: int) -> tuple[float, float]:
        return place / self._count(), (place + 1) / self._count()

    def _nearest(self, share: float) -> int:
        return min(int(share * self._count()), self._count() - 1)

    def _reading(self, place: int) -> Reading:
        row = self._rows[place]
        values = [
            Value(Swatch.SEATS, _("Seats"), format_number(row.seats)),
            Value(Swatch.ASSIGNED, _("Assigned"), format_number(row.assigned)),
            Value(None, _("Available"), format_number(row.available)),
        ]
        if self._with_accounts:
            values.append(Value(None, _("Accounts with seats"), format_number(row.accounts)))
        title = _("End of {month}") if row.complete else _("{month}, so far")
        return Reading(title.format(month=format_month(row.month)), tuple(values))

    def _axis(self) -> ValueAxis:
        steps = nice_steps(Decimal(max(max(row.seats, row.assigned) for row in self._rows)), _STEPS)
        return ValueAxis(steps, [format_number(int(step)) for step in steps])

    def _modes(self) -> Sequence[Stretch]:
        return ()

    def _time_labels(self, plot: Plot) -> Sequence[TimeLabel]:
        places = [(row.month, sum(self._extent(place)) / 2) for place, row in enumerate(self._rows)]
        room = label_width([*(format_short_month(row.month) for row in self._rows), "0000"])
        return month_labels(places, int(plot.area.width() // room))

    def _paint_figures(self, painter: QPainter, plot: Plot) -> None:
        seats = self._corners(plot, lambda row: row.seats)
        ends = [QPointF(seats[-1].x(), plot.area.bottom()), QPointF(seats[0].x(), plot.area.bottom())]
        painter.setPen(QColor(theme.current().tokens.accent_tint))
        painter.setBrush(QColor(theme.current().tokens.accent_tint))
        painter.drawPolygon(QPolygonF([*seats, *ends]))
        painter.setPen(line_pen(Swatch.SEATS))
        painter.drawPolyline(seats)
        painter.setPen(line_pen(Swatch.ASSIGNED))
        painter.drawPolyline(self._corners(plot, lambda row: row.assigned))

    def _corners(self, plot: Plot, value: Callable[[TrendRow], int]) -> list[QPointF]:
        shares = ((share, value(row)) for place, row in enumerate(self._rows) for share in self._extent(place))
        return [QPointF(plot.x(share), plot.y(height)) for share, height in shares]

    def _empty_text(self) -> str:
        return _("No seats yet. They are shown here from the first one on.")
