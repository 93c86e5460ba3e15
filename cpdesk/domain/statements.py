"""What an account pays for a month: the product's rules 10 to 13, as plain functions.

The billable quantity of a local calendar day is the number of seats at its end, in either mode. A line is a run of
such days with the same mode, quantity and unit price.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from cpdesk.domain.modes import Mode


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
class Stretch:
    """Successive days of one month on which a product was the same at the end of each."""

    first: date
    last: date
    """Inclusive; both account-local."""
    mode: Mode
    seats: int
    unit_price: Decimal | None
    """As on a `BillableDay`."""


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
    return [first + timedelta(days=number) for number in range(last_of_month(day).day)]


def last_of_month(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def statement_lines(
    product_id: int, days: Sequence[BillableDay], proration: Proration, minor_digits: int
) -> list[StatementLine]:
    """The lines of one product for successive days of one month: all of it, or those that are over so far.

    `minor_digits`: decimals of the currency, 2 for most, 0 for the yen. Days without seats make no line.
    """
    stretches = [Stretch(day.day, day.day, day.mode, day.seats, day.unit_price) for day in days]
    return lines_of(product_id, stretches, proration, minor_digits)


def lines_of(
    product_id: int, stretches: Iterable[Stretch], proration: Proration, minor_digits: int
) -> list[StatementLine]:
    """The same for stretches of days that leave none out, which may be alike."""
    if proration is Proration.NONE:
        most = max(stretches, key=lambda stretch: stretch.seats, default=None)
        return [_whole_month(product_id, most, minor_digits)] if most and most.seats else []
    runs = (list(run) for _same, run in groupby(stretches, key=_charge))
    return [_line(product_id, run, minor_digits) for run in runs if run[0].seats]


def total(lines: Iterable[StatementLine]) -> Total:
    """Add up lines."""
    amounts = [line.amount for line in lines]
    return Total(sum((amount for amount in amounts if amount is not None), Decimal()), amounts.count(None))


def prorated(seats: int, unit_price: Decimal, days: int, days_in_month: int, minor_digits: int) -> Decimal:
    """`seats x unit price x days / days in the month`, exact until it is rounded half up, once. No negative price."""
    above, below = unit_price.as_integer_ratio()
    above, below = above * seats * days * 10**minor_digits, below * days_in_month
    return Decimal((2 * above + below) // (2 * below)).scaleb(-minor_digits)


def _charge(stretch: Stretch) -> tuple[Mode, int, Decimal | None]:
    return stretch.mode, stretch.seats, stretch.unit_price


def _line(product_id: int, run: Sequence[Stretch], minor_digits: int) -> StatementLine:
    return _charged(product_id, run[0], run[0].first, run[-1].last, minor_digits)


def _whole_month(product_id: int, most: Stretch, minor_digits: int) -> StatementLine:
    return _charged(product_id, most, most.first.replace(day=1), last_of_month(most.first), minor_digits)


def _charged(product_id: int, like: Stretch, first: date, last: date, minor_digits: int) -> StatementLine:
    days, all_days = (last - first).days + 1, last_of_month(first).day
    price = like.unit_price
    amount = None if price is None else prorated(like.seats, price, days, all_days, minor_digits)
    return StatementLine(product_id, like.mode, first, last, like.seats, days, all_days, price, amount)
