"""When a change of mode, and a new time zone, take effect: the product's rules 5 (the queue) and 13."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cpdesk.base import zones
from cpdesk.domain.accounts import DomainHolder, ZoneChange

LATE_AFTER = timedelta(minutes=2)
"""A settlement recorded later than this after its due instant says that it was late."""

_LONGEST_GAP = timedelta(hours=26)
"""No zone has ever skipped more local time than one calendar day."""


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The calendar date in `zone` at an instant (aware)."""
    return instant.astimezone(zone).date()


def first_of_next_month(day: date) -> date:
    """The first day of the month after `day`; for a 1st, the next month's 1st."""
    if day.month == 12:
        return date(day.year + 1, 1, 1)
    return date(day.year, day.month + 1, 1)


def effective_date(requested_at: datetime, zone: ZoneInfo) -> date:
    """The local date on which a change to Usage Mode requested at an instant (aware) takes effect."""
    return first_of_next_month(local_date(requested_at, zone))


def first_instant(day: date, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) at which the calendar in `zone` shows `day`, or a later date if it skips `day`.

    A day may begin at another time than midnight (clocks go forward over it),
    or see its midnight twice (clocks go back over it): then the first counts.
    """
    midnight = datetime.combine(day, time.min, zone).astimezone(UTC)
    tick = timedelta(microseconds=1)
    if local_date(midnight - tick, zone) < day:
        return midnight
    return _start_after_gap(day, zone, midnight)


def _start_after_gap(day: date, zone: ZoneInfo, inside: datetime) -> datetime:
    """Search for the transition that jumped over midnight; offsets change on whole seconds."""
    before = inside - _LONGEST_GAP
    before, after = before.replace(microsecond=0), inside
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if local_date(middle, zone) >= day:
            after = middle
        else:
            before = middle
    return after


def zone_change(requested_at: datetime, present: str, wanted: str) -> ZoneChange:
    """What becomes of a wish, made at an instant (aware), for another time zone than the `present` one.

    It counts from the 1st of the next month, by whichever of the two calendars is further on: so it never reaches
    back, and it never makes a month of which a day has begun in either calendar begin again.
    """
    days = [effective_date(requested_at, zones.zone(name)) for name in (present, wanted)]
    return ZoneChange(wanted, max(days))


def zone_in_force(first: str, changes: Sequence[ZoneChange], now: datetime) -> str:
    """The zone that counts at an instant (aware): `first`, or the latest change whose own calendar has reached it.

    The new calendar alone decides when a change begins to count. Before that the 1st may have begun in the old
    calendar (zones moved west), and a change of mode then waits a month more; afterwards the old one may still show
    the month before (moved east), and it waits a month more by the new one. Taking either boundary by the other
    calendar would let somebody ask on a 1st and get that same 1st.

    A request is fixed in the zone that counts when it is made, also where another one will count when it is due.
    """
    counting = [change for change in changes if _begins(change) <= now]
    return counting[-1].time_zone if counting else first


def waiting_zone(changes: Sequence[ZoneChange], now: datetime) -> ZoneChange | None:
    """The change that does not count yet at an instant (aware); there is one at most."""
    return next((change for change in changes if _begins(change) > now), None)


def _begins(change: ZoneChange) -> datetime:
    return first_instant(change.effective_on, zones.zone(change.time_zone))


def is_free(holder: DomainHolder, now: datetime) -> bool:
    """Whether others may have the domain at an instant (aware): from the 1st of the month after the closing."""
    return holder.free_on is not None and local_date(now, zones.zone(holder.time_zone)) >= holder.free_on


def is_late(due_at: datetime, recorded_at: datetime) -> bool:
    """Whether a settlement has to say that it was completed late."""
    return recorded_at - due_at > LATE_AFTER
