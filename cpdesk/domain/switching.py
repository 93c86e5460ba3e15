"""When a change of mode takes effect. The source of these rules is the product's rule 5 (the queue)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

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


def is_late(due_at: datetime, recorded_at: datetime) -> bool:
    """Whether a settlement has to say that it was completed late."""
    return recorded_at - due_at > LATE_AFTER
