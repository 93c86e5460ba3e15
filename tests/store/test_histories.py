"""What accounts held in the past, read from the ledger."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cpdesk.domain.accounts import ZoneChange
from cpdesk.domain.histories import History
from cpdesk.domain.modes import Mode
from cpdesk.store import histories
from tests.support.world import DUE, E3, NEW_YORK, PREMIUM, START, World

ADA, BOB = "ada@contoso.example", "bob@contoso.example"
LONG_AGO, LATER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)


def history(world: World, account: int, start: datetime = LONG_AGO, end: datetime = LATER) -> History:
    with world.store.read():
        return histories.of_accounts([account], start, end)[account]


def product(world: World, part_number: str) -> int:
    ((number,),) = world.stored("SELECT id FROM product WHERE part_number = ?", part_number)
    return int(number)


def test_every_instant_is_one_change(world: World) -> None:
    account = world.account("Contoso", ADA, BOB)
    world.assign(account, ADA)
    world.assign(account, BOB)
    world.clock.advance(HOUR)
    world.unassign(account, ADA)
    (premium,) = history(world, account).products.values()
    assert (premium.product_id, premium.seats, premium.assigned) == (product(world, PREMIUM), 0, 0)
    assert [
        (change.effective_at, change.seats_after, change.assigned_after, change.given, change.taken)
        for change in premium.changes
    ] == [(START, 2, 2, 2, 0), (START + HOUR, 1, 1, 0, 1)]
    assert [change.number for change in premium.changes] == [2, 3]


def test_what_was_before_is_the_opening_and_what_comes_after_is_left_out(world: World) -> None:
    account = world.pool("Contoso", ADA, seats=3)
    world.clock.advance(HOUR)
    world.assign(account, ADA)
    world.clock.advance(HOUR)
    world.buy(account, 2)
    world.buy(account, 1, E3)
    found = history(world, account, START + HOUR, START + 2 * HOUR)
    premium = found.products[product(world, PREMIUM)]
    assert (premium.seats, premium.assigned) == (3, 0)
    assert [(change.seats_after, change.assigned_after) for change in premium.changes] == [(3, 1)]
    assert list(found.products) == [product(world, PREMIUM)]


def test_just_before_an_instant_what_begins_with_it_does_not_count(world: World) -> None:
    account = world.pool("Contoso", seats=3)
    premium = history(world, account).products[product(world, PREMIUM)]
    assert (premium.before(START), premium.before(START + TICK)) == ((0, 0), (3, 0))


def test_a_late_settlement_counts_from_when_it_was_due(world: World) -> None:
    account = world.pool("Contoso", ADA, seats=3)
    world.assign(account, ADA)
    world.request_usage(account)
    world.clock.set(DUE + 100 * HOUR)
    world.show(account)
    found = history(world, account)
    assert found.modes == [(START, Mode.PURCHASE), (DUE, Mode.USAGE)]
    assert (found.mode_before(START), found.mode_before(DUE), found.mode_before(DUE + TICK)) == (
        Mode.USAGE,
        Mode.PURCHASE,
        Mode.USAGE,
    )
    premium = found.products[product(world, PREMIUM)]
    assert (premium.before(DUE), premium.before(DUE + TICK)) == ((3, 1), (1, 1))


@pytest.mark.parametrize("ending", ["pending", "withdrawn", "closed"])
def test_only_completed_switches_count(world: World, ending: str) -> None:
    account = world.pool("Contoso", seats=3)
    world.request_usage(account)
    if ending == "withdrawn":
        world.keep(account)
    if ending == "closed":
        world.shut(account)
    assert history(world, account).modes == [(START, Mode.PURCHASE)]


def test_zones_begin_with_the_first_one(world: World) -> None:
    account = world.account()
    world.services.accounts.edit(world.by, account, time_zone="Asia/Tokyo")
    found = history(world, account)
    assert (found.first_zone, found.zone_changes) == (NEW_YORK, [ZoneChange("Asia/Tokyo", date(2026, 12, 1))])
    assert (found.zone_name(date(2026, 11, 30)), found.zone_name(date(2026, 12, 1))) == (NEW_YORK, "Asia/Tokyo")
    assert (found.created_at, found.first_day()) == (START, date(2026, 11, 10))


def test_many_come_in_the_order_that_was_asked_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(histories, "_BATCH", 2)
    accounts = [world.pool(f"Account{number}", seats=number) for number in range(1, 6)]
    asked = [accounts[3], 4711, accounts[0], accounts[4], accounts[1]]
    with world.store.read():
        found = list(histories.streamed(asked, LONG_AGO, LATER))
        assert histories.of_accounts([], LONG_AGO, LATER) == {}
    assert [one.account_id for one in found] == [number for number in asked if number != 4711]
    assert [one.products[product(world, PREMIUM)].changes[-1].seats_after for one in found] == [4, 1, 5, 2]


def test_the_entries_behind_a_line_tell_what_changed_the_seats(world: World) -> None:
    account = world.pool("Contoso", ADA, seats=3)
    world.assign(account, ADA)
    world.clock.advance(HOUR)
    world.give_back(account, 1)
    premium = product(world, PREMIUM)
    with world.store.read():
        entries = histories.entries(account, premium, LONG_AGO, LATER)
        before = histories.latest_entry(account, premium, START + HOUR)
        assert histories.latest_entry(account, premium, START) == []
    assert [(entry.kind, entry.seats, entry.seats_after) for entry in entries] == [("add", 3, 3), ("remove", -1, 2)]
    assert before == entries[:1]
