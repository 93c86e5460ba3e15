"""Rules 2 and 3: seats follow the assignments, or come from a pool."""

import pytest

from cpdesk.domain.modes import Mode
from tests.support.refusals import refused
from tests.support.world import E3, PREMIUM, STORAGE, Counts, World, dump

ADA, BOB = "ada@contoso.example", "bob@contoso.example"
GUID = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46"


@pytest.fixture
def usage(world: World) -> int:
    return world.account("Contoso", ADA, BOB)


@pytest.fixture
def pool(world: World) -> int:
    """An account in Purchase Mode with two seats."""
    return world.pool("Fabrikam", ADA, BOB, seats=2)


def test_in_usage_mode_the_tenant_holds_exactly_what_is_assigned(world: World, usage: int) -> None:
    world.assign(usage, ADA)
    world.assign(usage, BOB)
    assert world.counts(usage) == Counts(2, 2)
    world.unassign(usage, ADA)
    assert world.counts(usage) == Counts(1, 1)
    assert world.licenses(usage) == {ADA: (), BOB: (PREMIUM,)}


def test_in_usage_mode_there_is_nothing_to_buy(world: World, usage: int) -> None:
    with refused("seats_follow_assignments"):
        world.buy(usage, 1)
    with refused("seats_follow_assignments"):
        world.give_back(usage, 1)


def test_in_usage_mode_a_tenant_product_needs_purchase_mode(world: World, usage: int) -> None:
    with refused("tenant_needs_purchase_mode"):
        world.buy(usage, 1, STORAGE)
    assert world.counts(usage, STORAGE) == Counts(0, 0)


def test_in_purchase_mode_assignments_come_from_the_pool(world: World, pool: int) -> None:
    world.assign(pool, ADA)
    assert world.counts(pool) == Counts(2, 1)
    world.assign(pool, BOB)
    world.unassign(pool, ADA)
    assert world.counts(pool) == Counts(2, 1)


def test_nothing_available_is_refused_with_what_it_takes_to_add_seats(world: World, pool: int) -> None:
    world.user(pool, "cy@contoso.example")
    world.assign(pool, ADA)
    world.assign(pool, BOB)
    with refused("no_seats_available") as refusal:
        world.assign(pool, "cy@contoso.example")
    assert refusal.params == {
        "product": "Microsoft 365 Business Premium",
        "seats": 2,
        "available": 0,
        "missing": 1,
    }


def test_seats_cannot_be_taken_below_assigned(world: World, pool: int) -> None:
    world.assign(pool, ADA)
    with refused("seats_below_assigned"):
        world.give_back(pool, 2)
    world.give_back(pool, 1)
    assert world.counts(pool) == Counts(1, 1)


def test_what_the_account_never_had_cannot_be_given_back(world: World, pool: int) -> None:
    with refused("seats_below_assigned"):
        world.give_back(pool, 1, E3)


@pytest.mark.parametrize("count", [0, -1, -(10**12)])
def test_counts_below_one_are_refused(world: World, pool: int, count: int) -> None:
    with refused("bad_count"):
        world.buy(pool, count)
    with refused("bad_count"):
        world.give_back(pool, count)


def test_absurd_counts_are_refused(world: World, pool: int) -> None:
    for count in (1_000_001, 10**30):
        with refused("count_too_large"):
            world.buy(pool, count)
        with refused("count_too_large"):
            world.give_back(pool, count)
    with refused("too_many_seats"):
        world.buy(pool, 1_000_000)
    assert world.counts(pool) == Counts(2, 0)


def test_a_tenant_product_is_held_in_purchase_mode_and_never_assigned(world: World, pool: int) -> None:
    world.buy(pool, 3, STORAGE)
    with refused("not_assignable"):
        world.assign(pool, ADA, STORAGE)
    assert world.counts(pool, STORAGE) == Counts(3, 0)


