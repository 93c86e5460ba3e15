"""The idle seats of a pool one by one: since when each is idle, who held it last, and what the idle time has cost.

Seats of a product are interchangeable, so a rule has to tell them apart: **the seat that became idle last is the first
to be assigned or removed again.** So a pool that was always large enough shows its oldest idle seats as what they are,
seats that nobody has needed since; and the oldest of them is as old as the report of idle seats says, which asks since
when there has been an idle seat all the time.

The cost is counted by day, as it is billed: each day at whose end the seat is idle, today included, costs the Purchase
price of that day divided by the days of its month. Prices that were changed meanwhile count from their own day on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from cpdesk.domain.billed import nothing
from cpdesk.domain.modes import Mode
from cpdesk.domain.price_list import half_up
from cpdesk.domain.prices import AccountPricing
from cpdesk.domain.statements import last_of_month

_DAY = timedelta(days=1)


class Move(NamedTuple):
    """A ledger entry that made seats idle, or took idle ones away."""

    effective_at: datetime
    """UTC."""
    idle: int
    """By how many seats more are idle; negative where they were assigned, removed or released."""
    upn: str
    """Whom the seat was taken from; empty where it was bought."""
    name: str
    """The same person's display name."""


@dataclass(frozen=True, slots=True)
class IdleBlock:
    """Idle seats with the same past: bought together, or one that was taken from a user."""

    seats: int
    since: datetime
    """UTC."""
    upn: str = ""
    """The last holder; empty where nobody has had one since they were bought, or since none was idle."""
    name: str = ""
    """The last holder's display name."""


@dataclass(frozen=True, slots=True)
class TracedSeats:
    """The same with what the time comes to."""

    number: int
    """Counts from 1, the longest idle first."""
    seats: int
    since: datetime
    """UTC."""
    idle_days: int
    """In whole days of the account's calendar."""
    upn: str
    name: str
    cost: Decimal | None
    """What the idle time of these seats has cost so far; None where no day of it has a price."""
    unpriced_days: int
    """Days without a price: they are missing in the cost."""


@dataclass(frozen=True, slots=True)
class SeatTrace:
    """All idle seats of one product, the longest idle first."""

    rows: tuple[TracedSeats, ...]
    currency: str
    """ISO 4217."""
    time_zone: str
    """IANA name of the zone that days are counted in."""

    @property
    def seats(self) -> int:
        return sum(row.seats for row in self.rows)

    @property
    def cost(self) -> Decimal:
        """What is known of the costs."""
        return sum((row.cost for row in self.rows if row.cost is not None), nothing(self.currency))

    @property
    def unpriced(self) -> int:
        """Rows of which at least a day has no price: that is missing in the cost."""
        return sum(row.unpriced_days > 0 for row in self.rows)


def idle_blocks(moves: Iterable[Move]) -> list[IdleBlock]:
    """The idle seats after these moves, the longest idle first. Moves: those of the ledger since none was idle."""
    stack: list[IdleBlock] = []
    for move in moves:
        if move.idle > 0:
            stack.append(IdleBlock(move.idle, move.effective_at, move.upn, move.name))
        else:
            _take(stack, -move.idle)
    return stack


def _take(stack: list[IdleBlock], seats: int) -> None:
    """Take those that became idle last."""
    while seats and stack:
        top = stack.pop()
        if top.seats > seats:
            stack.append(IdleBlock(top.seats - seats, top.since, top.upn, top.name))
        seats -= min(seats, top.seats)


class IdleCosts:
    """What an idle seat of a product has cost since any day, at the prices of each day."""

    def __init__(self, pricing: AccountPricing, product_id: int, first: date, today: date) -> None:
        """For idle times that begin on `first` or later, up to `today`; both account-local, both counted."""
        self._today = today
        days = [today - _DAY * place for place in range((today - first).days + 1)]
        prices = [pricing.unit_price(product_id, Mode.PURCHASE, day) for day in days]
        shares = [
            Fraction(price.amount) / last_of_month(day).day if price else Fraction()
            for day, price in zip(days, prices, strict=True)
        ]
        self._sums: Mapping[date, Fraction] = dict(zip(days, accumulate(shares), strict=True))
        self._unpriced: Mapping[date, int] = dict(
            zip(days, accumulate(int(price is None) for price in prices), strict=True)
        )

    def of(self, seats: int, since: date, minor_digits: int) -> tuple[Decimal | None, int]:
        """What so many seats have cost since a day, rounded half up once, and how many days have no price."""
        unpriced = self._unpriced[since]
        if unpriced == (self._today - since).days + 1:
            return None, unpriced
        return half_up(self._sums[since] * seats, minor_digits), unpriced
