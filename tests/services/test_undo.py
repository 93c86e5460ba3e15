"""Rule 16: undo is a new change dated now, under the rules of now, until the mode of the account changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cpdesk.domain.operators import Role
from cpdesk.domain.people import UserQuery
from cpdesk.domain.rows import Done
from cpdesk.domain.undo import Undone
from tests.support.refusals import refused
from tests.support.world import DUE, E3, PREMIUM, STORAGE, Counts, World, dump

Doing = tuple[Callable[[], Done[Any]], str]
"""Something that can be taken back, and what the log calls it when it is."""

ADA, BOB, CY = (f"{name}@contoso.example" for name in ("ada", "bob", "cy"))


@pytest.fixture
def usage(world: World) -> int:
    """Ada holds Premium."""
    account = world.account("Contoso", ADA, BOB)
    world.assign(account, ADA)
    return account


@pytest.fixture
def pool(world: World, usage: int) -> int:
    """The same in Purchase Mode, with a second seat of Premium."""
    world.to_purchase(usage)
    world.buy(usage, 1)
    return usage


def undo(world: World, done: Done[Any]) -> Undone:
    assert done.undo
    undone = world.services.licenses.undo(world.by, done.undo, reason="a slip")
    assert undone.undo is None
    assert world.problems() == []
    return undone.value


def ids(world: World, account: int) -> tuple[int, ...]:
    return world.services.users.find_ids(world.by, account, UserQuery())


def state(world: World, account: int) -> tuple[Counts, dict[str, tuple[str, ...]]]:
    return world.counts(account), world.licenses(account)


@pytest.mark.parametrize("name", ["usage", "pool"])
def test_what_was_assigned_is_taken_back(world: World, request: pytest.FixtureRequest, name: str) -> None:
    account = request.getfixturevalue(name)
    before = state(world, account)
    undone = undo(world, world.services.licenses.assign(world.by, account, BOB, PREMIUM))
    assert undone.removed == ((PREMIUM, 1),)
    assert state(world, account) == before


@pytest.mark.parametrize("name", ["usage", "pool"])
def test_what_was_taken_is_given_back(world: World, request: pytest.FixtureRequest, name: str) -> None:
    account = request.getfixturevalue(name)
    before = state(world, account)
    undone = undo(world, world.services.licenses.remove(world.by, account, ADA, PREMIUM))
    assert undone.assigned == ((PREMIUM, 1),)
    assert state(world, account) == before


@pytest.mark.parametrize("name", ["usage", "pool"])
def test_a_change_of_many_is_taken_back_as_a_whole(world: World, request: pytest.FixtureRequest, name: str) -> None:
    account = request.getfixturevalue(name)
    if name == "pool":
        world.buy(account, 2, E3)
    before = state(world, account)
    known = {product.part_number: product.guid for product in world.services.licenses.products()}
    done = world.services.licenses.change(
        world.by, account, ids(world, account), assign=[known[E3]], remove=[known[PREMIUM]]
    )
    undone = undo(world, done)
    assert (undone.assigned, undone.removed) == (((PREMIUM, 1),), ((E3, 2),))
    assert state(world, account) == before


def test_seats_go_back_both_ways(world: World, pool: int) -> None:
    assert undo(world, world.services.licenses.add_seats(world.by, pool, PREMIUM, 4)).seats == ((PREMIUM, -4),)
    assert world.counts(pool) == Counts(2, 1)
    assert undo(world, world.services.licenses.remove_seats(world.by, pool, PREMIUM, 1)).seats == ((PREMIUM, 1),)
    assert world.counts(pool) == Counts(2, 1)


@pytest.mark.parametrize("name", ["usage", "pool"])
@pytest.mark.encrypted_too
def test_deleted_users_come_back_with_their_licenses(world: World, request: pytest.FixtureRequest, name: str) -> None:
    account = request.getfixturevalue(name)
    before, everybody = state(world, account), ids(world, account)
    undone = undo(world, world.services.users.remove_many(world.by, account, everybody))
    assert (undone.restored, undone.assigned) == ((ADA, BOB), ((PREMIUM, 1),))
    assert (state(world, account), ids(world, account)) == (before, everybody)
    assert undo(world, world.services.users.remove(world.by, account, BOB)).restored == (BOB,)


def test_exactly_the_deleted_user_comes_back_not_another_of_that_name(world: World, usage: int) -> None:
    first, _bob = ids(world, usage)
    done = world.services.users.remove(world.by, usage, ADA)
    world.user(usage, ADA)
    with refused("upn_taken"):
        undo(world, done)
    world.services.users.remove(world.by, usage, ADA)
    undo(world, done)
    assert world.services.users.find(world.by, usage, ADA).id == first


def test_it_ends_when_the_mode_has_changed_though_it_be_the_same_again(world: World, usage: int) -> None:
    done = world.services.licenses.assign(world.by, usage, BOB, PREMIUM)
    world.to_purchase(usage)
    with refused("undo_ended"):
        undo(world, done)
    world.request_usage(usage)
    world.clock.set(DUE)
    before = state(world, usage)
    with refused("undo_ended"):
        undo(world, done)
    assert state(world, usage) == before


def test_a_switch_that_is_due_is_settled_first_and_ends_it(world: World, pool: int) -> None:
    world.request_usage(pool)
    done = world.services.licenses.add_seats(world.by, pool, PREMIUM, 4)
    world.clock.set(DUE)
    with refused("undo_ended"):
        undo(world, done)
    assert world.counts(pool) == Counts(1, 1)


def test_a_pending_switch_does_not_end_it(world: World, pool: int) -> None:
    done = world.services.licenses.add_seats(world.by, pool, PREMIUM, 4)
    world.request_usage(pool)
    undo(world, done)
    assert world.counts(pool) == Counts(2, 1)


def test_nothing_is_undone_twice(world: World, pool: int) -> None:
    bought = world.services.licenses.add_seats(world.by, pool, PREMIUM, 2)
    world.buy(pool, 2)
    assigned = world.services.licenses.assign(world.by, pool, BOB, PREMIUM)
    removed = world.services.users.remove(world.by, pool, ADA)
    for done in (removed, assigned, bought):
        undo(world, done)
    world.assign(pool, BOB)
    world.services.users.remove(world.by, pool, ADA)
    before = dump(world.store.path)
    for done in (bought, assigned, removed):
        with refused("undone_already"):
            undo(world, done)
    assert dump(world.store.path) == before


def test_whoever_took_the_freed_seat_keeps_it(world: World, pool: int) -> None:
    world.give_back(pool, 1)
    done = world.services.licenses.remove(world.by, pool, ADA, PREMIUM)
    world.assign(pool, BOB)
    with refused("no_seats_available") as refusal:
        undo(world, done)
    assert refusal.params["missing"] == 1
    assert world.licenses(pool) == {ADA: (), BOB: (PREMIUM,)}


def test_a_deletion_is_undone_wholly_or_not_at_all(world: World, pool: int) -> None:
    world.assign(pool, BOB)
    world.user(pool, CY)
    done = world.services.users.remove_many(world.by, pool, ids(world, pool)[:2])
    world.assign(pool, CY)
    before = dump(world.store.path)
    with refused("no_seats_available") as refusal:
        undo(world, done)
    assert refusal.params["missing"] == 1
    assert dump(world.store.path) == before


def test_what_happened_between_gives_the_ordinary_refusals(world: World, pool: int) -> None:
    given = world.services.licenses.assign(world.by, pool, BOB, PREMIUM)
    world.unassign(pool, BOB)
    with refused("not_assigned"):
        undo(world, given)
    taken = world.services.licenses.remove(world.by, pool, ADA, PREMIUM)
    world.assign(pool, ADA)
    with refused("already_assigned"):
        undo(world, taken)
    bought = world.services.licenses.add_seats(world.by, pool, PREMIUM, 1)
    world.assign(pool, BOB)
    world.give_back(pool, 1)
    with refused("seats_below_assigned"):
        undo(world, bought)
    world.services.users.remove(world.by, pool, ADA)
    with refused("unknown_user"):
        undo(world, taken)


@pytest.mark.parametrize("name", ["usage", "pool"])
def test_a_license_that_was_given_anew_is_not_taken(world: World, request: pytest.FixtureRequest, name: str) -> None:
    account = request.getfixturevalue(name)
    given = world.services.licenses.assign(world.by, account, BOB, PREMIUM)
    world.unassign(account, BOB)
    world.assign(account, BOB)
    before = dump(world.store.path)
    with refused("changed_since") as refusal:
        undo(world, given)
    assert (refusal.params["upn"], refusal.params["product"]) == (BOB, "Microsoft 365 Business Premium")
    assert dump(world.store.path) == before


def test_a_license_that_was_taken_anew_is_not_given_back(world: World, usage: int) -> None:
    taken = world.services.licenses.remove(world.by, usage, ADA, PREMIUM)
    world.assign(usage, ADA)
    world.unassign(usage, ADA)
    with refused("changed_since"):
        undo(world, taken)


def test_other_products_and_other_users_do_not_matter(world: World, usage: int) -> None:
    given = world.services.licenses.assign(world.by, usage, BOB, PREMIUM)
    world.assign(usage, BOB, E3)
    world.unassign(usage, ADA)
    world.assign(usage, ADA)
    assert undo(world, given).removed == ((PREMIUM, 1),)
    assert world.licenses(usage) == {ADA: (PREMIUM,), BOB: (E3,)}


def test_an_undo_that_somebody_made_up_gives_no_user_a_tenant_product(world: World, usage: int) -> None:
    done = world.services.licenses.remove(world.by, usage, ADA, PREMIUM)
    assert done.undo
    ((storage,),) = world.stored("SELECT id FROM product WHERE part_number = ?", STORAGE)
    made_up = replace(done.undo, reversals=(replace(done.undo.reversals[0], assign=(storage,)),))
    with refused("not_assignable"):
        undo(world, replace(done, undo=made_up))


def test_a_deletion_can_be_undone_as_long_as_a_user_can_be_restored(world: World, usage: int) -> None:
    done = world.services.users.remove(world.by, usage, ADA)
    world.clock.advance(timedelta(days=30, microseconds=1))
    with refused("restore_too_late"):
        undo(world, done)


def test_the_log_tells_what_was_taken_back_and_why(world: World, pool: int) -> None:
    doings: list[Doing] = [
        (lambda: world.assign(pool, BOB), "license.undone"),
        (lambda: world.buy(pool, 2), "seats.undone"),
    ]
    for doing, action in doings:
        done = doing()
        number = world.services.audit.rows(world.by, pool)[0].number
        undo(world, done)
        entry = world.services.audit.rows(world.by, pool)[0]
        assert (entry.action, entry.subject, entry.reason) == (action, f"entry {number}", "a slip")
    undo(world, world.services.users.remove(world.by, pool, ADA))
    entry = world.services.audit.rows(world.by, pool)[0]
    assert (entry.action, entry.before, entry.after) == ("user.undone", None, {"upn": ADA, "licenses": [PREMIUM]})


def test_a_customer_reads_which_entry_was_taken_back_by_the_own_numbers(world: World, pool: int) -> None:
    customer = world.operator(Role.CUSTOMER, pool)
    world.account("Fabrikam", ADA)
    undo(world, world.services.licenses.add_seats(world.by, pool, PREMIUM, 2))
    undone, bought = world.services.audit.rows(customer, pool)[:2]
    assert bought.action == "seats.added"
    assert undone.subject == f"entry {bought.number}"


@pytest.mark.encrypted_too
def test_history_is_not_rewritten(world: World, pool: int) -> None:
    done = world.services.licenses.assign(world.by, pool, BOB, PREMIUM)
    world.clock.advance(timedelta(hours=5))
    undo(world, done)
    times = world.stored("SELECT recorded_at, kind FROM seat_entry ORDER BY id")[-2:]
    assert [kind for _time, kind in times] == ["assign", "unassign"]
    assert times[0][0] < times[1][0]


def test_modes_edits_and_restorations_have_no_undo(world: World, usage: int) -> None:
    ada = world.services.users.find(world.by, usage, ADA)
    shown = world.services.modes.forecast(world.by, usage, world.show(usage).mode.other)
    world.services.users.remove(world.by, usage, BOB)
    assert world.services.users.restore(world.by, usage, BOB).undo is None
    assert world.services.users.edit(world.by, usage, ada.id, ada.fields).undo is None
    assert world.services.modes.change(world.by, usage, shown.to, shown).undo is None
