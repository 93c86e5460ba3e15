"""What a change of mode does to the bill: the amounts of a forecast, as plain functions.

Everything is charged by the formula of statements, so an amount that is forecast is the one that will be charged if
nothing moves: prices by day, exact until a line is rounded half up, once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

from cpdesk.base.regions import minor_digits
from cpdesk.domain.modes import Mode
from cpdesk.domain.monthly import price_days
from cpdesk.domain.prices import AccountPricing
from cpdesk.domain.statements import Proration, Stretch, Total, last_of_month, lines_of, prorated, total


class Held(Protocol):
    """Seats of one product."""

    @property
    def product_id(self) -> int: ...

    @property
    def seats(self) -> int: ...

    @property
    def available(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Period:
    """The days of an account's calendar that a change of mode is about."""

    first: date
    """Today."""
    until: date
    """Exclusive: the day of the change to Usage Mode, or the earliest one on which that mode could be back."""


@dataclass(frozen=True, slots=True)
class LineMoney:
    """One product of a forecast in money. None stands for what has no price; no seats cost nothing, priced or not."""

    currency: str
    """ISO 4217."""
    price_before: Decimal | None
    """For a seat and month, today in the present mode."""
    price_after: Decimal | None
    """In the new mode, on the day of the change."""
    before: Decimal | None
    """A month of all seats, today in the present mode."""
    after: Decimal | None
    """A month of the seats that stay, in the new mode."""
    idle: Decimal | None
    """A month of the seats that are released, at `price_before`."""
    until: Decimal | None
    """All seats in Purchase Mode on the days of the period."""
    idle_until: Decimal | None
    """The same for the seats that are released."""

    @property
    def is_priced(self) -> bool:
        """Whether no amount is missing."""
        return None not in (self.before, self.after, self.until)


@dataclass(frozen=True, slots=True)
class ForecastMoney:
    """A forecast in money: sums over products. Products without a price are counted, and missing in the amounts."""

    currency: str
    """ISO 4217."""
    to: Mode
    before: Total
    after: Total
    idle: Total
    until: Total
    idle_until: Total
    unpriced: int
    """Products of which an amount is missing in one of the sums."""

    @property
    def monthly_before(self) -> Decimal:
        """What a month costs today."""
        return self.before.amount

    @property
    def monthly_after(self) -> Decimal:
        """What a month costs from the day of the change on."""
        return self.after.amount

    @property
    def least_spend(self) -> Decimal | None:
        """To Purchase Mode: what the pool as it opens will have cost by the earliest return; else None."""
        return self.until.amount if self.to is Mode.PURCHASE else None

    def as_plain(self) -> dict[str, Any]:
        """The amounts as JSON values, money as text."""
        return {
            "currency": self.currency,
            "monthly_before": str(self.monthly_before),
            "monthly_after": str(self.monthly_after),
            "idle_monthly": str(self.idle.amount),
            "until_effective": str(self.until.amount) if self.to is Mode.USAGE else None,
            "idle_until": str(self.idle_until.amount),
            "least_spend": None if self.least_spend is None else str(self.least_spend),
            "unpriced": self.unpriced,
        }


def line_money(held: Held, to: Mode, pricing: AccountPricing, period: Period) -> LineMoney:
    """What a change to a mode does to the cost of one product."""
    digits = minor_digits(pricing.currency)
    released = held.available if to is Mode.USAGE else 0
    changes_on = period.until if to is Mode.USAGE else period.first
    before = _price(pricing, held.product_id, to.other, period.first)
    after = _price(pricing, held.product_id, to, changes_on)
    until, idle_until = pool_costs(held.product_id, (held.seats, released), pricing, period)
    return LineMoney(
        currency=pricing.currency,
        price_before=before,
        price_after=after,
        before=monthly(held.seats, before, digits),
        after=monthly(held.seats - released, after, digits),
        idle=monthly(released, before, digits),
        until=until,
        idle_until=idle_until,
    )


def forecast_money(lines: Sequence[LineMoney], to: Mode, currency: str) -> ForecastMoney:
    """The sums over the products of a forecast."""
    digits = minor_digits(currency)
    return ForecastMoney(
        currency=currency,
        to=to,
        before=_sum((line.before for line in lines), digits),
        after=_sum((line.after for line in lines), digits),
        idle=_sum((line.idle for line in lines), digits),
        until=_sum((line.until for line in lines), digits),
        idle_until=_sum((line.idle_until for line in lines), digits),
        unpriced=sum(not line.is_priced for line in lines),
    )


def monthly(seats: int, unit_price: Decimal | None, digits: int) -> Decimal | None:
    """What seats cost for a whole month; `digits` are the decimals of the currency."""
    if seats == 0:
        return Decimal().scaleb(-digits)
    return None if unit_price is None else prorated(seats, unit_price, 1, 1, digits)


def pool_costs(product_id: int, counts: Sequence[int], pricing: AccountPricing, period: Period) -> list[Decimal | None]:
    """What each of some counts of seats costs in Purchase Mode on the days of a period, as if its months had no other
    days.

    None where one of the days has no price: a part of it would look like all of it.
    """
    runs = [(pricing.proration(first), _runs(product_id, pricing, first, last)) for first, last in _months(period)]
    digits = minor_digits(pricing.currency)
    costs = {seats: _pool_cost(product_id, seats, runs, digits) for seats in set(counts)}
    return [costs[seats] for seats in counts]


def _pool_cost(
    product_id: int, seats: int, runs: Iterable[tuple[Proration, list[Stretch]]], digits: int
) -> Decimal | None:
    cost = Decimal().scaleb(-digits)
    for proration, alike in runs if seats else ():
        month = total(lines_of(product_id, [replace(run, seats=seats) for run in alike], proration, digits))
        if month.unpriced:
            return None
        cost += month.amount
    return cost


def _price(pricing: AccountPricing, product_id: int, mode: Mode, day: date) -> Decimal | None:
    price = pricing.unit_price(product_id, mode, day)
    return price.amount if price else None


def _months(period: Period) -> Iterator[tuple[date, date]]:
    """The days of a period by month: the first and the last of each."""
    first = period.first
    while first < period.until:
        last = min(last_of_month(first), period.until - timedelta(days=1))
        yield first, last
        first = last + timedelta(days=1)


def _runs(product_id: int, pricing: AccountPricing, first: date, last: date) -> list[Stretch]:
    """Days in Purchase Mode with the same price, one seat of the product each. Not day by day: thousands of accounts
    are looked at together."""
    begins = sorted({first, *price_days(pricing, product_id, first, last)})
    ends = [day - timedelta(days=1) for day in begins[1:]]
    return [
        Stretch(begin, end, Mode.PURCHASE, 1, _price(pricing, product_id, Mode.PURCHASE, begin))
        for begin, end in zip(begins, [*ends, last], strict=True)
    ]


def _sum(amounts: Iterable[Decimal | None], digits: int) -> Total:
    listed = list(amounts)
    return Total(sum((one for one in listed if one is not None), Decimal().scaleb(-digits)), listed.count(None))
