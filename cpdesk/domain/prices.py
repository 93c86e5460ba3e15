"""What a seat costs: price schedules, the dates from which they count, and which one an account has.

Everything here is dated, so that a statement of the past comes out the same for ever (the product's rule 12). A date
is compared with calendar days of the account.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from cpdesk.domain.modes import Mode
from cpdesk.domain.statements import Proration

T = TypeVar("T")

Dated = Sequence[tuple[date, T]]
"""What holds from a day on, oldest first."""


@dataclass(frozen=True, slots=True)
class Price:
    """What a seat of a product costs a month from a day on, until the next price of the product."""

    product_id: int
    effective_on: date
    usage: Decimal | None
    """In Usage Mode; None: no price from that day on."""
    purchase: Decimal | None
    """In Purchase Mode; None: no price from that day on."""
    recorded_at: datetime
    """UTC: when it was entered."""
    usage_cost: Decimal | None = None
    """What the reseller pays; never for the eyes of customer administrators."""
    purchase_cost: Decimal | None = None

    def of(self, mode: Mode) -> Decimal | None:
        """The price in a mode."""
        return self.usage if mode is Mode.USAGE else self.purchase


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """What a seat costs a month on some day, and where that comes from."""

    amount: Decimal
    effective_on: date
    recorded_at: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class PriceBook:
    """A price schedule with all of its history."""

    schedule_id: int
    name: str
    currency: str
    """ISO 4217."""
    prices: Mapping[int, Sequence[Price]]
    """By product id, oldest first."""
    prorations: "Dated[Proration]"

    def price_on(self, product_id: int, day: date) -> Price | None:
        """The price row in force on a day."""
        rows = self.prices.get(product_id, ())
        place = bisect_right(rows, day, key=_effective_on)
        return rows[place - 1] if place else None


@dataclass(frozen=True, slots=True)
class AccountPricing:
    """Which schedules an account has had, and which it will have."""

    currency: str
    """The account's, ISO 4217."""
    books: "Dated[PriceBook]"
    given: "Dated[datetime]" = ()
    """When (UTC) the account was given the schedule that it has from a day on; days before have the default one."""

    def book_on(self, day: date) -> PriceBook | None:
        """The schedule in force on a day; None where there is none in the account's currency."""
        book = in_force(self.books, day)
        return book if book is not None and book.currency == self.currency else None

    def unit_price(self, product_id: int, mode: Mode, day: date) -> UnitPrice | None:
        """What a seat costs a month on a day; None where that has no price."""
        book = self.book_on(day)
        price = book.price_on(product_id, day) if book else None
        amount = price.of(mode) if price else None
        if price is None or amount is None:
            return None
        return UnitPrice(amount, price.effective_on, price.recorded_at)

    def proration(self, month: date) -> Proration:
        """How the month of a day is charged: by what holds on its first day, for all of it.

        Daily where there is no schedule in the account's currency on that day.
        """
        first = month.replace(day=1)
        book = self.book_on(first)
        return (book and in_force(book.prorations, first)) or Proration.DAILY


def in_force(dated: "Dated[T]", day: date) -> T | None:
    """What holds on a day."""
    place = bisect_right(dated, day, key=_since)
    return dated[place - 1][1] if place else None


def merged(own: "Dated[int | None]", default: "Dated[int]") -> list[tuple[date, int]]:
    """Which schedule counts from when: an account's own one, or where that is None the default of that day."""
    days = sorted({day for day, _schedule in own} | {day for day, _schedule in default})
    counting = ((day, in_force(own, day) or in_force(default, day)) for day in days)
    return [(day, schedule) for day, schedule in counting if schedule is not None]


def _effective_on(price: Price) -> date:
    return price.effective_on


def _since(dated: tuple[date, object]) -> date:
    return dated[0]
