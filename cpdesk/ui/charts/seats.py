"""Seats against assigned over time."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import (
    format_date,
    format_day_of_month,
    format_number,
    format_short_date,
    format_short_month,
)
from cpdesk.base.i18n import _
from cpdesk.domain.switching import first_of_next_month
from cpdesk.ui.charts.axes import ValueAxis, label_width
from cpdesk.ui.charts.chart import Chart
from cpdesk.ui.charts.figures import SeatFigures, SeatPoint
from cpdesk.ui.charts.marks import LegendEntry, Swatch, line_pen, paint_ground
from cpdesk.ui.charts.plot import Plot
from cpdesk.ui.charts.reading import Reading, Value
from cpdesk.ui.charts.scales import Stretch, TimeLabel, day_labels, month_labels, months_between, nice_steps, stretches
from cpdesk.ui.widgets.chips import mode_look, mode_name
from cpdesk.ui.widgets.columns import Column, number_column

_STEPS = 4
_FEW_MONTHS = 2
"""So few months are divided into weeks."""
_NONE = SeatFigures(date.min)


@dataclass(frozen=True, slots=True)
class _Step:
    """A point with how long it lasted."""

    point: SeatPoint
    last: date
    """Inclusive."""


class SeatChart(Chart):
    """Steps of seats and of assigned seats, with the mode of each stretch and the switches marked."""

    def __init__(self, figures: SeatFigures | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[_Step, ...] = ()
        self._extents: tuple[tuple[float, float], ...] = ()
        """Where each point begins and ends on the axis."""
        self._figures = _NONE
        self._take(figures or _NONE)
        self._on_figures_changed()

    def set_figures(self, figures: SeatFigures) -> None:
        """Show these days."""
        self._take(figures)
        self.figures_changed.emit()

    def legend(self) -> Sequence[LegendEntry]:
        return LegendEntry(Swatch.SEATS, _("Seats")), LegendEntry(Swatch.ASSIGNED, _("Assigned"))

    def gist(self) -> str:
        points = self._figures.points
        first, last = points[0], points[-1]
        text = _("{first} to {last}. Seats: {before} at first, {after} at last, {most} at most.")
        told = text.format(
            first=format_date(first.day),
            last=format_date(self._figures.through),
            before=format_number(first.seats),
            after=format_number(last.seats),
            most=format_number(max(point.seats for point in points)),
        )
        assigned = _("Assigned: {before} at first, {after} at last, {most} at most.").format(
            before=format_number(first.assigned),
            after=format_number(last.assigned),
            most=format_number(max(point.assigned for point in points)),
        )
        switched = [
            _("{mode} from {day}.").format(mode=mode_name(switch.to), day=format_date(switch.day))
            for switch in self._figures.switches
        ]
        return " ".join([told, assigned, *switched])

    def columns(self) -> Sequence[Column[_Step]]:
        return _COLUMNS

    def rows(self) -> Sequence[_Step]:
        return self._steps

    def _take(self, figures: SeatFigures) -> None:
        self._figures = figures
        points = figures.points
        ends = [*(point.day - timedelta(days=1) for point in points[1:]), figures.through]
        self._steps = tuple(_Step(point, last) for point, last in zip(points, ends, strict=False))
        starts = [self._share(point.day) for point in points]
        self._extents = tuple(zip(starts, [*starts[1:], 1.0], strict=False))

    def _count(self) -> int:
        return len(self._steps)

    def _share(self, day: date) -> float:
        """Where a day begins on the axis."""
        first = self._steps[0].point.day
        return (day - first).days / max((self._figures.through - first).days + 1, 1)

    def _extent(self, place: int) -> tuple[float, float]:
        return self._extents[place]

    def _nearest(self, share: float) -> int:
        return max(bisect_right(self._extents, share, key=itemgetter(0)) - 1, 0)

    def _reading(self, place: int) -> Reading:
        point = self._steps[place].point
        values = [
            Value(Swatch.SEATS, _("Seats"), format_number(point.seats)),
            Value(Swatch.ASSIGNED, _("Assigned"), format_number(point.assigned)),
            Value(None, _("Available"), format_number(point.seats - point.assigned)),
            Value(Swatch(point.mode), _("Billing mode"), mode_name(point.mode)),
        ]
        return Reading(_span(self._steps[place]), tuple(values))

    def _axis(self) -> ValueAxis:
        steps = nice_steps(Decimal(max(max(point.seats, point.assigned) for point in self._figures.points)), _STEPS)
        return ValueAxis(steps, [format_number(int(step)) for step in steps])

    def _modes(self) -> Sequence[Stretch]:
        switches = [(self._share(switch.day), switch) for switch in self._figures.switches]
        return stretches(self._figures.points[0].mode, [each for each in switches if each[0] > 0])

    def _time_labels(self, plot: Plot) -> Sequence[TimeLabel]:
        first, through = self._steps[0].point.day, self._figures.through
        months = months_between(first, through)
        if len(months) <= _FEW_MONTHS:
            room = label_width([format_day_of_month(date(2000, 12, 28)), "0000"])
            return day_labels(first, through, int(plot.area.width() // room))
        room = label_width([*(format_short_month(month) for month in months), "0000"])
        return month_labels([(month, self._middle(month)) for month in months], int(plot.area.width() // room))

    def _middle(self, month: date) -> float:
        """The middle of what is shown of a month."""
        first, end = self._steps[0].point.day, self._figures.through + timedelta(days=1)
        return (self._share(max(month, first)) + self._share(min(first_of_next_month(month), end))) / 2

    def _paint_figures(self, painter: QPainter, plot: Plot) -> None:
        places = range(self._count())
        for mode, run in groupby(places, key=lambda place: self._steps[place].point.mode):
            paint_ground(painter, self._ground(plot, list(run)), mode)
        self._paint_line(painter, plot, Swatch.SEATS, lambda point: point.seats)
        self._paint_line(painter, plot, Swatch.ASSIGNED, lambda point: point.assigned)

    def _ground(self, plot: Plot, run: Sequence[int]) -> QPainterPath:
        """All that lies under the seats of successive points."""
        corners = self._corners(plot, run, lambda point: point.seats)
        ends = [QPointF(corners[-1].x(), plot.area.bottom()), QPointF(corners[0].x(), plot.area.bottom())]
        path = QPainterPath()
        path.addPolygon([*corners, *ends])
        return path

    def _corners(self, plot: Plot, run: Iterable[int], value: Callable[[SeatPoint], int]) -> list[QPointF]:
        found = []
        for place in run:
            y = plot.y(value(self._steps[place].point))
            found += [QPointF(plot.x(share), y) for share in self._extents[place]]
        return found

    def _paint_line(self, painter: QPainter, plot: Plot, swatch: Swatch, value: Callable[[SeatPoint], int]) -> None:
        painter.setPen(line_pen(swatch))
        painter.drawPolyline(self._corners(plot, range(self._count()), value))

    def _empty_text(self) -> str:
        return _("No seats yet. They are shown here from the first one on.")


def _span(step: _Step) -> str:
    first, last = step.point.day, step.last
    if first == last:
        return format_short_date(first)
    return f"{format_short_date(first)} \u2013 {format_short_date(last)}"


_COLUMNS: tuple[Column[_Step], ...] = (
    Column("days", lambda: _("Days"), lambda step: step.point.day, _span, stretch=1, min_width=200),
    number_column("seats", lambda: _("Seats"), lambda step: step.point.seats),
    number_column("assigned", lambda: _("Assigned"), lambda step: step.point.assigned),
    number_column("available", lambda: _("Available"), lambda step: step.point.seats - step.point.assigned),
    Column(
        "mode",
        lambda: _("Billing mode"),
        lambda step: step.point.mode.value,
        lambda step: mode_name(step.point.mode),
        chip=lambda step: mode_look(step.point.mode),
        min_width=140,
    ),
)
