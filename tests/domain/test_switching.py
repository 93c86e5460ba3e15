from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cpdesk.base import zones
from cpdesk.domain.accounts import DomainHolder, Status, ZoneChange
from cpdesk.domain.switching import (
    LATE_AFTER,
    effective_date,
    first_instant,
    first_of_next_month,
    is_free,
    is_late,
    local_date,
    waiting_zone,
    zone_change,
    zone_in_force,
)

TICK = timedelta(microseconds=1)

all_zones = st.sampled_from(zones.names())
"""Zones from UTC-12 (Etc/GMT+12) to UTC+14 (Pacific/Kiritimati) are all among them."""
instants = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
firsts = st.builds(lambda year, month: date(year, month, 1), st.integers(1975, 2090), st.integers(1, 12))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 10), date(2026, 12, 1)),
        (date(2026, 11, 1), date(2026, 12, 1)),
        (date(2028, 2, 29), date(2028, 3, 1)),
        (date(2027, 2, 28), date(2027, 3, 1)),
        (date(2026, 12, 1), date(2027, 1, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2027, 1, 31), date(2027, 2, 1)),
    ],
)
def test_the_first_of_the_next_month(day: date, following: date) -> None:
    assert first_of_next_month(day) == following


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_the_first_of_the_next_month_is_the_nearest_later_first(day: date) -> None:
    following = first_of_next_month(day)
    between = (day + timedelta(n) for n in range(1, (following - day).days))
    assert day < following
    assert following.day == 1
    assert all(other.day != 1 for other in between)


@pytest.mark.parametrize(
    ("zone", "requested_at", "effective_on"),
    [
        # The account's calendar counts, not that of UTC: the same instant lies in three months.
        ("Pacific/Kiritimati", utc(2026, 11, 30, 10, 0), date(2027, 1, 1)),
        ("Pacific/Kiritimati", utc(2026, 11, 30, 9, 59, 59, 999999), date(2026, 12, 1)),
        ("Etc/GMT+12", utc(2026, 12, 1, 11, 59, 59, 999999), date(2026, 12, 1)),
        ("Etc/GMT+12", utc(2026, 12, 1, 12, 0), date(2027, 1, 1)),
        # The first instant of a 1st belongs to the 1st already: a month more.
        ("America/New_York", utc(2026, 12, 1, 4, 59, 59, 999999), date(2026, 12, 1)),
        ("America/New_York", utc(2026, 12, 1, 5, 0), date(2027, 1, 1)),
        ("Asia/Kolkata", utc(2028, 2, 29, 18, 29), date(2028, 3, 1)),
        ("Asia/Kolkata", utc(2028, 2, 29, 18, 30), date(2028, 4, 1)),
        ("UTC", utc(2026, 12, 31, 23, 59, 59, 999999), date(2027, 1, 1)),
        ("UTC", utc(2027, 1, 1), date(2027, 2, 1)),
    ],
)
def test_the_effective_date_follows_the_local_date_of_the_request(
    zone: str, requested_at: datetime, effective_on: date
) -> None:
    assert effective_date(requested_at, zones.zone(zone)) == effective_on


@given(instants, all_zones)
def test_a_request_waits_until_the_next_month_and_not_longer(requested_at: datetime, name: str) -> None:
    zone = zones.zone(name)
    today, effective_on = local_date(requested_at, zone), effective_date(requested_at, zone)
    assert effective_on.day == 1
    assert (effective_on.year, effective_on.month) > (today.year, today.month)
    assert timedelta(1) <= effective_on - today <= timedelta(31)
    assert first_instant(effective_on, zone) > requested_at


