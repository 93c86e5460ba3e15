"""The licenses of several users changed in one go, and the sheet on which they are ticked."""

from typing import Any

import pytest

from cpdesk.domain.license_plan import LicensePlan, LicensesChanged
from cpdesk.domain.license_wish import LicenseWish
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import UserQuery
from cpdesk.domain.rows import Done
from cpdesk.domain.seat_limits import SeatLimit
from cpdesk.services.licenses import Licenses
from tests.support.refusals import refused
from tests.support.world import E3, PREMIUM, STORAGE, Counts, World, dump

ADA, BOB, CY = (f"{name}@contoso.example" for name in ("ada", "bob", "cy"))


@pytest.fixture
def usage(world: World) -> int:
    """Ada holds Premium."""
    account = world.account("Contoso", ADA, BOB, CY)
    world.assign(account, ADA)
    return account


@pytest.fixture
def pool(world: World, usage: int) -> int:
    """The same in Purchase Mode, with three seats of Premium and one of E3."""
    world.to_purchase(usage)
    world.buy(usage, 2)
    world.buy(usage, 1, E3)
    return usage


def guids(world: World, *part_numbers: str) -> list[str]:
    known = {product.part_number: product for product in world.services.licenses.products()}
    return [known[part_number].guid for part_number in part_numbers]


def change(
    world: World, account: int, *, assign: tuple[str, ...] = (), remove: tuple[str, ...] = (), users: int = 3
) -> Done[LicensesChanged]:
    ids = world.services.users.find_ids(world.by, account, UserQuery())[:users]
    return world.services.licenses.change(
        world.by, account, ids, assign=guids(world, *assign), remove=guids(world, *remove), reason="INC-5"
    )


def test_those_who_lack_it_get_it(world: World, usage: int) -> None:
    done = change(world, usage, assign=(PREMIUM,))
    assert done.value == LicensesChanged(Mode.USAGE, users=2, assigned=((PREMIUM, 2),), removed=())
    assert world.counts(usage) == Counts(3, 3)
    assert "seats" in done.topics


def test_those_who_have_it_lose_it_and_get_another_instead(world: World, pool: int) -> None:
    done = change(world, pool, assign=(E3,), remove=(PREMIUM,), users=1)
    assert done.value == LicensesChanged(Mode.PURCHASE, users=1, assigned=((E3, 1),), removed=((PREMIUM, 1),))
    assert world.licenses(pool)[ADA] == (E3,)
    assert (world.counts(pool), world.counts(pool, E3)) == (Counts(3, 0), Counts(1, 1))


def test_too_few_seats_are_refused_as_a_whole_with_how_many_are_missing(world: World, pool: int) -> None:
    before = dump(world.store.path)
    with refused("no_seats_available") as refusal:
        change(world, pool, assign=(PREMIUM, E3))
    assert refusal.params == {"product": "Office 365 E3", "seats": 1, "available": 1, "missing": 2}
    assert dump(world.store.path) == before


def test_a_product_is_given_or_taken_not_both(world: World, usage: int) -> None:
    with refused("assign_and_remove"):
        change(world, usage, assign=(PREMIUM,), remove=(PREMIUM,))


def test_what_cannot_be_assigned_is_refused_as_ever(world: World, usage: int) -> None:
    with refused("tenant_needs_purchase_mode"):
        change(world, usage, assign=(STORAGE,))
    world.to_purchase(usage)
    with refused("not_assignable"):
        change(world, usage, assign=(STORAGE,))
    with refused("unknown_product"):
        world.services.licenses.change(world.by, usage, [], assign=["no such GUID"])
    with refused("unknown_user"):
        world.services.licenses.change(world.by, usage, [4711], assign=guids(world, PREMIUM))
    inactive = world.account("Tailspin", ADA, active=False)
    with refused("service_not_active"):
        change(world, inactive, assign=(PREMIUM,))


def test_nothing_to_change_leaves_no_trace(world: World, usage: int) -> None:
    before = dump(world.store.path)
    done = change(world, usage, assign=(PREMIUM,), remove=(E3,), users=1)
    assert (done.value.users, done.topics, done.undo) == (0, frozenset(), None)
    assert dump(world.store.path) == before


def test_the_log_has_an_entry_for_each_user_whose_licenses_changed(world: World, usage: int) -> None:
    change(world, usage, assign=(E3, PREMIUM))
    entries = world.services.audit.rows(world.by, usage)[:3]
    assert [(entry.action, entry.reason, entry.before, entry.after) for entry in entries] == [
        ("license.changed", "INC-5", {"upn": upn, "licenses": had}, {"upn": upn, "licenses": [E3, PREMIUM]})
        for upn, had in ((CY, []), (BOB, []), (ADA, [PREMIUM]))
    ]
    assert world.problems() == []


