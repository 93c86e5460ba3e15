"""What becomes of the seats of users who leave: back to the pool, out of it, or on to somebody else (rules 3 and 14).

In Usage Mode a seat leaves the tenant with its user, whatever was wished, unless somebody else takes the license.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cpdesk.base.errors import UserError
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import RemovedUser, UnitPriceOf, unpriced
from cpdesk.domain.rows import SubscriptionRow, UserRow
from cpdesk.domain.statements import Proration


@dataclass(frozen=True, slots=True)
class SeatEffect:
    """What deleting users does to the seats of one product, if nothing else is wished."""

    part_number: str
    guid: str
    name: str
    count: int
    """Seats that those users hold: so many become free."""
    seats_after: int
    """Usage Mode: fewer by `count`. Purchase Mode: as many as before, all of them billable."""
    available_after: int
    unit_price: Decimal | None = None
    """What a seat costs a month today; None without a price."""


@dataclass(frozen=True, slots=True)
class RemovalForecast:
    """What deleting users would do, for the confirmation."""

    users: tuple[UserRow, ...]
    """In the order in which they were asked for."""
    mode: Mode
    effects: tuple[SeatEffect, ...]
    """By product name; products that none of them holds left out."""
    currency: str
    """ISO 4217, of the prices."""
    falls_on: date
    """Account-local: from this day on a seat that leaves today is no longer billed."""
    pending_on: date | None = None
    """When a pending change to Usage Mode releases every seat that nobody holds; None where none is pending."""


@dataclass(frozen=True, slots=True)
class SeatWish:
    """What is to become of the freed seats of one product. What is not wished for goes back to the pool."""

    guid: str
    takers: tuple[int, ...] = ()
    """Ids of users who get one each; at most as many as become free."""
    release: bool = False
    """Whether those that nobody takes leave the pool."""


@dataclass(frozen=True, slots=True)
class SeatOutcome:
    """What becomes of the freed seats of one product under a wish."""

    effect: SeatEffect
    handed_on: int
    released: int
    """Seats that the tenant no longer has, and that are no longer billed."""
    kept: int
    """Seats that wait in the pool, billable."""
    seats_after: int
    available_after: int


@dataclass(frozen=True, slots=True)
class Departure:
    """What was done when users left."""

    mode: Mode
    users: tuple[RemovedUser, ...]
    released: tuple[tuple[str, int], ...]
    """Part number and seats that left the pool, sorted; nothing in Usage Mode, where all of them leave."""
    handed_on: tuple[tuple[str, int], ...]
    """Part number and seats that others got, sorted."""
    falls_later: date | None = None
    """As of `falls_later` below: from when seats that left are no longer billed."""

    @property
    def freed(self) -> int:
        """Seats that the users held."""
        return sum(len(user.freed) for user in self.users)


def seat_effects(
    mode: Mode, subscriptions: Iterable[SubscriptionRow], freed: Mapping[int, int], price: UnitPriceOf = unpriced
) -> tuple[SeatEffect, ...]:
    """What becomes of the seats that users give back; `freed` counts them by product id."""
    leaving = mode is Mode.USAGE
    return tuple(
        SeatEffect(
            part_number=row.part_number,
            guid=row.guid,
            name=row.name,
            count=freed[row.product_id],
            seats_after=row.seats - (freed[row.product_id] if leaving else 0),
            available_after=row.available + (0 if leaving else freed[row.product_id]),
            unit_price=price(row.product_id),
        )
        for row in subscriptions
        if freed.get(row.product_id)
    )


def outcome(mode: Mode, effect: SeatEffect, wish: SeatWish | None = None) -> SeatOutcome:
    """What a wish makes of the seats that become free."""
    handed_on = len(wish.takers) if wish else 0
    left = effect.count - handed_on
    if mode is Mode.USAGE:
        return SeatOutcome(effect, handed_on, left, 0, effect.seats_after + handed_on, effect.available_after)
    released = left if wish and wish.release else 0
    available = effect.available_after - handed_on - released
    return SeatOutcome(effect, handed_on, released, left - released, effect.seats_after - released, available)


def falls_on(today: date, proration: Proration) -> date:
    """From when a seat that leaves today (account-local) is no longer billed, by how its month is charged (rule 11).

    Where months are not prorated, the highest quantity of a day is charged for all of the month: it is known to
    have been there, unless this is the month's first day.
    """
    if proration is Proration.DAILY or today.day == 1:
        return today
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


def falls_later(today: date, proration: Proration) -> date | None:
    """The same where that is another day than today; None where it is today."""
    day = falls_on(today, proration)
    return None if day == today else day


def require_freed(takers: int, freed: int, *, product: str) -> None:
    """Raise UserError `takers_exceed_freed` where more users are to get a seat than become free."""
    if takers > freed:
        raise UserError("takers_exceed_freed", product=product, takers=takers, freed=freed)
