"""What an account held, in which mode and zone, during some time: what statements, the advisor and reports count from.

Made by `store/histories`; everything in it is ordered by the effective time, then by the number in the ledger.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from cpdesk.base import zones
from cpdesk.domain import switching
from cpdesk.domain.accounts import ZoneChange
from cpdesk.domain.modes import Mode, PendingSwitch

_FURTHEST = timedelta(hours=26)
"""No calendar is further from that of UTC than this, with an hour or two to spare."""
_EARLIEST, _LATEST = date(1970, 1, 1), date(9900, 1, 1)
"""Nothing happens on other days, and some of them have no day before or after them."""


@dataclass(frozen=True, slots=True)
class SeatChange:
    """What one instant made of a product: several entries of the same instant are one change."""

    effective_at: datetime
    """UTC."""
    seats_after: int
    assigned_after: int
    number: int
    """Of the latest ledger entry of that instant."""
    given: int = 0
    """Assignments that began at that instant."""
    taken: int = 0
    """Assignments that ended at that instant."""


@dataclass(frozen=True, slots=True)
class ProductHistory:
    """One product of an account."""

    product_id: int
    seats: int
    """Before the first of the changes."""
    assigned: int
    changes: Sequence[SeatChange] = ()

    def before(self, instant: datetime) -> tuple[int, int]:
        """Seats and assigned seats just before an instant (aware): what begins with it does not count."""
        place = bisect_left(self.changes, instant, key=_effective_at)
        if not place:
            return self.seats, self.assigned
        change = self.changes[place - 1]
        return change.seats_after, change.assigned_after


@dataclass(frozen=True, slots=True)
class History:
    """An account from an instant on: what it held then, and every change since."""

    account_id: int
    created_at: datetime
    """UTC."""
    first_zone: str
    """IANA name of the zone that counted first."""
    zone_changes: Sequence[ZoneChange]
    """Later zones, the first change first; also one that waits."""
    modes: Sequence[tuple[datetime, Mode]]
    """From when (UTC) the account was in which mode, all of its life; before the first: Usage Mode."""
    products: Mapping[int, ProductHistory]
    """By product id: all that the account ever held before the end of the history."""
    corrected: Sequence[datetime] = ()
    """When (UTC) a clock was corrected that had been far ahead: seats that were changed meanwhile count from then."""

    def zone_name(self, day: date) -> str:
        """The zone (IANA name) whose calendar a day belongs to: one from the 1st of a month on, for whole months."""
        names = [change.time_zone for change in self.zone_changes if change.effective_on <= day]
        return names[-1] if names else self.first_zone

    def day_end(self, day: date) -> datetime:
        """The first instant (UTC) after a day of the account."""
        return day_end(day, self.zone_name(day))

    def today(self, now: datetime) -> date:
        """The date that an instant (aware) has by the zone in force at it."""
        name = switching.zone_in_force(self.first_zone, self.zone_changes, now)
        return switching.local_date(now, zones.zone(name))

    def first_day(self) -> date:
        """The day on which the account began."""
        return self.today(self.created_at)

    def mode_before(self, instant: datetime) -> Mode:
        """The mode just before an instant (aware)."""
        place = bisect_left(self.modes, instant, key=_since)
        return self.modes[place - 1][1] if place else Mode.USAGE

    def with_switch(self, switch: PendingSwitch) -> "History":
        """The same as it will be when a pending switch has been completed, and nothing else has happened."""
        return replace(
            self,
            modes=(*self.modes, (switch.due_at, switch.to)),
            products={number: _released(product, switch.due_at) for number, product in self.products.items()},
        )


def window(first: date, last: date) -> tuple[datetime, datetime]:
    """A time (UTC) in which these days, both inclusive, lie whole in every zone: what to read a history of."""
    begin = datetime.combine(max(first, _EARLIEST), time.min, UTC) - _FURTHEST
    end = datetime.combine(min(last, _LATEST) + timedelta(days=1), time.min, UTC) + _FURTHEST
    return begin, end


@lru_cache(maxsize=50_000)
def day_end(day: date, zone_name: str) -> datetime:
    """The first instant (UTC) after a calendar day of a zone; for a day that it skips, after the one before."""
    return switching.first_instant(day + timedelta(days=1), zones.zone(zone_name))


def _released(product: ProductHistory, due_at: datetime) -> ProductHistory:
    """What a change to Usage Mode leaves: the assigned seats."""
    seats, assigned = product.before(due_at)
    if seats == assigned:
        return product
    number = product.changes[-1].number if product.changes else 0
    return replace(product, changes=(*product.changes, SeatChange(due_at, assigned, assigned, number)))


def _effective_at(change: SeatChange) -> datetime:
    return change.effective_at


def _since(dated: tuple[datetime, Mode]) -> datetime:
    return dated[0]
