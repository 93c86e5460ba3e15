"""Where things stand on the axes of a chart: plain functions, no drawing."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cpdesk.base.formats import format_day_of_month, format_short_month
from cpdesk.domain.modes import Mode
from cpdesk.domain.switching import first_of_next_month
from cpdesk.ui.charts.figures import ChartSwitch

_ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_EVERY = (1, 2, 3, 4, 6, 12, 24)
"""Months that may lie between two labels, so that the same months are named each year."""
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of the time axis, 0 to 1, in one mode."""

    start: float
    end: float
    mode: Mode


@dataclass(frozen=True, slots=True)
class TimeLabel:
    """What stands under a place of the time axis."""

    share: float
    text: str
    year: str
    """Under the text; "" where it is that of the label before."""


def nice_steps(most: Decimal, wanted: int, smallest: Decimal = Decimal(1)) -> tuple[Decimal, ...]:
    """Round values from 0 up to `most` or a little more: about `wanted` of them above 0, `smallest` apart or more."""
    rough = max(most / max(wanted, 1), smallest)
    power = Decimal(10) ** (rough.adjusted())
    step = next(size for number in _ROUND if _is_multiple(size := number * power, smallest) and size >= rough)
    count = max(math.ceil(most / step), 1)
    return tuple(step * number for number in range(count + 1))


def months_between(first: date, through: date) -> tuple[date, ...]:
    """The first days of all months from that of `first` to that of `through`."""
    months, month = [], first.replace(day=1)
    while month <= through:
        months.append(month)
        month = first_of_next_month(month)
    return tuple(months)


def month_labels(places: Sequence[tuple[date, float]], fitting: int) -> tuple[TimeLabel, ...]:
    """Names under months (first day, share of the axis), no more than `fitting`; the year where it begins."""
    every = next((step for step in _EVERY if len(places) <= step * max(fitting, 1)), _EVERY[-1])
    # Counted from January where that leaves any: the eye looks for it.
    named = [place for place in places if (place[0].month - 1) % every == 0] or list(places[:1])
    return _labelled((day, share, format_short_month(day)) for day, share in named)


def day_labels(first: date, through: date, fitting: int) -> tuple[TimeLabel, ...]:
    """Names under days a week apart, or more, for an axis of few weeks."""
    days = (through - first).days + 1
    apart = _WEEK * math.ceil(math.ceil(days / _WEEK) / max(fitting, 1))
    places = range(0, days, apart)
    found = ((first + timedelta(days=place), place) for place in places)
    return _labelled((day, (place + 0.5) / days, format_day_of_month(day)) for day, place in found)


def stretches(begins: Mode | None, switches: Iterable[tuple[float, ChartSwitch]]) -> tuple[Stretch, ...]:
    """The modes along the axis: `begins`, then what each switch (at its share of the axis) leads to."""
    found: list[Stretch] = []
    start, mode = 0.0, begins
    for share, switch in switches:
        mode = mode or switch.to.other
        if start < share <= 1:
            found.append(Stretch(start, share, mode))
            start = share
        mode = switch.to
    if mode is not None and start < 1:
        found.append(Stretch(start, 1.0, mode))
    return tuple(found)


def _labelled(places: Iterable[tuple[date, float, str]]) -> tuple[TimeLabel, ...]:
    labels: list[TimeLabel] = []
    year = 0
    for day, share, text in places:
        labels.append(TimeLabel(share, text, str(day.year) if day.year != year else ""))
        year = day.year
    return tuple(labels)


def _is_multiple(size: Decimal, smallest: Decimal) -> bool:
    return size % smallest == 0