@pytest.mark.parametrize(
    ("zone", "day", "start"),
    [
        ("America/New_York", date(2026, 12, 1), utc(2026, 12, 1, 5, 0)),
        ("Etc/GMT+12", date(2026, 12, 1), utc(2026, 12, 1, 12, 0)),
        ("Pacific/Kiritimati", date(2026, 12, 1), utc(2026, 11, 30, 10, 0)),
        ("Asia/Kathmandu", date(2026, 12, 1), utc(2026, 11, 30, 18, 15)),
        # The clocks went from 24:00 to 01:00: the day began at 01:00.
        ("America/Asuncion", date(2023, 10, 1), utc(2023, 10, 1, 4, 0)),
        # The clocks go from 01:00 back to 00:00: of two midnights the first counts.
        ("America/Havana", date(2026, 11, 1), utc(2026, 11, 1, 4, 0)),
        # The clocks went from 00:01 back to 23:01: the month had begun for a minute.
        ("America/St_Johns", date(2009, 11, 1), utc(2009, 11, 1, 2, 30)),
        # The clocks went from 23:30 to 00:30: the day began half an hour late.
        ("America/Toronto", date(1919, 3, 31), utc(1919, 3, 31, 4, 30)),
        # The day was left out altogether: whatever came after it.
        ("Pacific/Apia", date(2011, 12, 30), utc(2011, 12, 30, 10, 0)),
    ],
)
def test_the_first_instant_of_a_day(zone: str, day: date, start: datetime) -> None:
    assert first_instant(day, zones.zone(zone)) == start


@given(firsts, all_zones)
@example(date(2023, 10, 1), "America/Asuncion")
@example(date(2026, 11, 1), "America/Havana")
@example(date(2009, 11, 1), "America/St_Johns")
@example(date(1981, 10, 1), "America/Asuncion")
def test_the_first_instant_really_is_the_first(day: date, name: str) -> None:
    zone = zones.zone(name)
    start = first_instant(day, zone)
    assert local_date(start, zone) >= day
    assert local_date(start - TICK, zone) < day
    assert all(local_date(earlier, zone) < day for earlier in _before(start))


@given(firsts, all_zones)
def test_a_month_starts_after_the_month_before(day: date, name: str) -> None:
    zone = zones.zone(name)
    span = first_instant(first_of_next_month(day), zone) - first_instant(day, zone)
    assert timedelta(26) < span < timedelta(32)


def test_every_zone_agrees_with_a_search_by_the_minute() -> None:
    day = date(2026, 11, 1)
    wrong = [name for name in zones.names() if first_instant(day, zones.zone(name)) != _searched(day, name)]
    assert wrong == []


def test_a_settlement_is_late_after_two_minutes() -> None:
    due = utc(2026, 12, 1, 5, 0)
    assert not is_late(due, due)
    assert not is_late(due, due + LATE_AFTER)
    assert is_late(due, due + LATE_AFTER + TICK)


# Time zones


ZONES_FAR_APART = ("Pacific/Kiritimati", "Etc/GMT+12", "America/New_York", "Asia/Tokyo", "UTC", "Europe/Berlin")
near_months = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
far_apart = st.sampled_from(ZONES_FAR_APART) | all_zones


def effective_in_force(requested_at: datetime, first: str, changes: tuple[ZoneChange, ...]) -> date:
    return effective_date(requested_at, zones.zone(zone_in_force(first, changes, requested_at)))


@pytest.mark.parametrize(
    ("present", "wanted", "asked", "effective_on"),
    [
        ("America/New_York", "Europe/Berlin", utc(2026, 11, 10), date(2026, 12, 1)),
        ("America/New_York", "Europe/Berlin", utc(2026, 12, 1, 5, 0), date(2027, 1, 1)),
        # November in New York still, December in Berlin already: what would begin has begun.
        ("America/New_York", "Europe/Berlin", utc(2026, 11, 30, 23, 0), date(2027, 1, 1)),
        # December in Berlin, November in New York still: the old month is over where it counts.
        ("Europe/Berlin", "America/New_York", utc(2026, 11, 30, 23, 0), date(2027, 1, 1)),
    ],
)
def test_a_new_zone_counts_from_the_first_of_the_next_month(
    present: str, wanted: str, asked: datetime, effective_on: date
) -> None:
    assert zone_change(asked, present, wanted) == ZoneChange(wanted, effective_on)


@pytest.mark.parametrize(
    ("first", "second", "begins"),
    [
        ("America/New_York", "Europe/Berlin", utc(2026, 11, 30, 23, 0)),
        ("Europe/Berlin", "America/New_York", utc(2026, 12, 1, 5, 0)),
        ("Etc/GMT+12", "Pacific/Kiritimati", utc(2026, 11, 30, 10, 0)),
        ("Pacific/Kiritimati", "Etc/GMT+12", utc(2026, 12, 1, 12, 0)),
    ],
)
def test_the_new_calendar_decides_when_it_begins_to_count(first: str, second: str, begins: datetime) -> None:
    change = ZoneChange(second, date(2026, 12, 1))
    assert zone_in_force(first, [change], begins - TICK) == first
    assert waiting_zone([change], begins - TICK) == change
    assert zone_in_force(first, [change], begins) == second
    assert waiting_zone([change], begins) is None


