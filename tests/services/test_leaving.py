"""What becomes of the seats of users who leave: back to the pool, out of it, or on to somebody else; and one Undo."""

from datetime import date
from decimal import Decimal

import pytest

from cpdesk.domain import leaving
from cpdesk.domain.leaving import SeatWish
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from cpdesk.domain.people import UserQuery
from cpdesk.domain.undo import Undone
from tests.support.refusals import refused
from tests.support.world import DUE, E3, PREMIUM, Counts, World, dump

ADA, BOB, CY, DAN = (f"{name}@contoso.example" for name in ("ada", "bob", "cy", "dan"))


@pytest.fixture
def usage(world: World) -> int:
    """Ada holds two licenses, Bob one, Cy and Dan none."""
    account = world.account("Contoso", ADA, BOB, CY, DAN)
    for upn, product in ((ADA, PREMIUM), (ADA, E3), (BOB, PREMIUM)):
        world.assign(account, upn, product)
    return account


@pytest.fixture
def pool(world: World, usage: int) -> int:
    """The same in Purchase Mode, with a third seat of Premium."""
    world.to_purchase(usage)
    world.buy(usage, 1)
    return usage


def ids(world: World, account: int) -> tuple[int, ...]:
    return world.services.users.find_ids(world.by, account, UserQuery())


def guid(world: World, part_number: str) -> str:
    return next(item.guid for item in world.services.licenses.products() if item.part_number == part_number)


def test_freed_seats_stay_in_the_pool_unless_something_is_wished(world: World, pool: int) -> None:
    ada, bob, _cy, _dan = ids(world, pool)
    done = world.services.users.leave(world.by, pool, [ada, bob])
    assert (done.value.freed, done.value.released, done.value.handed_on) == (3, (), ())
    assert world.counts(pool) == Counts(3, 0)
    assert world.problems() == []


def test_each_product_has_its_own_wish(world: World, pool: int) -> None:
    ada, bob, cy, _dan = ids(world, pool)
    wishes = [SeatWish(guid(world, PREMIUM), takers=(cy,)), SeatWish(guid(world, E3), release=True)]
    done = world.services.users.leave(world.by, pool, [ada, bob], wishes)
    assert (done.value.released, done.value.handed_on) == (((E3, 1),), ((PREMIUM, 1),))
    assert world.counts(pool) == Counts(3, 1)
    assert world.counts(pool, E3) == Counts(0, 0)
    assert world.licenses(pool) == {CY: (PREMIUM,), DAN: ()}
    assert world.problems() == []


def test_what_is_not_taken_over_can_be_released(world: World, pool: int) -> None:
    ada, bob, cy, _dan = ids(world, pool)
    done = world.services.users.leave(world.by, pool, [ada, bob], [SeatWish(guid(world, PREMIUM), (cy,), release=True)])
    assert (done.value.released, done.value.handed_on) == (((PREMIUM, 1),), ((PREMIUM, 1),))
    assert world.counts(pool) == Counts(2, 1)


def test_one_may_take_over_all_that_another_had(world: World, pool: int) -> None:
    ada, _bob, _cy, dan = ids(world, pool)
    wishes = [SeatWish(guid(world, product), takers=(dan,)) for product in (PREMIUM, E3)]
    world.services.users.leave(world.by, pool, [ada], wishes, reason="INC-7")
    assert world.licenses(pool)[DAN] == (E3, PREMIUM)
    entries = world.services.audit.rows(world.by, pool)[:2]
    assert [(entry.action, entry.reason) for entry in entries] == [
        ("license.changed", "INC-7"),
        ("user.removed", "INC-7"),
    ]
    assert entries[0].after == {"upn": DAN, "licenses": [E3, PREMIUM]}


