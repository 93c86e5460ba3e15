"""Rules 1 and 4: Usage to Purchase is immediate and changes nothing but the mode."""

from dataclasses import replace
from datetime import date

from cpdesk.domain.modes import Mode
from tests.support.refusals import refused
from tests.support.world import E3, START, Counts, World, dump

ADA, BOB = "ada@contoso.example", "bob@contoso.example"
FOLLOWS_A_SWITCH = {"account", "audit_entry", "mode_switch", "setting"}
"""The setting is the end of the audit chain."""


def test_a_new_account_is_in_usage_mode_without_a_service(world: World) -> None:
    row = world.show(world.account(active=False))
    assert (row.mode, row.service_active, row.pending, row.seats) == (Mode.USAGE, False, None, 0)


def test_no_mode_can_be_changed_before_the_service_is_active(world: World) -> None:
    active, idle = world.account("Contoso"), world.account("Fabrikam", active=False)
    shown = world.services.modes.forecast(world.by, active, Mode.PURCHASE)
    with refused("service_not_active"):
        world.services.modes.forecast(world.by, idle, Mode.PURCHASE)
    with refused("service_not_active"):
        world.services.modes.change(world.by, idle, Mode.PURCHASE, replace(shown, account_id=idle))
    assert world.mode(idle) is Mode.USAGE


def test_a_service_can_be_activated_once(world: World) -> None:
    account = world.account(active=False)
    assert world.services.accounts.activate(world.by, account).value.service_active
    with refused("service_already_active"):
        world.services.accounts.activate(world.by, account)


def test_nothing_changes_but_the_mode(world: World) -> None:
    account = world.account("Contoso", ADA, BOB)
    world.assign(account, ADA)
    world.assign(account, BOB)
    world.assign(account, BOB, E3)
    before = dump(world.store.path)
    row = world.to_purchase(account)
    after = dump(world.store.path)
    assert row.mode is Mode.PURCHASE
    assert {table for table in after if after[table] != before[table]} == FOLLOWS_A_SWITCH
    assert [tuple(column for column in before["account"][0] if column != "usage")] == [
        tuple(column for column in after["account"][0] if column != "purchase")
    ]
    assert len(after["audit_entry"]) == len(before["audit_entry"]) + 1


def test_the_pool_opens_with_exactly_the_assigned_seats(world: World) -> None:
    account = world.account("Contoso", ADA, BOB)
    world.assign(account, ADA)
    world.to_purchase(account)
    assert world.counts(account) == Counts(seats=1, assigned=1)
    with refused("no_seats_available") as refusal:
        world.assign(account, BOB)
    assert refusal.params["missing"] == 1
    world.buy(account, 1)
    world.assign(account, BOB)
    assert world.counts(account) == Counts(2, 2)


def test_it_is_recorded_as_done_at_once(world: World) -> None:
    account = world.account()
    world.to_purchase(account)
    _row, switch = world.services.modes.show(world.by, account)
    assert switch
    assert (switch.to, switch.effective_on) == (Mode.PURCHASE, date(2026, 11, 10))
    assert switch.requested_at == switch.due_at == switch.applied_at == START
    assert (switch.requested_by, switch.released) == (world.by.email, ())


def test_the_local_date_counts(world: World) -> None:
    account = world.account(zone="Pacific/Kiritimati")
    world.to_purchase(account)
    _row, switch = world.services.modes.show(world.by, account)
    assert switch
    assert switch.effective_on == date(2026, 11, 11)


def test_the_mode_it_already_has_is_refused(world: World) -> None:
    account = world.account()
    shown = world.services.modes.forecast(world.by, account, Mode.PURCHASE)
    with refused("already_in_mode"):
        world.services.modes.forecast(world.by, account, Mode.USAGE)
    with refused("already_in_mode"):
        world.services.modes.change(world.by, account, Mode.USAGE, shown)
    world.to_purchase(account)
    with refused("already_in_mode"):
        world.services.modes.change(world.by, account, Mode.PURCHASE, shown)


def test_after_a_way_back_the_way_there_is_open_again(world: World) -> None:
    account = world.pool()
    world.request_usage(account)
    world.clock.set(world.clock.now().replace(month=12, day=2))
    assert world.mode(account) is Mode.USAGE
    assert world.to_purchase(account).mode is Mode.PURCHASE