@given(asked=near_months, present=far_apart, wanted=far_apart, wait=st.timedeltas(timedelta(), timedelta(70)))
@example(utc(2026, 11, 30, 12, 0), "Pacific/Kiritimati", "Etc/GMT+12", timedelta(hours=24))
@example(utc(2026, 11, 30, 9, 59), "Etc/GMT+12", "Pacific/Kiritimati", timedelta(minutes=1))
@example(utc(2026, 11, 15), "Europe/Berlin", "America/New_York", timedelta(days=15, hours=23))
def test_no_instant_gives_an_earlier_date_than_both_calendars(
    asked: datetime, present: str, wanted: str, wait: timedelta
) -> None:
    change = zone_change(asked, present, wanted)
    at = asked + wait
    counting = zone_in_force(present, [change], at)
    effective_on = effective_in_force(at, present, (change,))
    around = abs(at - first_instant(change.effective_on, zones.zone(wanted))) < timedelta(days=2)
    if around:
        assert effective_on == max(effective_date(at, zones.zone(name)) for name in (present, wanted))
    assert effective_on == effective_date(at, zones.zone(counting))
    assert first_instant(effective_on, zones.zone(counting)) > at


@given(
    asked=near_months,
    names=st.lists(far_apart, min_size=2, max_size=5),
    pauses=st.lists(st.timedeltas(timedelta(), timedelta(40)), min_size=4, max_size=4),
    moments=st.lists(st.timedeltas(timedelta(), timedelta(200)), min_size=2, max_size=2),
)
def test_a_later_request_never_takes_effect_earlier_whatever_zones_there_were(
    asked: datetime, names: list[str], pauses: list[timedelta], moments: list[timedelta]
) -> None:
    changes: list[ZoneChange] = []
    at = asked
    for wanted, pause in zip(names[1:], pauses, strict=False):
        at += pause
        waiting = waiting_zone(changes, at)
        counting = [change for change in changes if change != waiting]
        changes = [*counting, zone_change(at, zone_in_force(names[0], counting, at), wanted)]
    firsts_of_changes = [change.effective_on for change in changes]
    assert firsts_of_changes == sorted(set(firsts_of_changes))
    # What was replaced while it waited never counted: so the list as it is now tells of all instants.
    early, late = sorted(asked + moment for moment in moments)
    known = tuple(changes)
    assert effective_in_force(early, names[0], known) <= effective_in_force(late, names[0], known)


@given(asked=near_months, present=far_apart, wanted=far_apart)
def test_a_change_of_zone_never_reaches_back(asked: datetime, present: str, wanted: str) -> None:
    change = zone_change(asked, present, wanted)
    assert first_instant(change.effective_on, zones.zone(wanted)) > asked
    assert zone_in_force(present, [change], asked) == present
    assert change.effective_on > local_date(asked, zones.zone(present))


@pytest.mark.parametrize(
    ("zone", "now", "free"),
    [
        ("Pacific/Kiritimati", utc(2026, 11, 30, 10, 0), True),
        ("Pacific/Kiritimati", utc(2026, 11, 30, 9, 59), False),
        ("Etc/GMT+12", utc(2026, 12, 1, 11, 59), False),
        ("Etc/GMT+12", utc(2026, 12, 1, 12, 0), True),
    ],
)
def test_domains_of_a_closed_account_are_free_by_its_own_calendar(zone: str, now: datetime, free: bool) -> None:
    assert is_free(DomainHolder(1, Status.CLOSED, date(2026, 12, 1), zone), now) is free


def test_the_domain_of_an_open_account_is_never_free() -> None:
    assert not is_free(DomainHolder(1, Status.SUSPENDED, None, "UTC"), utc(2099, 1, 1))


def _before(start: datetime) -> list[datetime]:
    return [start - timedelta(minutes=15 * n) for n in range(1, 4 * 60)]


def _searched(day: date, name: str) -> datetime:
    zone = zones.zone(name)
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    minutes = (begin + timedelta(minutes=n) for n in range(30 * 60))
    return next(minute for minute in minutes if local_date(minute, zone) >= day)
