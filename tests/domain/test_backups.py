"""Names of backups, and which of them stay."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.domain.backups import (
    KEPT_DAYS,
    KEPT_MONTHS,
    BackupKind,
    BackupRow,
    file_name,
    local_day,
    made_today,
    newest_first,
    read_name,
    superfluous,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FOLDER = Path("backups")

kinds = st.sampled_from(list(BackupKind))
instants = st.datetimes(datetime(2020, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda instant: instant.replace(microsecond=0)
)
zones = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))


def row(kind: BackupKind, made_at: datetime, schema: int = 4) -> BackupRow:
    return BackupRow(FOLDER / file_name(kind, made_at, schema), kind, made_at, 1, schema)


rows = st.builds(row, kinds, instants, st.integers(1, 3))
folders = st.lists(rows, max_size=60, unique_by=lambda one: one.path)


def daily(*instants: datetime) -> list[BackupRow]:
    return [row(BackupKind.DAILY, instant) for instant in instants]


def kept(there: Sequence[BackupRow], now: datetime) -> list[datetime]:
    gone = superfluous(there, now, UTC)
    return sorted(one.made_at for one in there if one not in gone)


# Names


@given(kinds, instants, st.integers(0, 9999))
def test_a_name_says_what_the_backup_is(kind: BackupKind, made_at: datetime, schema: int) -> None:
    path = FOLDER / file_name(kind, made_at, schema)
    assert read_name(path, 5) == BackupRow(path, kind, made_at, 5, schema)


@given(st.text())
def test_other_names_are_nobodys_backups(name: str) -> None:
    assert read_name(FOLDER / f"cpdesk-{name}.db", 1) is None


@pytest.mark.parametrize(
    "name",
    [
        "cpdesk.db",
        "cpdesk-daily-20261123T120000Z-schema4.db.1a2b3c4d.cpdesk-unfinished",
        "cpdesk-daily-20261123T120000Z-schema4.db.bak",
        "my cpdesk-daily-20261123T120000Z-schema4.db",
        "cpdesk-daily-20261323T120000Z-schema4.db",
        "cpdesk-daily-20261123T120000Z-schema٤.db",
        "cpdesk-damaged-20261123T120000Z.db",
        "cpdesk-yearly-20261123T120000Z-schema4.db",
    ],
)
def test_what_only_looks_like_one_is_left_alone(name: str) -> None:
    assert read_name(FOLDER / name, 1) is None


# The rotation


def test_ten_days_and_twelve_months_stay() -> None:
    now = datetime(2025, 1, 1, 8, 0, tzinfo=UTC)
    there: list[BackupRow] = []
    for _day in range(700):
        now += DAY
        there += daily(now)
        gone = superfluous(there, now, UTC)
        there = [one for one in there if one not in gone]
    made = sorted(one.made_at for one in there)
    assert made[-10:] == [now - number * DAY for number in range(9, -1, -1)]
    # The last of each month; those of November and December 2026 are among the ten days.
    assert [(one.month, one.day) for one in made[:-10]] == [
        *((1, 31), (2, 28), (3, 31), (4, 30), (5, 31)),
        *((6, 30), (7, 31), (8, 31), (9, 30), (10, 31)),
    ]


def test_a_program_that_rarely_runs_keeps_ten_of_its_days() -> None:
    days = [NOON - number * 40 * DAY for number in range(30)]
    assert kept(daily(*days), NOON) == sorted(days[:12])


def test_of_several_on_one_day_the_newest_stays() -> None:
    assert kept(daily(NOON, NOON - timedelta(hours=1), NOON - DAY), NOON) == [NOON - DAY, NOON]


def test_days_are_those_of_the_zone() -> None:
    late, early = datetime(2026, 11, 22, 23, 30, tzinfo=UTC), datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    there = daily(late, early)
    assert superfluous(there, early, UTC) == []
    assert superfluous(there, early, timezone(timedelta(hours=1))) == daily(late)
    assert made_today(daily(late), early, timezone(timedelta(hours=1)))
    assert not made_today(daily(late), early, UTC)


def test_a_backup_of_another_kind_is_not_the_one_of_the_day() -> None:
    assert not made_today([row(BackupKind.MANUAL, NOON), row(BackupKind.RESTORE, NOON)], NOON, UTC)


def test_a_clock_that_was_ahead_takes_no_place_from_what_came_later() -> None:
    ahead = daily(*(NOON + (400 + number * 31) * DAY for number in range(40)))
    usual = daily(*(NOON - number * DAY for number in range(KEPT_DAYS)))
    assert superfluous(ahead + usual, NOON, UTC) == []
    assert not made_today(ahead, NOON, UTC)


def test_upgrades_keep_the_newest_two_of_each_schema() -> None:
    tries = [row(BackupKind.UPGRADE, NOON - number * DAY, 4) for number in range(5)]
    older = row(BackupKind.UPGRADE, NOON - 900 * DAY, 3)
    assert superfluous([*tries, older], NOON, UTC) == tries[2:]


@given(folders, instants, zones)
def test_nothing_goes_but_what_the_program_made_by_itself(
    there: list[BackupRow], now: datetime, zone: timezone
) -> None:
    gone = superfluous(there, now, zone)
    assert len(gone) == len({one.path for one in gone})
    assert set(gone) <= set(there)
    assert {one.kind for one in gone} <= {BackupKind.DAILY, BackupKind.UPGRADE}
    assert all(one.made_at <= now for one in gone)


@given(folders, instants, zones, kinds)
def test_the_one_that_was_just_made_stays_and_so_does_the_newest(
    there: list[BackupRow], now: datetime, zone: timezone, kind: BackupKind
) -> None:
    made = row(kind, now, 5)
    gone = superfluous([*there, made], now, zone)
    assert made not in gone
    assert newest_first([*there, made])[0] not in gone


@given(folders, instants, zones)
def test_what_stays_is_few_and_stays_at_a_second_look(there: list[BackupRow], now: datetime, zone: timezone) -> None:
    gone = superfluous(there, now, zone)
    left = [one for one in there if one not in gone]
    assert superfluous(left, now, zone) == []
    past = [one for one in left if one.kind is BackupKind.DAILY and one.made_at <= now]
    assert len(past) <= KEPT_DAYS + KEPT_MONTHS
    days = {local_day(one.made_at, zone) for one in there if one.kind is BackupKind.DAILY and one.made_at <= now}
    assert {local_day(one.made_at, zone) for one in past} >= set(sorted(days)[-KEPT_DAYS:])


@given(st.lists(st.integers(-900, 900), min_size=1, max_size=80))
def test_each_day_has_its_backup_whatever_the_clock_does(leaps: list[int]) -> None:
    there: list[BackupRow] = []
    now = NOON
    for leap in leaps:
        now += leap * DAY
        if not made_today(there, now, UTC):
            there += daily(now)
            gone = superfluous(there, now, UTC)
            there = [one for one in there if one not in gone]
        assert made_today(there, now, UTC)
