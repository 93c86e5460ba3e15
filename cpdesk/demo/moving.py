"""Moving the demo's clock on, so that everything which is due on the way happens on time."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from cpdesk.base import zones
from cpdesk.base.clock import DemoClock
from cpdesk.demo.moments import TIME_ZONE
from cpdesk.domain import switching
from cpdesk.domain.settlements import Settlement

if TYPE_CHECKING:
    from collections.abc import Callable

    from cpdesk.services.settling import Settler

_MORNING = time(9)
"""By then midnight has passed in every account's zone, so that on the 1st each switch of that date is complete."""


def next_day(now: datetime) -> datetime:
    """The next morning (UTC) after `now` (aware), in the demo's zone."""
    zone = zones.zone(TIME_ZONE)
    return _morning_of(switching.local_date(now, zone) + timedelta(days=1))


def first_of_next_month(now: datetime) -> datetime:
    """The morning (UTC) of the first day of the next month, in the demo's zone."""
    zone = zones.zone(TIME_ZONE)
    return _morning_of(switching.first_of_next_month(switching.local_date(now, zone)))


class Mover:
    """Moves the clock, stopping wherever something is due: nothing is done late."""

    def __init__(self, clock: DemoClock, settler: "Settler") -> None:
        self._clock = clock
        self._settler = settler

    def move(self, target: "Callable[[datetime], datetime]") -> Settlement:
        """Move on to where `target` leads from the present instant, and tell what was completed on the way."""
        return self.move_to(target(self._clock.now()))

    def move_to(self, instant: datetime) -> Settlement:
        """Move on to an instant (aware), doing what is due at its due instant. The database must be open."""
        settled = Settlement()
        while (due := self._settler.next_due_at()) is not None and due <= instant:
            self._clock.move_to(due)
            settled += self._settler.settle()
        self._clock.move_to(instant)
        return settled


def _morning_of(day: date) -> datetime:
    return datetime.combine(day, _MORNING, zones.zone(TIME_ZONE)).astimezone(UTC)
