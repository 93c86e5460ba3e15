"""Price schedules and their prices as services hand them to screens and to the command line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cpdesk.domain.catalog import Product
from cpdesk.domain.prices import Price, PriceBook, in_force
from cpdesk.domain.statements import Proration

DEFAULT_NAME = "Default"
"""The schedule that exists from set-up."""
DEFAULT_CURRENCY = "USD"
"""Of the list prices that the program brings along."""
BEGINNING = date(2000, 1, 1)
"""From when a schedule counts that was always there."""


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A price schedule in lists."""

    id: int
    name: str
    currency: str
    """ISO 4217."""
    is_default: bool
    """Whether it counts today for accounts that have none of their own."""
    accounts: int
    """How many open accounts have it today, by assignment or as the default."""
    products: int
    """How many products have a price today."""
    proration: Proration
    """Today's."""
    earliest: date = date.min
    """From which day on prices can be set without touching a day that is over for an account: today, there."""
    next_default: date | None = None
    """From when it becomes the default; None where that is not planned."""
    next_proration: tuple[date, Proration] | None = None
    """A change of proration that waits."""


@dataclass(frozen=True, slots=True)
class PriceRow:
    """What a seat of a product costs a month from a day on."""

    product_id: int
    part_number: str
    guid: str
    product: str
    """The display name."""
    currency: str
    """ISO 4217."""
    usage_price: Decimal | None
    """None: no price in this mode."""
    purchase_price: Decimal | None
    effective_on: date
    usage_cost: Decimal | None = None
    """What the reseller pays; None where that is not known, and always for customer administrators."""
    purchase_cost: Decimal | None = None
    in_force: bool = True
    """Whether it counts today; else it is to come, or over."""
    upcoming: bool = False
    """Whether it is to come."""
    withdrawable: bool = False
    """Whether no day that is over was charged by it: it is to come, or counts since today."""

    @property
    def usage_margin(self) -> Decimal | None:
        """Percent of the cost that the Usage price is above it, with one decimal; None without both."""
        return margin(self.usage_price, self.usage_cost)

    @property
    def purchase_margin(self) -> Decimal | None:
        """The same of the Purchase price."""
        return margin(self.purchase_price, self.purchase_cost)


@dataclass(frozen=True, slots=True)
class AccountSchedules:
    """Which schedule an account has."""

    now: ScheduleRow | None
    """None where not even a default is in force."""
    own: bool
    """Whether it was assigned; else it is the default one."""
    next: tuple[tuple[date, str], ...] = ()
    """What comes: from when, and the name of the schedule, empty for customer administrators."""
    given: tuple[tuple[date, int | None], ...] = ()
    """The ids of the schedules that it was or will be given, oldest first; None: the default one from that day on."""

    def is_news(self, schedule_id: int | None, day: date) -> bool:
        """Whether giving a schedule (None: the default one) from a day on differs from what was given already."""
        return in_force(self.given, day) != schedule_id


def margin(price: Decimal | None, cost: Decimal | None) -> Decimal | None:
    """Percent that a price is above its cost, with one decimal; None where one is missing or the cost is zero."""
    if price is None or not cost:
        return None
    return ((price - cost) * 100 / cost).quantize(Decimal("0.1"))


def plain_price(price: Price, product: Product) -> dict[str, Any]:
    """A price as the audit log keeps it."""
    return {
        "product": product.part_number,
        "guid": product.guid,
        "effective_on": price.effective_on.isoformat(),
        "usage_price": amount_text(price.usage),
        "purchase_price": amount_text(price.purchase),
        "usage_cost": amount_text(price.usage_cost),
        "purchase_cost": amount_text(price.purchase_cost),
    }


def plain_schedule(book: PriceBook, products: Mapping[int, Product]) -> dict[str, Any]:
    """A new schedule with all that it begins with, as the audit log keeps it, but for its name."""
    prices = [plain_price(price, products[product]) for product, dated in book.prices.items() for price in dated]
    return {
        "currency": book.currency,
        "prorations": [
            {"effective_on": day.isoformat(), "proration": str(proration)} for day, proration in book.prorations
        ],
        "prices": prices,
    }


def amount_text(amount: Decimal | None) -> str | None:
    """An amount as text, without exponent."""
    return None if amount is None else f"{amount:f}"
