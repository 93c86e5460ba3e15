"""What an account pays for a month: the product's rules 10 to 13, as plain functions.

The billable quantity of a local calendar day is the number of seats at its end, in either mode. A line is a run of
such days with the same mode, quantity and unit price.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import TypeVar
from zoneinfo import ZoneInfo

from cpdesk.domain.modes import Mode
from cpdesk.domain.switching import first_instant, first_of_next_month

T = TypeVar("T")


class Proration(StrEnum):
    """How a month is charged in which the number of seats changes."""

    DAILY = "daily"
    """Each day for what there was at its end."""
    NONE = "none"
    """The whole month for the most seats that any of its days ended with."""


@dataclass(frozen=True, slots=True)
class BillableDay:
    """One product of an account at the end of a local calendar day."""

    day: date
    mode: Mode
    seats: int
    unit_price: Decimal | None
    """For a seat and month, in the account's currency; None where there is no price."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """Days of one month that cost the same."""

    product_id: int
    mode: Mode
    first: date
    last: date
    """Inclusive; both account-local."""
    seats: int
    days: int
    days_in_month: int
    unit_price: Decimal | None
    amount: Decimal | None
    """Rounded half up to the currency's minor unit; None without a price."""


@dataclass(frozen=True, slots=True)
class Total:
    """What lines come to."""

    amount: Decimal
    """The sum of the lines that have a price."""
    unpriced: int
    """Lines without a price: they are missing in the amount, and not worth nothing."""


def days_of_month(day: date) -> list[date]:
    """All calendar days of the month of `day`."""
    first = day.replace(day=1)
    return [first + timedelta(days=number) for number in range((first_of_next_month(day) - first).days)]


def at_day_ends(days: Iterable[date], zone: ZoneInfo, opening: T, changes: Iterable[tuple[datetime, T]]) -> list[T]:
    """What held at the end of each of some successive days, in the calendar of `zone`.

    `opening` held before the first of `changes`, which say from which instant (aware, in order) something else does.
    What begins with the first instant of a day belongs to that day. A day that the zone skips ends as the one before.
    """
    coming = iter(changes)
    upcoming = next(coming, None)
    held, found = opening, []
    for day in days:
        end = first_instant(day + timedelta(days=1), zone)
        while upcoming is not None and upcoming[0] < end:
            held = upcoming[1]
            upcoming = next(coming, None)
        found.append(held)
    return found


def statement_lines(
    product_id: int, days: Sequence[BillableDay], proration: Proration, minor_digits: int
) -> list[StatementLine]:
    """The lines of one product for successive days of one month: all of it, or those that are over so far.

    `minor_digits`: decimals of the currency, 2 for most, 0 for the yen. Days without seats make no line.
    """
    if proration is Proration.NONE:
        most = max(days, key=lambda day: day.seats, default=None)
        return [_whole_month(product_id, most, minor_digits)] if most and most.seats else []
    runs = (list(run) for _same, run in groupby(days, key=lambda day: (day.mode, day.seats, day.unit_price)))
    return [_line(product_id, run, minor_digits) for run in runs if run[0].seats]


def total(lines: Iterable[StatementLine]) -> Total:
    """Add up lines."""
    amounts = [line.amount for line in lines]
    return Total(sum((amount for amount in amounts if amount is not None), Decimal()), amounts.count(None))


def prorated(seats: int, unit_price: Decimal, days: int, days_in_month: int, minor_digits: int) -> Decimal:
    """`seats x unit price x days / days in the month`, exact until it is rounded half up, once. No negative price."""
    exact = Fraction(unit_price) * seats * days / days_in_month
    return Decimal(math.floor(exact * 10**minor_digits + Fraction(1, 2))).scaleb(-minor_digits)


def _line(product_id: int, run: Sequence[BillableDay], minor_digits: int) -> StatementLine:
    return _charged(product_id, run[0], run[0].day, run[-1].day, minor_digits)


def _whole_month(product_id: int, most: BillableDay, minor_digits: int) -> StatementLine:
    days = days_of_month(most.day)
    return _charged(product_id, most, days[0], days[-1], minor_digits)


def _charged(product_id: int, like: BillableDay, first: date, last: date, minor_digits: int) -> StatementLine:
    days, all_days = (last - first).days + 1, len(days_of_month(first))
    price = like.unit_price
    amount = None if price is None else prorated(like.seats, price, days, all_days, minor_digits)
    return StatementLine(product_id, like.mode, first, last, like.seats, days, all_days, price, amount)
