"""A slow statement that knows nothing but the rules: it counts days and seats one by one.

Nothing here is the program's: calendars are asked of Python's own `zoneinfo`, minute by minute.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


class Moved(NamedTuple):
    """Seats that came or left."""

    at: datetime
    product: str
    seats: int


class Priced(NamedTuple):
    """A row of a price list."""

    product: str
    since: date
    usage: Decimal | None
    purchase: Decimal | None
    entered: datetime


@dataclass(eq=False)
class PriceList:
    """A price schedule; it may get more rows."""

    currency: str
    rows: list[Priced] = field(default_factory=list)
    flat: list[tuple[date, bool]] = field(default_factory=list)
    """From when a month is charged whole for the most seats of any of its days (proration "none"), or daily again."""


@dataclass
class Life:
    """What happened to an account."""

    currency: str
    digits: int
    zones: list[tuple[date, str]]
    """From when which zone counts; the first is as old as the account."""
    moved: list[Moved] = field(default_factory=list)
    switched: list[tuple[datetime, str]] = field(default_factory=list)
    """When it came into which mode, "usage" or "purchase"."""
    own: list[tuple[date, PriceList | None]] = field(default_factory=list)
    """From when it has a price list of its own; None: the default one again."""
    default: list[tuple[date, PriceList]] = field(default_factory=list)


class Line(NamedTuple):
    """A line of a statement."""

    product: str
    mode: str
    first: date
    last: date
    seats: int
    price: Decimal | None
    amount: Decimal | None
    priced_at: datetime | None


class _Evening(NamedTuple):
    """One product at the end of a day."""

    product: str
    day: date
    mode: str
    seats: int
    price: Decimal | None
    priced_late: datetime | None
    """When the day got its price, if it was over then."""


def statement(life: Life, month: date, through: date | None = None) -> list[Line]:
    """The lines of a month by product and day; `through`: the last day that is counted, inclusive."""
    days = days_of(month)
    counted = [day for day in days if through is None or day <= through]
    lines = []
    for product in sorted({moved.product for moved in life.moved}):
        evenings = [_evening(life, product, day) for day in counted]
        if _is_flat(life, days[0]):
            lines += _flat_line(life, evenings, days)
        else:
            lines += _daily_lines(life, evenings, days)
    return lines


def days_of(month: date) -> list[date]:
    """All days of the month of a day."""
    days = [month.replace(day=1)]
    while (days[-1] + DAY).month == month.month:
        days.append(days[-1] + DAY)
    return days


def zone_of(life: Life, day: date) -> str:
    """Whose calendar a day belongs to."""
    return [name for since, name in life.zones if since <= day][-1]


def date_in(zone: str, instant: datetime) -> date:
    """What a calendar on the wall shows."""
    return instant.astimezone(ZoneInfo(zone)).date()


@cache
def day_is_over(day: date, zone: str) -> datetime:
    """The first minute (UTC) at which a calendar on the wall shows a later date."""
    known = ZoneInfo(zone)
    minute = datetime(day.year, day.month, day.day, tzinfo=UTC) - 15 * HOUR
    while minute.astimezone(known).date() <= day:
        minute += HOUR
    minute -= 3 * HOUR
    while minute.astimezone(known).date() <= day:
        minute += MINUTE
    return minute


def over(life: Life, day: date) -> datetime:
    """When (UTC) a day of the account is over."""
    return day_is_over(day, zone_of(life, day))


def _evening(life: Life, product: str, day: date) -> _Evening:
    end = over(life, day)
    seats = 0
    for moved in life.moved:
        if moved.product == product and moved.at < end:
            seats += moved.seats
    mode = ["usage", *(mode for at, mode in life.switched if at < end)][-1]
    if not seats:
        return _Evening(product, day, mode, 0, None, None)
    listed = _price_list(life, day)
    price, entered = None, None
    if listed and listed.currency == life.currency:
        price, entered = _listed_price(listed, len(listed.rows), product, day, mode)
    return _Evening(product, day, mode, seats, price, entered if entered and entered >= end else None)


@cache
def _listed_price(
    listed: PriceList, rows: int, product: str, day: date, mode: str
) -> tuple[Decimal | None, datetime | None]:
    """The price by so many rows of a list, which many accounts share."""
    return _price([row for row in listed.rows[:rows] if row.product == product and row.since <= day], mode)


def _price(rows: Sequence[Priced], mode: str) -> tuple[Decimal | None, datetime | None]:
    """The price that all of these rows make together, and since when it is no other one."""
    price, since = None, None
    for instant in sorted({row.entered for row in rows}):
        latest = max((row for row in rows if row.entered <= instant), key=lambda row: row.since)
        then = latest.usage if mode == "usage" else latest.purchase
        if then != price:
            price, since = then, instant
    return price, since


def _price_list(life: Life, day: date) -> PriceList | None:
    found: PriceList | None = None
    for since, default in life.default:
        found = default if since <= day else found
    own = [listed for since, listed in life.own if since <= day]
    return own[-1] or found if own else found


def _is_flat(life: Life, day: date) -> bool:
    """A price list in another currency says nothing."""
    listed = _price_list(life, day)
    flat = listed.flat if listed and listed.currency == life.currency else []
    return [False, *(whole for since, whole in flat if since <= day)][-1]


def _daily_lines(life: Life, evenings: Sequence[_Evening], days: Sequence[date]) -> list[Line]:
    lines = []
    run: list[_Evening] = []
    for evening in evenings:
        if run and (evening.mode, evening.seats, evening.price) != (run[0].mode, run[0].seats, run[0].price):
            lines.append(_line(life, run, days))
            run = []
        run.append(evening)
    if run:
        lines.append(_line(life, run, days))
    return [line for line in lines if line.seats]


def _line(life: Life, run: Sequence[_Evening], days: Sequence[date]) -> Line:
    late = [one.priced_late for one in run if one.priced_late]
    return _charged(life, run[0], (run[0].day, run[-1].day), len(days), late)


def _flat_line(life: Life, evenings: Sequence[_Evening], days: Sequence[date]) -> list[Line]:
    best = evenings[0]
    for evening in evenings:
        if evening.seats > best.seats:
            best = evening
    late = [best.priced_late] if best.priced_late else []
    return [_charged(life, best, (days[0], days[-1]), len(days), late)] if best.seats else []


def _charged(life: Life, like: _Evening, reach: tuple[date, date], length: int, late: Sequence[datetime]) -> Line:
    first, last = reach
    if like.price is None:
        return Line(like.product, like.mode, first, last, like.seats, None, None, None)
    added, price = Fraction(0), Fraction(like.price)
    for _day in range((last - first).days + 1):
        for _seat in range(like.seats):
            added += price
    amount = _rounded(added / length, life.digits)
    return Line(like.product, like.mode, first, last, like.seats, like.price, amount, max(late, default=None))


def _rounded(exact: Fraction, digits: int) -> Decimal:
    units, rest = divmod(exact.numerator * 10**digits, exact.denominator)
    if 2 * rest >= exact.denominator:
        units += 1
    return Decimal(units).scaleb(-digits)
