"""Low-seat warnings: set and cleared, audited, and given where a pool runs short and nowhere else."""

from datetime import timedelta
from pathlib import Path

import pytest

from cpdesk.domain.catalog import Scope
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from tests.support.forging import forged
from tests.support.refusals import refused
from tests.support.world import DUE, E3, PREMIUM, STORAGE, World

USERS = ("ada@contoso.example", "bob@contoso.example", "cleo@contoso.example")


def put(world: World, account: int, threshold: int | None, product: str = PREMIUM) -> None:
    world.services.thresholds.set(world.by, account, product, threshold, reason="T-1")


def low(world: World, account: int | None = None) -> list[tuple[str, int, int]]:
    return [(row.account, row.available, row.threshold) for row in world.services.thresholds.low(world.by, account)]


def test_a_pool_is_low_at_the_threshold_and_below(world: World) -> None:
    account = world.pool("Contoso", *USERS, seats=4)
    put(world, account, 2)
    world.assign(account, USERS[0])
    assert low(world) == []
    world.assign(account, USERS[1])
    assert low(world) == [("Contoso", 2, 2)]
    world.assign(account, USERS[2])
    assert low(world, account) == [("Contoso", 1, 2)]
    (row,) = world.services.licenses.rows(world.by, account)
    assert (row.threshold, row.low) == (2, True)
    world.buy(account, 2)
    assert low(world) == []


def test_zero_warns_when_nothing_is_left(world: World) -> None:
    account = world.pool("Contoso", *USERS, seats=1)
    put(world, account, 0)
    assert low(world) == []
    world.assign(account, USERS[0])
    assert low(world) == [("Contoso", 0, 0)]


def test_none_ends_the_warning(world: World) -> None:
    account = world.pool(seats=1)
    put(world, account, 5)
    put(world, account, None)
    assert low(world) == []
    assert world.stored("SELECT * FROM seat_threshold") == []


def test_it_sleeps_in_usage_mode_and_wakes_in_purchase_mode(world: World) -> None:
    account = world.pool("Contoso", *USERS, seats=1)
    world.assign(account, USERS[0])
    put(world, account, 1)
    world.request_usage(account)
    assert low(world) == [("Contoso", 0, 1)]
    world.clock.set(DUE)
    assert low(world) == []
    (row,) = world.services.licenses.rows(world.by, account)
    assert (row.threshold, row.low) == (1, False)
    with refused("threshold_needs_purchase_mode"):
        put(world, account, 2)
    world.to_purchase(account)
    assert low(world) == [("Contoso", 0, 1)]
    world.request_usage(account)
    world.clock.advance(timedelta(days=62))
    assert world.mode(account) is Mode.USAGE
    put(world, account, None)
    assert world.stored("SELECT * FROM seat_threshold") == []


def test_nobody_is_warned_where_nothing_can_be_assigned(world: World) -> None:
    account = world.pool(seats=1)
    put(world, account, 3)
    world.suspend(account)
    assert low(world) == []
    with refused("account_suspended"):
        put(world, account, 4)
    world.resume(account)
    assert low(world) != []
    world.give_back(account, 1)
    assert low(world) == []


def test_nobody_is_warned_of_a_product_that_has_come_to_belong_to_the_tenant(world: World) -> None:
    account = world.pool(seats=1)
    put(world, account, 3, E3)
    product = next(number for number, one in world.services.products.by_id(world.by).items() if one.part_number == E3)
    world.services.products.set_scope(world.by, product, Scope.TENANT)
    world.buy(account, 1, E3)
    assert low(world) == []
    assert [row.low for row in world.services.licenses.rows(world.by, account)] == [False, False]


@pytest.mark.parametrize(
    ("product", "threshold", "code"),
    [
        (STORAGE, 2, "threshold_of_tenant"),
        (PREMIUM, -1, "bad_threshold"),
        (PREMIUM, 1_000_001, "count_too_large"),
        ("no such", 1, "unknown_product"),
    ],
)
def test_what_cannot_be_asked_for(product: str, threshold: int, code: str, world: World) -> None:
    account = world.pool()
    with refused(code):
        put(world, account, threshold, product)


def test_it_is_audited_once_for_each_change(world: World) -> None:
    account = world.pool()
    for threshold in (3, 3, 1, None, None):
        put(world, account, threshold)
    entries = world.services.audit.rows(world.by, account, limit=3)
    assert [entry.action for entry in entries] == ["seats.threshold_cleared", *["seats.threshold_set"] * 2]
    assert [(entry.before, entry.after) for entry in entries] == [
        ({**facts, "threshold": was}, {**facts, "threshold": now})
        for facts in ({"product": PREMIUM, "guid": "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46"},)
        for was, now in ((1, None), (3, 1), (None, 3))
    ]
    assert {entry.reason for entry in entries} == {"T-1"}
    assert world.problems() == []


def test_a_customer_administrator_is_warned_of_the_own_account_alone(world: World) -> None:
    own, other = world.pool("Contoso", seats=1), world.pool("Fabrikam", seats=1)
    for account in (own, other):
        put(world, account, 2)
    customer = world.operator(Role.CUSTOMER, own)
    assert [row.account for row in world.services.thresholds.low(customer)] == ["Contoso"]
    assert low(world) == [("Contoso", 1, 2), ("Fabrikam", 1, 2)]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE seat_threshold SET threshold = threshold + 1",
        "DELETE FROM seat_threshold",
        "UPDATE seat_threshold SET product_id = product_id + 1",
        "INSERT INTO seat_threshold SELECT account_id, product_id + 1, 4 FROM seat_threshold",
    ],
)
def test_check_finds_a_threshold_that_was_altered(sql: str, folder: Path) -> None:
    world = World(folder)
    world.open()
    put(world, world.pool(), 3)
    world.close()
    assert forged(world.store.path, sql, ())
    world.open()
    assert "threshold_altered" in {finding.code for finding in world.problems()}
    world.close()