def test_the_sheet_of_some_users_in_usage_mode(world: World, usage: int) -> None:
    ids = world.services.users.find_ids(world.by, usage, UserQuery())
    sheet = world.services.licenses.sheet(world.by, usage, ids[:2])
    assert [row.upn for row in sheet.users] == [ADA, BOB]
    first, *rest = sheet.lines
    assert (first.part_number, first.held, first.seats, first.available) == (PREMIUM, 1, 1, 0)
    assert E3 in [line.part_number for line in rest]
    assert STORAGE not in [line.part_number for line in rest]
    assert {line.held for line in rest} == {0}


def test_the_sheet_in_purchase_mode_has_what_the_pool_has(world: World, pool: int) -> None:
    world.buy(pool, 4, STORAGE)
    ids = world.services.users.find_ids(world.by, pool, UserQuery())
    sheet = world.services.licenses.sheet(world.by, pool, ids)
    assert [(line.part_number, line.seats, line.assigned, line.held) for line in sheet.lines] == [
        (PREMIUM, 3, 1, 1),
        (E3, 1, 0, 0),
    ]
    with refused("unknown_user"):
        world.services.licenses.sheet(world.by, pool, [*ids, 4711])


def test_a_suspended_account_may_give_licenses_back(world: World, usage: int) -> None:
    world.services.accounts.suspend(world.by, usage)
    with refused("account_suspended"):
        change(world, usage, assign=(E3,))
    done = change(world, usage, remove=(PREMIUM,))
    assert world.counts(usage) == Counts(0, 0)
    assert done.undo
    with refused("account_suspended"):
        world.services.licenses.undo(world.by, done.undo)


def plan(world: World, account: int, **wished: Any) -> LicensePlan:
    ids = world.services.users.find_ids(world.by, account, UserQuery())
    return world.services.licenses.plan(world.by, account, ids, LicenseWish(**wished))


def test_one_product_is_replaced_by_another_in_one_step(world: World, pool: int) -> None:
    """For those who hold it; the seats of the first return, and the log has one entry for each user."""
    (premium, e3), ids = guids(world, PREMIUM, E3), world.services.users.find_ids(world.by, pool, UserQuery())
    done = world.services.licenses.change(world.by, pool, ids, replace={premium: e3}, reason="INC-7")
    assert done.value == LicensesChanged(Mode.PURCHASE, users=1, assigned=((E3, 1),), removed=((PREMIUM, 1),))
    assert world.licenses(pool) == {ADA: (E3,), BOB: (), CY: ()}
    assert (world.counts(pool), world.counts(pool, E3)) == (Counts(3, 0), Counts(1, 1))
    entry, *_earlier = world.services.audit.rows(world.by, pool)
    assert (entry.action, entry.before, entry.after, entry.reason) == (
        "license.changed",
        {"upn": ADA, "licenses": [PREMIUM]},
        {"upn": ADA, "licenses": [E3]},
        "INC-7",
    )
    assert done.undo
    assert world.services.licenses.undo(world.by, done.undo).value.assigned == ((PREMIUM, 1),)
    assert world.licenses(pool)[ADA] == (PREMIUM,)
    assert world.problems() == []


def test_in_usage_mode_seats_of_the_one_leave_and_of_the_other_come(world: World, usage: int) -> None:
    (premium, e3), ids = guids(world, PREMIUM, E3), world.services.users.find_ids(world.by, usage, UserQuery())
    world.assign(usage, BOB)
    world.assign(usage, BOB, E3)
    world.services.licenses.change(world.by, usage, ids, replace={premium.upper(): e3})
    assert world.licenses(usage) == {ADA: (E3,), BOB: (E3,), CY: ()}
    assert (world.counts(usage), world.counts(usage, E3)) == (Counts(0, 0), Counts(2, 2))


def test_too_few_seats_of_the_other_replace_nothing(world: World, pool: int) -> None:
    world.assign(pool, BOB)
    before, (premium, e3) = dump(world.store.path), guids(world, PREMIUM, E3)
    ids = world.services.users.find_ids(world.by, pool, UserQuery())
    with refused("no_seats_available") as refusal:
        world.services.licenses.change(world.by, pool, ids, replace={premium: e3})
    assert refusal.params["missing"] == 1
    assert dump(world.store.path) == before


