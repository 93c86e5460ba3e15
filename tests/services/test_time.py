"""Rule 9: recorded times never run backwards, and a clock that is off is told."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from cpdesk.domain.modes import Mode
from cpdesk.store.fields import from_utc_text
from tests.support.refusals import refused
from tests.support.world import DUE, START, World

MINUTE = timedelta(minutes=1)


def recorded(world: World, table: str = "audit_entry") -> list[datetime]:
    return [from_utc_text(text) for (text,) in world.stored(f"SELECT recorded_at FROM {table} ORDER BY id")]


def test_entries_are_recorded_at_the_time_of_the_clock(world: World) -> None:
    world.clock.set(START + timedelta(seconds=1, microseconds=7))
    world.account()
    assert recorded(world)[-1] == START + timedelta(seconds=1, microseconds=7)


@pytest.mark.parametrize("back", [timedelta(microseconds=1), MINUTE, timedelta(days=400)])
def test_recorded_times_never_run_backwards(world: World, back: timedelta) -> None:
    account = world.pool()
    world.clock.set(START - back)
    world.buy(account, 1)
    world.request_usage(account)
    world.keep(account)
    for table in ("audit_entry", "seat_entry"):
        assert recorded(world, table) == sorted(recorded(world, table))
    assert recorded(world)[-1] == START


def test_equal_times_are_ordered_by_number(world: World) -> None:
    account = world.pool()
    world.buy(account, 1)
    listed = world.services.audit.rows(world.by)
    assert [entry.number for entry in listed] == sorted((entry.number for entry in listed), reverse=True)
    assert len({entry.recorded_at for entry in listed}) == 1


def test_a_request_with_the_clock_set_back_counts_from_the_latest_entry(world: World) -> None:
    account = world.pool()
    world.clock.set(DUE)
    world.buy(account, 1)
    world.clock.set(START)
    pending = world.request_usage(account).pending
    assert pending
    assert (pending.requested_at, pending.effective_on.isoformat()) == (DUE, "2027-01-01")


def test_setting_the_clock_back_does_not_undo_a_settlement(world: World) -> None:
    account = world.pool()
    world.request_usage(account)
    world.clock.set(DUE)
    assert world.mode(account) is Mode.USAGE
    world.clock.set(DUE - timedelta(days=20))
    assert world.mode(account) is Mode.USAGE
    with refused("nothing_pending"):
        world.keep(account)


def test_a_switch_stays_due_when_the_clock_is_set_back_behind_a_later_entry(world: World) -> None:
    account, other = world.pool("Contoso"), world.account("Fabrikam")
    world.request_usage(account)
    world.clock.set(DUE)
    world.user(other, "dan@fabrikam.example")
    world.clock.set(START)
    with refused("nothing_pending"):
        world.keep(account)
    assert world.mode(account) is Mode.USAGE


@pytest.mark.parametrize(
    ("moved", "code"),
    [
        (-2 * MINUTE, None),
        (-2 * MINUTE - timedelta(microseconds=1), "clock_behind"),
        (timedelta(days=-400), "clock_behind"),
        (timedelta(days=35), None),
        (timedelta(days=35, microseconds=1), "clock_leapt"),
        (timedelta(days=4000), "clock_leapt"),
    ],
)
def test_a_clock_that_is_off_is_told_with_both_times(world: World, moved: timedelta, code: str | None) -> None:
    world.clock.set(START + moved)
    warning = world.services.modes.apply_due().warning
    assert (warning.code if warning else None) == code
    if warning:
        assert (warning.system, warning.last_recorded) == (START + moved, START)


def leaps(world: World) -> int:
    return sum(entry.action == "clock.leapt" for entry in world.services.audit.rows(world.by))


def test_a_leap_is_audited_once_and_told_once(world: World) -> None:
    world.clock.set(START + timedelta(days=36))
    assert world.services.modes.apply_due().warning
    assert world.services.modes.apply_due().warning is None
    entry = world.services.audit.rows(world.by)[0]
    assert (entry.action, entry.operator, entry.after) == (
        "clock.leapt",
        "cpdesk",
        {"last_recorded": START.isoformat(), "system": world.clock.now().isoformat()},
    )
    assert leaps(world) == 1


def test_any_change_audits_a_leap_first(world: World) -> None:
    account = world.pool()
    world.clock.advance(timedelta(days=36))
    with refused("bad_count"):
        world.buy(account, 0)
    assert leaps(world) == 1
    world.buy(account, 1)
    assert leaps(world) == 1


def test_nothing_waits_for_a_leap_to_be_confirmed(world: World) -> None:
    account = world.pool()
    world.request_usage(account)
    world.clock.set(START + timedelta(days=4000))
    report = world.services.modes.apply_due()
    assert report.warning
    assert [settled.account_id for settled in report.applied] == [account]
    assert (world.mode(account), leaps(world)) == (Mode.USAGE, 1)


def test_a_clock_that_stays_behind_stops_nothing(world: World) -> None:
    account = world.pool("Contoso", "ada@contoso.example")
    world.clock.set(START - timedelta(days=100))
    world.assign(account, "ada@contoso.example")
    world.reopen()
    assert world.counts(account).assigned == 1
    warning = world.services.modes.apply_due().warning
    assert warning
    assert warning.code == "clock_behind"


def test_a_clock_that_is_behind_is_told_without_touching_the_database(world: World) -> None:
    world.account()
    world.clock.advance(timedelta(days=-1))
    with closing(sqlite3.connect(world.store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with world.store.impatience(10):
            warning = world.services.modes.apply_due().warning
    assert warning is not None
    assert warning.code == "clock_behind"


def test_only_a_settlement_has_another_effective_time(world: World) -> None:
    account = world.pool()
    world.request_usage(account)
    world.clock.set(DUE + timedelta(days=3))
    world.services.modes.apply_due()
    world.to_purchase(account)
    different = world.stored("SELECT action, effective_at FROM audit_entry WHERE effective_at <> recorded_at")
    assert different == [("mode.completed", "2026-12-01T05:00:00.000000Z")]
