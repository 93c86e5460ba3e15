"""Statement lines of an account for a month, from its history and its prices.

Nothing is looked up by day: lines begin where mode, seats or price change, and those are few.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain, pairwise
from typing import TypeVar

from cpdesk.base.regions import minor_digits
from cpdesk.domain.billing import StatementRow
from cpdesk.domain.histories import History, ProductHistory, SeatChange
from cpdesk.domain.modes import Mode
from cpdesk.domain.prices import AccountPricing, UnitPrice, in_force
from cpdesk.domain.statements import Proration, StatementLine, Stretch, days_of_month, last_of_month, lines_of

T = TypeVar("T")


def month_statement(
    history: History, pricing: AccountPricing, month: date, through: date | None = None
) -> list[StatementLine]:
    """The lines of the month of a day, by product id and then by day; `through` (inclusive) is the last day counted.

    The history has to reach from before the month's first day to after the last one that is counted.
    """
    days = _days(history, month, through)
    proration, digits = pricing.proration(month), minor_digits(pricing.currency)
    found: list[StatementLine] = []
    for _number, product in sorted(history.products.items()):
        if product.seats or product.changes:
            found += lines_of(product.product_id, _stretches(days, product, pricing), proration, digits)
    return found


def deciding_day(history: History, pricing: AccountPricing, line: StatementLine | StatementRow) -> date:
    """The day whose mode and price a line has: its first, or without proration the first with so many seats."""
    if pricing.proration(line.first) is Proration.DAILY:
        return line.first
    product = history.products[line.product_id]
    days = (line.first + timedelta(days=number) for number in range(line.days))
    return next(day for day in days if product.before(history.day_end(day))[0] == line.seats)


def priced_at(history: History, pricing: AccountPricing, line: StatementLine) -> datetime | None:
    """When (UTC) the price of a line was entered, where that was after a day that it counts for; else None."""
    first = deciding_day(history, pricing, line)
    last = line.last if pricing.proration(first) is Proration.DAILY else first
    days = [first, *price_days(pricing, line.product_id, first, last)]
    since = ((history.day_end(day), _priced_since(pricing, line.product_id, line.mode, day)) for day in days)
    return max((instant for end, instant in since if instant and instant >= end), default=None)


def _priced_since(pricing: AccountPricing, product_id: int, mode: Mode, day: date) -> datetime | None:
    """Since when (UTC) a day has had its price: a later row with the same price changes nothing.

    Not before the account was given the schedule.
    """
    book = pricing.book_on(day)
    rows = [row for row in book.prices.get(product_id, ()) if row.effective_on <= day] if book else []
    if not rows or rows[-1].of(mode) is None:
        return None
    since = rows[-1].recorded_at
    for instant in sorted((row.recorded_at for row in rows), reverse=True):
        known = [row for row in rows if row.recorded_at <= instant]
        if known[-1].of(mode) != rows[-1].of(mode):
            break
        since = instant
    given = in_force(pricing.given, day)
    return max(since, given) if given else since


def price_days(pricing: AccountPricing, product_id: int, first: date, last: date) -> list[date]:
    """The days after `first`, up to `last`, from which a product may have another price."""
    days = [day for day, _book in pricing.books if first < day <= last]
    for (begin, book), (end, _next) in pairwise(chain(pricing.books, ((date.max, None),))):
        rows = book.prices.get(product_id, ()) if book and begin <= last and end > first else ()
        days += [row.effective_on for row in rows if max(first, begin) < row.effective_on <= min(last, end)]
    return days


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a month that are counted."""

    first: date
    ends: Sequence[datetime]
    """The instant (UTC) at which each is over."""
    modes: Mapping[int, Mode]
    """From the end of which day on, by its place, the account was in which mode."""

    @property
    def last(self) -> date:
        return self.day(len(self.ends) - 1)

    def day(self, place: int) -> date:
        return self.first + timedelta(days=place)


def _days(history: History, month: date, through: date | None) -> _Days:
    last = through or last_of_month(month)
    ends = [history.day_end(day) for day in days_of_month(month) if day <= last]
    modes = _steps(ends, history.mode_before(ends[0]), history.modes)
    return _Days(month.replace(day=1), ends, modes)


def _stretches(days: _Days, product: ProductHistory, pricing: AccountPricing) -> Iterator[Stretch]:
    seats = _seats(days.ends, product)
    prices = price_days(pricing, product.product_id, days.first, days.last)
    cuts = sorted({*seats, *days.modes, *((day - days.first).days for day in prices)})
    count, mode = seats[0], days.modes[0]
    for place, following in pairwise([*cuts, len(days.ends)]):
        count, mode, first = seats.get(place, count), days.modes.get(place, mode), days.day(place)
        price = pricing.unit_price(product.product_id, mode, first) if count else None
        yield Stretch(first, days.day(following - 1), mode, count, _amount(price))


def _seats(ends: Sequence[datetime], product: ProductHistory) -> dict[int, int]:
    """From the end of which day on, by its place, there were how many seats."""
    begin, end = (bisect_left(product.changes, instant, key=_effective_at) for instant in (ends[0], ends[-1]))
    changes = ((change.effective_at, change.seats_after) for change in product.changes[begin:end])
    return _steps(ends, product.before(ends[0])[0], changes)


def _steps(ends: Sequence[datetime], opening: T, changes: Iterable[tuple[datetime, T]]) -> dict[int, T]:
    """What held at the end of days, by the place of the day on which it begins: a change counts on days not over."""
    steps = {0: opening}
    for instant, value in changes:
        place = bisect_right(ends, instant)
        if place < len(ends):
            steps[place] = value
    return steps


def _amount(price: UnitPrice | None) -> Decimal | None:
    return price.amount if price else None


def _effective_at(change: SeatChange) -> datetime:
    return change.effective_at