def test_a_release_has_an_entry_with_the_counts(world: World, pool: int) -> None:
    ada, bob, *_others = ids(world, pool)
    world.services.users.leave(world.by, pool, [ada, bob], [SeatWish(guid(world, PREMIUM), release=True)], reason="x")
    latest = world.services.audit.rows(world.by, pool)[0]
    assert (latest.action, latest.subject, latest.reason) == ("seats.removed", f"product {PREMIUM}", "x")
    assert latest.before == {"product": PREMIUM, "seats": 3, "assigned": 0}
    assert latest.after == {"product": PREMIUM, "seats": 1, "assigned": 0}


def test_all_of_it_is_undone_in_one_step(world: World, pool: int) -> None:
    before = world.counts(pool), world.counts(pool, E3), world.licenses(pool)
    ada, bob, cy, dan = ids(world, pool)
    world.give_back(pool, 1)
    wishes = [SeatWish(guid(world, PREMIUM), takers=(cy, dan)), SeatWish(guid(world, E3), release=True)]
    done = world.services.users.leave(world.by, pool, [ada, bob], wishes)
    assert done.undo
    undone = world.services.licenses.undo(world.by, done.undo).value
    assert undone == Undone(Mode.PURCHASE, (ADA, BOB), ((E3, 1), (PREMIUM, 2)), ((PREMIUM, 2),), ((E3, 1),))
    world.buy(pool, 1)
    assert (world.counts(pool), world.counts(pool, E3), world.licenses(pool)) == before
    assert world.problems() == []
    with refused("undone_already"):
        world.services.licenses.undo(world.by, done.undo)


def test_a_second_undo_is_told_so_though_the_account_is_suspended_by_now(world: World, pool: int) -> None:
    done = world.services.users.leave(world.by, pool, ids(world, pool)[:1])
    assert done.undo
    world.services.licenses.undo(world.by, done.undo)
    world.suspend(pool)
    with refused("undone_already"):
        world.services.licenses.undo(world.by, done.undo)


def test_undo_says_what_lacks_when_the_seats_were_used_meanwhile(world: World, pool: int) -> None:
    ada, _bob, cy, _dan = ids(world, pool)
    world.give_back(pool, 1)
    done = world.services.users.leave(world.by, pool, [ada])
    world.assign(pool, CY)
    before = dump(world.store.path)
    assert done.undo
    with refused("no_seats_available") as refusal:
        world.services.licenses.undo(world.by, done.undo)
    assert refusal.params["missing"] == 1
    assert dump(world.store.path) == before
    assert cy


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        (lambda ids, guid: [SeatWish(guid, takers=(ids[2], ids[3]))], "takers_exceed_freed"),
        (lambda ids, guid: [SeatWish(guid, takers=(ids[0],))], "taker_leaves"),
        (lambda ids, guid: [SeatWish(guid, takers=(ids[1],))], "already_assigned"),
        (lambda _ids, guid: [SeatWish(guid, takers=(4711,))], "unknown_user"),
        (lambda ids, _guid: [SeatWish("no-such-guid", takers=(ids[2],))], "unknown_product"),
    ],
)
def test_a_wish_that_cannot_be_granted_changes_nothing(world: World, pool: int, wishes: object, code: str) -> None:
    everybody = ids(world, pool)
    before = dump(world.store.path)
    with refused(code):
        world.services.users.leave(
            world.by,
            pool,
            everybody[:1],
            wishes(everybody, guid(world, PREMIUM)),  # type: ignore[operator]
        )
    assert dump(world.store.path) == before


@pytest.mark.parametrize(("takers", "code"), [((2, 2), "already_assigned"), ((2, 3, 2), "takers_exceed_freed")])
def test_nobody_gets_two_seats_of_a_product_and_no_more_are_handed_on_than_come_free(
    world: World, usage: int, takers: tuple[int, ...], code: str
) -> None:
    everybody, premium, before = ids(world, usage), guid(world, PREMIUM), dump(world.store.path)
    each = [SeatWish(premium, takers=(everybody[number],)) for number in takers]
    for wishes in (each, [SeatWish(premium.upper(), takers=tuple(everybody[number] for number in takers))]):
        with refused(code):
            world.services.users.leave(world.by, usage, everybody[:2], wishes)
    assert dump(world.store.path) == before


