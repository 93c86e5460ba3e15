"""One subscription in depth: its history from the ledger, and its idle seats one by one."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest

from cpdesk.base.errors import UserError
from cpdesk.domain.operators import Role
from cpdesk.domain.subscriptions import LedgerQuery, LedgerRow, Showing
from tests.support.refusals import refused
from tests.support.world import ADMIN, DUE, PREMIUM, STORAGE, World

ADA, BOB, CLEO, DAN = (f"{name}@contoso.example" for name in ("ada", "bob", "cleo", "dan"))


@pytest.fixture
def contoso(world: World) -> int:
    return world.pool("Contoso", ADA, BOB, CLEO, DAN, seats=3)


def product_id(world: World, part_number: str = PREMIUM) -> int:
    ((found,),) = world.stored("SELECT id FROM product WHERE part_number = ?", part_number)
    return int(found)


def history(world: World, account: int, query: LedgerQuery | None = None) -> list[LedgerRow]:
    product, subscriptions = product_id(world), world.services.subscriptions
    numbers = subscriptions.find(world.by, account, product, query or LedgerQuery())
    return subscriptions.some(world.by, account, product, numbers)


def traced(world: World, account: int) -> list[tuple[int, str, int]]:
    trace = world.services.subscriptions.trace(world.by, account, product_id(world))
    return [(row.seats, row.upn, row.idle_days) for row in trace.rows]


def days(world: World, number: int) -> None:
    world.clock.advance(timedelta(days=number))


# The history


def test_the_newest_entry_comes_first_with_who_what_and_why(world: World, contoso: int) -> None:
    world.services.licenses.assign(world.by, contoso, ADA, PREMIUM, reason="T-7")
    world.give_back(contoso, 1)
    newest, given, bought = history(world, contoso)
    assert (newest.number, newest.kind, newest.seats, newest.seats_after, newest.assigned_after) == (
        3,
        "remove",
        -1,
        2,
        1,
    )
    assert (given.kind, given.upn, given.name, given.reason, given.operator) == ("assign", ADA, "Ada", "T-7", ADMIN)
    assert (bought.number, bought.seats, bought.available_after) == (1, 3, 3)


def test_a_settlement_tells_from_when_it_counts(world: World, contoso: int) -> None:
    world.assign(contoso, ADA)
    world.request_usage(contoso)
    world.clock.set(DUE + timedelta(days=3))
    released = history(world, contoso)[0]
    assert (released.kind, released.operator, released.action) == ("release", "cpdesk", "mode.completed")
    assert (released.effective_at, released.recorded_at) == (DUE, DUE + timedelta(days=3))


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        (LedgerQuery(showing=Showing.POOL), ["add"]),
        (LedgerQuery(showing=Showing.USERS), ["unassign", "assign", "assign"]),
        (LedgerQuery("bob"), ["assign"]),
        (LedgerQuery("t-7 ADA"), ["assign"]),
        (LedgerQuery("t-7", Showing.POOL), []),
        (LedgerQuery(oldest_first=True), ["add", "assign", "assign", "unassign"]),
    ],
)
def test_it_can_be_searched(query: LedgerQuery, kinds: list[str], world: World, contoso: int) -> None:
    world.services.licenses.assign(world.by, contoso, ADA, PREMIUM, reason="T-7")
    world.assign(contoso, BOB)
    world.unassign(contoso, ADA)
    assert [row.kind for row in history(world, contoso, query)] == kinds


def test_numbers_are_those_of_the_subscription_and_tell_nothing_of_others(world: World, contoso: int) -> None:
    world.pool("Fabrikam", seats=2)
    world.buy(contoso, 5, STORAGE)
    world.assign(contoso, ADA)
    customer = world.operator(Role.CUSTOMER, contoso)
    found = world.services.subscriptions.find(customer, contoso, product_id(world), LedgerQuery())
    assert found == (2, 1)
    assert [
        row.seats for row in world.services.subscriptions.some(customer, contoso, product_id(world), (1, 9, 0))
    ] == [3]
    other = next(row.id for row in world.services.accounts.rows(world.by) if row.name == "Fabrikam")
    with refused("unknown_account"):
        world.services.subscriptions.find(customer, other, product_id(world), LedgerQuery())


# The tracer


def test_the_seat_that_became_idle_last_is_taken_first(world: World, contoso: int) -> None:
    for user in (ADA, BOB, CLEO):
        world.assign(contoso, user)
    days(world, 1)
    world.unassign(contoso, ADA)
    days(world, 2)
    world.unassign(contoso, BOB)
    days(world, 4)
    assert traced(world, contoso) == [(1, ADA, 6), (1, BOB, 4)]
    world.assign(contoso, DAN)
    assert traced(world, contoso) == [(1, ADA, 6)]
    world.give_back(contoso, 1)
    assert traced(world, contoso) == []


def test_what_was_bought_together_stands_together(world: World, contoso: int) -> None:
    days(world, 5)
    world.buy(contoso, 10)
    world.assign(contoso, ADA)
    assert traced(world, contoso) == [(3, "", 5), (9, "", 0)]


def test_in_usage_mode_there_are_none(world: World, contoso: int) -> None:
    world.assign(contoso, ADA)
    world.request_usage(contoso)
    world.clock.set(DUE)
    assert traced(world, contoso) == []


def test_idle_time_costs_what_each_day_costs(world: World, contoso: int) -> None:
    """22.00 a month in November and, from December 1, 31.00: 21 days of 30 and 5 of 31."""
    ((schedule,),) = world.stored("SELECT id FROM price_schedule")
    world.services.prices.set_price(world.by, schedule, product_id(world), date(2026, 12, 1), None, Decimal("31.00"))
    world.clock.set(datetime(2026, 12, 5, 12, tzinfo=UTC))
    trace = world.services.subscriptions.trace(world.by, contoso, product_id(world))
    (row,) = trace.rows
    price = world.services.statements.prices_of(world.by, contoso)[product_id(world)].purchase
    assert price == Decimal("31.00")
    ((november,),) = world.stored(
        "SELECT purchase_price FROM price WHERE product_id = ? AND effective_on < '2026-12-01'", product_id(world)
    )
    exact = 3 * (Decimal(november) * 21 / 30 + Decimal(31) * 5 / 31)
    assert row.cost == exact.quantize(Decimal("0.01"))
    assert (row.idle_days, row.unpriced_days, trace.cost) == (25, 0, row.cost)


def test_days_without_a_price_are_counted_and_not_taken_for_nothing(world: World) -> None:
    account = world.services.accounts.create(world.by, "Euro", "euro.example", currency="EUR", activate=True).value.id
    world.to_purchase(account)
    world.buy(account, 5)
    days(world, 1)
    trace = world.services.subscriptions.trace(world.by, account, product_id(world))
    assert [(row.cost, row.unpriced_days) for row in trace.rows] == [(None, 2)]
    assert (trace.unpriced, trace.cost, trace.currency) == (1, Decimal(), "EUR")


def test_the_tracer_and_the_report_of_idle_seats_agree(world: World) -> None:
    """After whatever happened: since when, how many, and whom the latest of them was taken from."""
    users = [f"user{number}@contoso.example" for number in range(6)]
    account, random = world.pool("Contoso", *users, seats=2), Random(7)
    tried = 0
    for _step in range(120):
        world.clock.advance(timedelta(hours=5))
        try:
            _happen(world, account, random.choice(users), random)
        except UserError:
            continue
        tried += 1
        rows = world.services.subscriptions.trace(world.by, account, product_id(world)).rows
        reported = world.services.reports.idle_seats(world.by, account)
        holders = [row.upn for row in rows if row.upn]
        if not rows:
            assert reported == []
            continue
        (report,) = reported
        assert (report.since, report.idle_days) == (rows[0].since, rows[0].idle_days)
        assert report.idle == sum(row.seats for row in rows)
        assert report.last_holder == (holders[-1] if holders else "")
    assert tried > 60


def _happen(world: World, account: int, user: str, random: Random) -> None:
    what = random.choice(("assign", "unassign", "buy", "give back"))
    if what == "assign":
        world.assign(account, user)
    elif what == "unassign":
        world.unassign(account, user)
    elif what == "buy":
        world.buy(account, random.randint(1, 2))
    else:
        world.give_back(account, 1)