def test_as_far_as_seats_go_the_first_get_one_and_the_log_says_who_went_without(world: World, pool: int) -> None:
    ids = world.services.users.find_ids(world.by, pool, UserQuery(descending=True))
    (e3,) = guids(world, E3)
    done = world.services.licenses.change(world.by, pool, ids, assign=[e3], as_far_as_seats_go=True, reason="INC-8")
    assert world.licenses(pool) == {ADA: (PREMIUM,), BOB: (), CY: (E3,)}
    assert done.value.assigned == ((E3, 1),)
    assert [(one.user.upn, one.moves.without) for one in done.value.lacking] == [(BOB, (e3,)), (ADA, (e3,))]
    last, second, _changed, *_more = world.services.audit.rows(world.by, pool)
    assert [(one.action, one.before, one.after, one.reason) for one in (second, last)] == [
        ("license.lacking", None, {"upn": upn, "lacking": [E3]}, "INC-8") for upn in (BOB, ADA)
    ]
    assert done.undo
    world.services.licenses.undo(world.by, done.undo)
    assert world.licenses(pool)[CY] == ()
    assert world.problems() == []


def test_as_far_as_seats_go_is_refused_where_there_is_none(world: World, pool: int) -> None:
    world.give_back(pool, 1, E3)
    ids, before = world.services.users.find_ids(world.by, pool, UserQuery()), dump(world.store.path)
    with refused("no_seats_available") as refusal:
        world.services.licenses.change(world.by, pool, ids, assign=guids(world, E3), as_far_as_seats_go=True)
    assert refusal.params["missing"] == 3
    assert dump(world.store.path) == before


def test_a_plan_says_what_the_change_does(world: World, pool: int) -> None:
    (premium, e3) = guids(world, PREMIUM, E3)
    shown = plan(world, pool, assign=(e3,), remove=(premium,))
    assert [(one.user.upn, one.moves.get, one.moves.lose) for one in shown.users] == [
        (ADA, (e3,), (premium,)),
        (BOB, (e3,), ()),
        (CY, (e3,), ()),
    ]
    assert [(line.line.part_number, line.gained, line.lost, line.missing) for line in shown.products] == [
        (PREMIUM, 0, 1, 0),
        (E3, 3, 0, 2),
    ]
    assert shown.products[1].line.unit_price is not None
    assert shown.currency == "USD"


def test_what_changed_since_it_was_shown_is_told_and_nothing_done(world: World, pool: int) -> None:
    world.buy(pool, 2, E3)
    (e3,) = guids(world, E3)
    shown = plan(world, pool, assign=(e3,))
    world.assign(pool, CY, E3)
    before, ids = dump(world.store.path), world.services.users.find_ids(world.by, pool, UserQuery())
    with refused("licenses_changed") as refusal:
        world.services.licenses.change(world.by, pool, ids, assign=[e3], shown=shown)
    told, now = refusal.params["differences"], refusal.params["plan"]
    assert isinstance(told, tuple)
    assert isinstance(now, LicensePlan)
    found = {(one.what, one.shown, one.now) for one in told}
    assert found == {("assigned", "0", "1"), ("gained", "3", "2"), ("people", "0", "1")}
    assert dump(world.store.path) == before
    assert world.services.licenses.change(world.by, pool, ids, assign=[e3], shown=now).value.users == 2


def test_a_product_without_seats_can_be_wished_for_and_is_named_as_missing(world: World, pool: int) -> None:
    world.give_back(pool, 1, E3)
    shown = plan(world, pool, assign=tuple(guids(world, E3)))
    assert [(line.line.part_number, line.line.seats, line.missing) for line in shown.missing] == [(E3, 0, 3)]


def test_the_limit_of_a_family_is_told_of(world: World, usage: int) -> None:
    """Of the Business family a tenant may have 300."""
    assert plan(world, usage, assign=tuple(guids(world, PREMIUM))).beyond == ()
    everybody = SeatLimit("Small", 2, frozenset(guids(world, PREMIUM)))
    licenses = Licenses(world.store, world.services.settler, lambda: (everybody,))
    ids = world.services.users.find_ids(world.by, usage, UserQuery())
    shown = licenses.plan(world.by, usage, ids, LicenseWish(assign=tuple(guids(world, PREMIUM))))
    assert [(one.before, one.after) for one in shown.beyond] == [(1, 3)]
    assert licenses.change(world.by, usage, ids, assign=guids(world, PREMIUM), shown=shown).value.users == 2