def test_whoever_assigns_a_tenant_product_in_usage_mode_is_told_that_it_needs_purchase_mode(world: World) -> None:
    account = world.account("Contoso", ADA)
    with refused("tenant_needs_purchase_mode"):
        world.assign(account, ADA, STORAGE)


@pytest.mark.parametrize("name", ["usage", "pool"])
def test_assigning_twice_or_taking_what_is_not_there_is_refused(
    world: World, request: pytest.FixtureRequest, name: str
) -> None:
    account = request.getfixturevalue(name)
    with refused("not_assigned"):
        world.unassign(account, ADA)
    world.assign(account, ADA)
    with refused("already_assigned"):
        world.assign(account, ADA.upper())
    world.unassign(account, ADA)
    with refused("not_assigned"):
        world.unassign(account, ADA)


def test_unknown_names_are_refused_and_change_nothing(world: World, pool: int) -> None:
    before = dump(world.store.path)
    with refused("unknown_user"):
        world.assign(pool, "nobody@contoso.example")
    with refused("unknown_user"):
        world.unassign(pool, "")
    with refused("unknown_product"):
        world.assign(pool, ADA, "NO_SUCH_PRODUCT")
    with refused("unknown_product"):
        world.buy(pool, 1, "")
    with refused("unknown_account"):
        world.buy(4711, 1)
    assert dump(world.store.path) == before


def test_text_that_is_no_text_is_refused_too(world: World, pool: int) -> None:
    with refused("unknown_user"):
        world.assign(pool, "\udcff")
    with refused("unknown_product"):
        world.buy(pool, 1, "\udcff")
    with refused("unknown_account"):
        world.services.accounts.find(world.by, "\udcff\x00")


@pytest.mark.parametrize("product", ["SPB", "spb", GUID, GUID.upper(), " Microsoft 365  business premium "])
def test_a_product_is_known_by_part_number_guid_and_name(world: World, pool: int, product: str) -> None:
    done = world.services.licenses.add_seats(world.by, pool, product, 1)
    assert (done.value.product.part_number, done.value.seats, done.value.available) == ("SPB", 3, 3)
    assert done.value.mode is Mode.PURCHASE


def test_before_the_service_is_active_there_is_nothing_to_license(world: World) -> None:
    account = world.account("Tailspin", ADA, active=False)
    for attempt in (world.assign, world.unassign):
        with refused("service_not_active"):
            attempt(account, ADA)
    with refused("service_not_active"):
        world.buy(account, 1)


def test_each_change_tells_which_screens_are_stale(world: World, pool: int) -> None:
    done = world.services.licenses.assign(world.by, pool, ADA, PREMIUM)
    assert {"seats", "users", "accounts", "audit"} <= done.topics


def test_subscriptions_are_listed_by_name_without_those_given_up(world: World, pool: int) -> None:
    world.buy(pool, 1, STORAGE)
    world.buy(pool, 1, E3)
    world.give_back(pool, 1, E3)
    rows = world.services.licenses.rows(world.by, pool)
    assert [(row.part_number, row.assignable_to, row.seats, row.available) for row in rows] == [
        ("SPB", "user", 2, 2),
        (STORAGE, "tenant", 1, 1),
    ]


def test_the_catalogue_is_sorted_and_has_both_kinds(world: World) -> None:
    products = world.services.licenses.products()
    assert [product.name for product in products] == sorted(product.name for product in products)
    assert {product.assignable_to for product in products} == {"user", "tenant"}


def test_the_ledger_says_who_and_why(world: World, pool: int) -> None:
    world.assign(pool, ADA)
    world.unassign(pool, ADA)
    world.give_back(pool, 1)
    ada = world.stored("SELECT id FROM user WHERE upn = ? AND account_id = ?", ADA, pool)[0][0]
    assert world.stored("SELECT kind, user_id, seats, assigned, seats_after, assigned_after FROM seat_entry") == [
        ("add", None, 2, 0, 2, 0),
        ("assign", ada, 0, 1, 2, 1),
        ("unassign", ada, 0, -1, 2, 0),
        ("remove", None, -1, 0, 1, 0),
    ]
