"""Seats against assigned over time, day by day in the account's calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cpdesk.domain.histories import History, ProductHistory
from cpdesk.domain.modes import Mode


@dataclass(frozen=True, slots=True)
class SeatDay:
    """How things stood at the end of a day, and of those after it until the next that differs."""

    day: date
    """Account-local."""
    seats: int
    assigned: int
    mode: Mode


@dataclass(frozen=True, slots=True)
class ModeDay:
    """The first day that ended in another mode than the one before."""

    day: date
    """Account-local."""
    to: Mode


@dataclass(frozen=True, slots=True)
class SeatTimeline:
    """The seats that users can hold; what belongs to the tenant as a whole is left out."""

    through: date
    """The last day, inclusive: today, as things stand."""
    days: tuple[SeatDay, ...]
    """Oldest first; empty where there never was a seat."""
    switches: tuple[ModeDay, ...]


def seat_timeline(history: History, product_ids: Iterable[int], first: date, through: date) -> SeatTimeline:
    """What the account held of some products at the end of each day, both inclusive."""
    held = [history.products[number] for number in product_ids if number in history.products]
    count = (through - first).days + 1
    every = [_day(history, held, first + timedelta(days=number)) for number in range(count)]
    before = history.mode_before(history.day_end(first - timedelta(days=1)))
    switches = _switches(before, every)
    began = next((place for place, one in enumerate(every) if one.seats), len(every))
    return SeatTimeline(through, tuple(_changes(every[began:])), tuple(switches))


def _day(history: History, held: Sequence[ProductHistory], day: date) -> SeatDay:
    end = history.day_end(day)
    counts = [product.before(end) for product in held]
    seats, assigned = sum(seats for seats, _assigned in counts), sum(assigned for _seats, assigned in counts)
    return SeatDay(day, seats, assigned, history.mode_before(end))


def _changes(days: Iterable[SeatDay]) -> list[SeatDay]:
    found: list[SeatDay] = []
    for one in days:
        if not found or (one.seats, one.assigned, one.mode) != (found[-1].seats, found[-1].assigned, found[-1].mode):
            found.append(one)
    return found


def _switches(before: Mode, days: Iterable[SeatDay]) -> list[ModeDay]:
    found: list[ModeDay] = []
    for one in days:
        if one.mode is not before:
            found.append(ModeDay(one.day, one.mode))
            before = one.mode
    return found