def test_seats_that_became_fewer_meanwhile_are_released_as_far_as_they_are_free(world: World, pool: int) -> None:
    ada, bob, *_others = ids(world, pool)
    world.unassign(pool, BOB)
    done = world.services.users.leave(world.by, pool, [ada, bob], [SeatWish(guid(world, PREMIUM), release=True)])
    assert done.value.released == ((PREMIUM, 1),)
    assert world.counts(pool) == Counts(2, 0)


def test_when_the_change_to_usage_mode_came_first_all_of_it_has_left(world: World, pool: int) -> None:
    ada, _bob, cy, _dan = ids(world, pool)
    world.request_usage(pool)
    assert world.services.users.removal(world.by, pool, [ada]).pending_on == date(2026, 12, 1)
    world.clock.set(DUE)
    wishes = [SeatWish(guid(world, PREMIUM), takers=(cy,)), SeatWish(guid(world, E3), release=True)]
    done = world.services.users.leave(world.by, pool, [ada], wishes)
    assert (done.value.mode, done.value.released, done.value.handed_on) == (Mode.USAGE, (), ((PREMIUM, 1),))
    assert world.counts(pool) == Counts(2, 2)
    assert world.problems() == []


def test_in_a_suspended_account_seats_are_released_but_not_handed_on(world: World, pool: int) -> None:
    ada, bob, cy, _dan = ids(world, pool)
    world.suspend(pool)
    with refused("account_suspended"):
        world.services.users.leave(world.by, pool, [ada], [SeatWish(guid(world, PREMIUM), takers=(cy,))])
    world.services.users.leave(world.by, pool, [bob], [SeatWish(guid(world, PREMIUM), release=True)])
    assert world.counts(pool) == Counts(2, 1)


def test_auditors_and_strangers_let_nobody_leave(world: World, pool: int) -> None:
    ada, *_others = ids(world, pool)
    other = world.account("Fabrikam")
    for role, account in ((Role.AUDITOR, None), (Role.CUSTOMER, other)):
        by = world.operator(role, account)
        with refused("unknown_account" if account else "not_allowed"):
            world.services.users.leave(by, pool, [ada])


def test_what_the_forecast_says_is_what_happens(world: World, pool: int) -> None:
    ada, bob, cy, _dan = ids(world, pool)
    forecast = world.services.users.removal(world.by, pool, [ada, bob])
    wishes = {PREMIUM: SeatWish(guid(world, PREMIUM), (cy,), release=True), E3: SeatWish(guid(world, E3), release=True)}
    world.services.users.leave(world.by, pool, [ada, bob], list(wishes.values()))
    for effect in forecast.effects:
        told = leaving.outcome(forecast.mode, effect, wishes[effect.part_number])
        seats = Counts(told.seats_after, told.seats_after - told.available_after)
        assert world.counts(pool, effect.part_number) == seats
    assert forecast.falls_on == date(2026, 11, 10)


def test_the_command_lines_way_releases_all_that_becomes_free(world: World, pool: int) -> None:
    removed = world.services.users.remove(world.by, pool, ADA, release=True).value
    assert (removed.freed, removed.released) == ((E3, PREMIUM), True)
    assert world.counts(pool) == Counts(2, 1)
    nobody = world.services.users.remove(world.by, pool, CY, release=True).value
    assert not nobody.released
    world.services.users.remove_many(world.by, pool, ids(world, pool), release=True)
    assert world.counts(pool) == Counts(1, 0)


def test_in_usage_mode_there_is_nothing_to_release(world: World, usage: int) -> None:
    removed = world.services.users.remove(world.by, usage, ADA, release=True).value
    assert (removed.mode, removed.released) == (Mode.USAGE, False)
    assert world.counts(usage) == Counts(1, 1)


def test_the_price_of_what_is_freed_is_that_of_the_mode(world: World, pool: int) -> None:
    (premium, _e3) = world.services.users.removal(world.by, pool, ids(world, pool)[:1]).effects
    assert premium.unit_price == Decimal("23.10")
