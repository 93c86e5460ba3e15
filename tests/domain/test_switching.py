from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cpdesk.base import zones
from cpdesk.domain.switching import (
    LATE_AFTER,
    effective_date,
    first_instant,
    first_of_next_month,
    is_late,
    local_date,
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


def _before(start: datetime) -> list[datetime]:
    return [start - timedelta(minutes=15 * n) for n in range(1, 4 * 60)]


def _searched(day: date, name: str) -> datetime:
    zone = zones.zone(name)
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    minutes = (begin + timedelta(minutes=n) for n in range(30 * 60))
    return next(minute for minute in minutes if local_date(minute, zone) >= day)
