"""Rules 5 and 6: Purchase to Usage waits for the first of the next month, and can be withdrawn until then."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cpdesk.domain.modes import Mode
from tests.support.refusals import refused
from tests.support.world import DUE, E3, NEW_YORK, PREMIUM, START, STORAGE, Counts, World

ADA, BOB = "ada@contoso.example", "bob@contoso.example"
TICK = timedelta(microseconds=1)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def test_a_request_is_pending_and_changes_no_count(world: World) -> None:
    account = world.pool(seats=3)
    row = world.request_usage(account)
    assert row.mode is Mode.PURCHASE
    assert row.pending
    assert (row.pending.to, row.pending.effective_on, row.pending.due_at) == (Mode.USAGE, date(2026, 12, 1), DUE)
    assert (row.pending.time_zone, row.pending.requested_at, row.pending.requested_by) == (
        NEW_YORK,
        START,
        world.by.email,
    )
    assert world.counts(account) == Counts(3, 0)


@pytest.mark.parametrize(
    ("zone", "requested_at", "effective_on", "due_at"),
    [
        (NEW_YORK, utc(2026, 12, 1, 4, 59, 59, 999999), date(2026, 12, 1), utc(2026, 12, 1, 5)),
        (NEW_YORK, utc(2026, 12, 1, 5), date(2027, 1, 1), utc(2027, 1, 1, 5)),
        (NEW_YORK, utc(2026, 12, 31, 12), date(2027, 1, 1), utc(2027, 1, 1, 5)),
        (NEW_YORK, utc(2028, 2, 29, 12), date(2028, 3, 1), utc(2028, 3, 1, 5)),
        ("Etc/GMT+12", utc(2026, 12, 1, 11, 59), date(2026, 12, 1), utc(2026, 12, 1, 12)),
        ("Pacific/Kiritimati", utc(2026, 11, 30, 10), date(2027, 1, 1), utc(2026, 12, 31, 10)),
        ("America/Asuncion", utc(2026, 12, 15), date(2027, 1, 1), utc(2027, 1, 1, 3)),
        ("America/Havana", utc(2028, 9, 15), date(2028, 10, 1), utc(2028, 10, 1, 4)),
    ],
)
def test_when_a_request_takes_effect(
    world: World, zone: str, requested_at: datetime, effective_on: date, due_at: datetime
) -> None:
    account = world.pool(zone=zone)
    world.clock.set(requested_at)
    pending = world.request_usage(account).pending
    assert pending
    assert (pending.effective_on, pending.due_at) == (effective_on, due_at)
    world.clock.set(due_at - TICK)
    assert world.mode(account) is Mode.PURCHASE
    world.clock.set(due_at)
    assert world.mode(account) is Mode.USAGE


def test_a_day_with_two_midnights_begins_with_the_first(world: World) -> None:
    account = world.pool(zone="America/Havana")
    world.clock.set(utc(2032, 10, 20))
    pending = world.request_usage(account).pending
    assert pending
    assert pending.due_at == utc(2032, 11, 1, 4)


def test_until_then_the_account_is_in_purchase_mode_in_every_respect(world: World) -> None:
    account = world.pool("Contoso", ADA, BOB, seats=1)
    world.request_usage(account)
    world.clock.set(DUE - TICK)
    world.assign(account, ADA)
    with refused("no_seats_available"):
        world.assign(account, BOB)
    world.buy(account, 4)
    world.buy(account, 2, STORAGE)
    world.assign(account, BOB)
    world.unassign(account, BOB)
    world.services.users.remove(world.by, account, BOB)
    world.give_back(account, 1)
    with refused("already_in_mode"):
        world.services.modes.forecast(world.by, account, Mode.PURCHASE)
    assert world.counts(account) == Counts(4, 1)
    assert world.counts(account, STORAGE) == Counts(2, 0)
    assert world.mode(account) is Mode.PURCHASE


def test_from_the_due_instant_on_it_is_in_usage_mode(world: World) -> None:
    account = world.pool("Contoso", ADA, BOB, seats=4)
    world.assign(account, ADA)
    world.buy(account, 2, STORAGE)
    world.request_usage(account)
    world.clock.set(DUE)
    with refused("seats_follow_assignments"):
        world.buy(account, 1)
    with refused("seats_follow_assignments"):
        world.give_back(account, 1)
    with refused("tenant_needs_purchase_mode"):
        world.buy(account, 1, STORAGE)
    assert (world.counts(account), world.counts(account, STORAGE)) == (Counts(1, 1), Counts(0, 0))
    assert world.licenses(account) == {ADA: (PREMIUM,), BOB: ()}
    world.assign(account, BOB)
    assert world.counts(account) == Counts(2, 2)


@pytest.mark.encrypted_too
def test_unassigned_and_tenant_seats_are_released_and_assigned_ones_stay(world: World) -> None:
    account = world.pool("Contoso", ADA, seats=4)
    world.assign(account, ADA)
    world.buy(account, 1, E3)
    world.assign(account, ADA, E3)
    world.buy(account, 2, STORAGE)
    world.request_usage(account)
    world.clock.set(DUE)
    (settled,) = world.services.modes.apply_due().applied
    assert settled.released == ((STORAGE, 2), (PREMIUM, 3))
    assert (world.counts(account), world.counts(account, E3)) == (Counts(1, 1), Counts(1, 1))


def test_the_outlook_follows_what_happens_while_it_waits(world: World) -> None:
    account = world.pool(seats=2)
    assert world.services.modes.outlook(world.by, account) is None
    world.request_usage(account)
    world.clock.set(DUE - TICK)
    world.buy(account, 3)
    outlook = world.services.modes.outlook(world.by, account)
    assert outlook
    assert (outlook.released, outlook.effective_on, outlook.due_at) == (5, date(2026, 12, 1), DUE)
    world.clock.set(DUE)
    assert world.services.modes.outlook(world.by, account) is None


def test_one_switch_at_most_is_pending(world: World) -> None:
    account = world.pool()
    shown = world.services.modes.forecast(world.by, account, Mode.USAGE)
    world.services.modes.change(world.by, account, Mode.USAGE, shown)
    with refused("switch_pending") as refusal:
        world.services.modes.change(world.by, account, Mode.USAGE, shown)
    assert refusal.params["effective_on"] == date(2026, 12, 1)
    with refused("switch_pending"):
        world.services.modes.forecast(world.by, account, Mode.USAGE)
    assert world.stored("SELECT count(*) FROM mode_switch WHERE state = 'pending'") == [(1,)]


def test_accounts_wait_independently(world: World) -> None:
    first, other = world.pool("Contoso"), world.pool("Fabrikam", zone="Pacific/Kiritimati")
    world.request_usage(first)
    world.request_usage(other)
    world.clock.set(DUE - timedelta(hours=1))
    assert (world.mode(first), world.mode(other)) == (Mode.PURCHASE, Mode.USAGE)


def test_a_request_can_be_withdrawn_until_it_is_due(world: World) -> None:
    account = world.pool(seats=3)
    world.request_usage(account)
    world.clock.set(DUE - TICK)
    row = world.keep(account)
    assert (row.mode, row.pending) == (Mode.PURCHASE, None)
    world.clock.set(DUE + timedelta(days=40))
    assert world.services.modes.apply_due().applied == ()
    assert (world.mode(account), world.counts(account)) == (Mode.PURCHASE, Counts(3, 0))


def test_at_the_due_instant_it_is_too_late_and_the_switch_is_completed(world: World) -> None:
    account = world.pool(seats=3)
    world.request_usage(account)
    world.clock.set(DUE)
    with refused("nothing_pending"):
        world.keep(account)
    assert world.stored("SELECT mode FROM account") == [("usage",)]
    assert world.stored("SELECT state, due_at, ended_at FROM mode_switch WHERE to_mode = 'usage'") == [
        ("done", "2026-12-01T05:00:00.000000Z", "2026-12-01T05:00:00.000000Z")
    ]
    assert world.stored("SELECT seats FROM subscription") == [(0,)]


def test_withdrawing_when_nothing_is_pending_is_refused(world: World) -> None:
    account = world.pool()
    with refused("nothing_pending"):
        world.keep(account)
    world.request_usage(account)
    world.keep(account)
    with refused("nothing_pending"):
        world.keep(account)


def test_a_request_after_a_withdrawal_counts_from_its_own_day(world: World) -> None:
    account = world.pool()
    world.request_usage(account)
    world.keep(account)
    world.clock.set(DUE + timedelta(hours=1))
    pending = world.request_usage(account).pending
    assert pending
    assert pending.effective_on == date(2027, 1, 1)
