"""Rule 14: deleting many users at once, seeing first what it does, and finding those who can come back."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cpdesk.domain.leaving import SeatEffect
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import DeletedUser, UserQuery
from tests.support.refusals import refused
from tests.support.world import E3, PREMIUM, Counts, World, dump

ADA, BOB, CY = (f"{name}@contoso.example" for name in ("ada", "bob", "cy"))
NAMES = {PREMIUM: "Microsoft 365 Business Premium", E3: "Office 365 E3"}


@pytest.fixture
def usage(world: World) -> int:
    """Ada holds two licenses, Bob one, Cy none."""
    account = world.account("Contoso", ADA, BOB, CY)
    for upn, product in ((ADA, PREMIUM), (ADA, E3), (BOB, PREMIUM)):
        world.assign(account, upn, product)
    return account


def ids(world: World, account: int) -> list[int]:
    return list(world.services.users.find_ids(world.by, account, UserQuery()))


def guid(world: World, part_number: str) -> str:
    return next(item.guid for item in world.services.licenses.products() if item.part_number == part_number)


def test_in_usage_mode_the_seats_would_leave_the_tenant(world: World, usage: int) -> None:
    forecast = world.services.users.removal(world.by, usage, ids(world, usage)[:2])
    assert [row.upn for row in forecast.users] == [ADA, BOB]
    assert forecast.mode is Mode.USAGE
    assert forecast.effects == (
        SeatEffect(PREMIUM, guid(world, PREMIUM), NAMES[PREMIUM], 2, 0, 0, unit_price=Decimal("26.40")),
        SeatEffect(E3, guid(world, E3), NAMES[E3], 1, 0, 0, unit_price=Decimal("27.60")),
    )


def test_in_purchase_mode_they_would_go_back_to_the_pool(world: World, usage: int) -> None:
    world.to_purchase(usage)
    world.buy(usage, 3)
    forecast = world.services.users.removal(world.by, usage, ids(world, usage)[1:])
    assert [row.upn for row in forecast.users] == [BOB, CY]
    price = Decimal("23.10")
    back = SeatEffect(PREMIUM, guid(world, PREMIUM), NAMES[PREMIUM], 1, 5, available_after=4, unit_price=price)
    assert forecast.effects == (back,)


def test_what_was_forecast_is_what_happens(world: World, usage: int) -> None:
    everybody = ids(world, usage)
    done = world.services.users.remove_many(world.by, usage, everybody[1:] + everybody[1:])
    assert [(removed.upn, removed.freed) for removed in done.value] == [(BOB, (PREMIUM,)), (CY, ())]
    assert world.licenses(usage) == {ADA: (E3, PREMIUM)}
    assert world.counts(usage) == Counts(1, 1)
    assert world.problems() == []


def test_each_deletion_has_its_own_entry_in_the_log(world: World, usage: int) -> None:
    world.services.users.remove_many(world.by, usage, ids(world, usage), reason="INC-3")
    entries = world.services.audit.rows(world.by, usage)[:3]
    assert [(entry.action, entry.reason, entry.before and entry.before["upn"]) for entry in entries] == [
        ("user.removed", "INC-3", upn) for upn in (CY, BOB, ADA)
    ]
    lines = "SELECT count(*) FROM seat_entry WHERE kind = 'unassign' GROUP BY audit_id ORDER BY audit_id"
    assert world.stored(lines) == [(2,), (1,)]


def test_all_of_them_or_none(world: World, usage: int) -> None:
    everybody = ids(world, usage)
    world.services.users.remove(world.by, usage, BOB)
    before = dump(world.store.path)
    with refused("unknown_user") as refusal:
        world.services.users.remove_many(world.by, usage, everybody)
    assert refusal.params == {"upn": BOB}
    with refused("unknown_user"):
        world.services.users.removal(world.by, usage, everybody)
    assert world.services.users.remove_many(world.by, usage, []).topics == frozenset()
    assert dump(world.store.path) == before


def test_who_can_come_back_is_listed_with_what_was_held_the_latest_first(world: World, usage: int) -> None:
    ada, bob, _cy = ids(world, usage)
    start = world.clock.now()
    world.services.users.remove(world.by, usage, ADA)
    world.clock.advance(timedelta(days=2))
    world.services.users.remove(world.by, usage, BOB)
    until = timedelta(days=30)
    second = start + timedelta(days=2)
    assert world.services.users.deleted(world.by, usage) == [
        DeletedUser(bob, BOB, "Bob", second, second + until, (PREMIUM,)),
        DeletedUser(ada, ADA, "Ada", start, start + until, (E3, PREMIUM)),
    ]
    world.clock.advance(timedelta(days=28, microseconds=1))
    assert [user.upn for user in world.services.users.deleted(world.by, usage)] == [BOB]
    world.services.users.restore(world.by, usage, BOB)
    assert world.services.users.deleted(world.by, usage) == []


def test_of_two_deleted_with_one_name_each_can_be_meant(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    (first,) = ids(world, account)
    world.services.users.remove(world.by, account, ADA)
    world.user(account, ADA)
    world.services.users.remove(world.by, account, ADA)
    assert world.services.users.restore(world.by, account, user_id=first).value.assigned == (PREMIUM,)
    assert ids(world, account) == [first]
    with refused("no_deleted_user"):
        world.services.users.restore(world.by, account, user_id=first)
    with refused("upn_taken"):
        world.services.users.restore(world.by, account, ADA)


def test_what_was_held_at_an_earlier_deletion_does_not_come_back(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    world.services.users.remove(world.by, account, ADA)
    world.services.users.restore(world.by, account, ADA)
    world.unassign(account, ADA)
    world.services.users.remove(world.by, account, ADA)
    assert [user.licenses for user in world.services.users.deleted(world.by, account)] == [()]
    assert world.services.users.restore(world.by, account, ADA).value.assigned == ()
