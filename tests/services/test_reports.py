"""Reports over a real database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from tests.support.refusals import refused
from tests.support.world import START, STORAGE, World

ADA, BOB, CY = "ada@contoso.example", "bob@contoso.example", "cy@contoso.example"
EXCHANGE = "EXCHANGESTANDARD"


@pytest.fixture
def contoso(world: World) -> int:
    """An account in Usage Mode with three users, two of whom have Premium."""
    account = world.account("Contoso", ADA, BOB, CY)
    world.assign(account, ADA)
    world.assign(account, BOB)
    return account


def later(world: World, month: int, day: int) -> datetime:
    world.clock.set(datetime(2026, month, day, 17, tzinfo=UTC))
    return world.clock.now()


def test_idle_seats_say_since_when_and_who_had_one_last_and_what_they_cost(world: World, contoso: int) -> None:
    world.to_purchase(contoso)
    since = later(world, 11, 12)
    world.unassign(contoso, ADA)
    later(world, 11, 15)
    world.buy(contoso, 2)
    world.buy(contoso, 4, STORAGE)
    later(world, 11, 20)
    (row,) = world.services.reports.idle_seats(world.by)
    assert (row.account, row.part_number, row.seats, row.assigned, row.idle) == ("Contoso", "SPB", 4, 1, 3)
    assert (row.since, row.idle_days, row.last_holder) == (since, 8, ADA)
    assert (row.unit_price, row.cost, row.currency) == (Decimal("23.10"), Decimal("69.30"), "USD")
    assert row.released_on is None
    world.request_usage(contoso)
    assert world.services.reports.idle_seats(world.by, contoso)[0].released_on == date(2026, 12, 1)


def test_seats_that_were_all_in_use_meanwhile_are_idle_since_then_only(world: World, contoso: int) -> None:
    world.to_purchase(contoso)
    world.unassign(contoso, ADA)
    world.assign(contoso, CY)
    since = later(world, 11, 14)
    world.buy(contoso, 1)
    (row,) = world.services.reports.idle_seats(world.by, contoso)
    assert (row.since, row.last_holder) == (since, "")


def test_in_usage_mode_no_seat_is_idle(world: World, contoso: int) -> None:
    world.unassign(contoso, ADA)
    assert world.services.reports.idle_seats(world.by) == []


def test_blocked_users_with_licenses_and_what_those_cost(world: World, contoso: int) -> None:
    world.assign(contoso, ADA, EXCHANGE)
    _block(world, contoso, ADA)
    _block(world, contoso, CY)
    (row,) = world.services.reports.blocked_holders(world.by)
    assert (row.upn, row.products) == (ADA, ("Exchange Online (Plan 1)", "Microsoft 365 Business Premium"))
    assert (row.cost, row.unpriced, row.mode) == (Decimal("31.20"), 0, Mode.USAGE)
    world.services.users.remove(world.by, contoso, ADA)
    assert world.services.reports.blocked_holders(world.by, contoso) == []


def test_a_mailbox_beside_a_suite_that_has_one_is_an_overlap(world: World, contoso: int) -> None:
    world.assign(contoso, ADA, EXCHANGE)
    world.assign(contoso, BOB, "VISIOCLIENT")
    world.assign(contoso, CY, EXCHANGE)
    (row,) = world.services.reports.overlapping(world.by)
    assert (row.upn, row.product, row.within) == (
        ADA,
        "Exchange Online (Plan 1)",
        "Microsoft 365 Business Premium",
    )
    assert (row.cost, row.currency) == (Decimal("4.80"), "USD")


def test_accounts_by_cost_with_sub_totals_of_each_currency(world: World, contoso: int) -> None:
    world.to_purchase(contoso)
    world.buy(contoso, 1)
    world.buy(contoso, 2, STORAGE)
    world.account("Small", "a@small.example")
    euro = world.services.accounts.create(world.by, "Euro", "euro.example", currency="EUR", activate=True).value.id
    world.user(euro, "a@euro.example")
    world.assign(euro, "a@euro.example")
    report = world.services.reports.costs(world.by)
    assert [(row.account, row.currency, row.unpriced) for row in report.rows] == [
        ("Euro", "EUR", 1),
        ("Contoso", "USD", 0),
        ("Small", "USD", 0),
    ]
    first = report.rows[1]
    assert (first.idle_cost, first.seats, first.assigned, first.share) == (Decimal("23.10"), 5, 2, Decimal(1))
    assert first.cost > Decimal("69.30")
    totals = [(total.currency, total.accounts, total.cost, total.unpriced) for total in report.totals]
    assert totals == [("EUR", 1, Decimal("0.00"), 1), ("USD", 2, first.cost, 0)]
    costs = world.services.statements.costs(world.by)
    assert {row.account_id: (row.cost, row.unpriced) for row in report.rows} == {
        account: (cost.amount, cost.unpriced) for account, cost in costs.items()
    }


def test_the_trend_has_the_end_of_each_month_and_the_present(world: World, contoso: int) -> None:
    world.to_purchase(contoso)
    later(world, 12, 3)
    world.buy(contoso, 3)
    other = world.account("Other", "a@other.example")
    world.assign(other, "a@other.example")
    world.clock.set(datetime(2027, 2, 10, 17, tzinfo=UTC))
    world.unassign(contoso, ADA)
    rows = world.services.reports.trend(world.by)
    assert [(row.month.month, row.seats, row.assigned, row.accounts, row.complete) for row in rows] == [
        (11, 2, 2, 1, True),
        (12, 6, 3, 2, True),
        (1, 6, 3, 2, True),
        (2, 6, 2, 2, False),
    ]
    assert [row.available for row in world.services.reports.trend(world.by, contoso, 1)] == [3, 4]


@pytest.mark.usefixtures("contoso")
def test_the_trend_tells_how_far_it_is(world: World) -> None:
    told: list[tuple[int, int]] = []
    world.services.reports.trend(world.by, progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 1), (1, 1)]


def test_idle_seats_without_a_price_are_counted_and_not_taken_for_nothing(world: World) -> None:
    account = world.services.accounts.create(world.by, "Euro", "euro.example", currency="EUR", activate=True).value.id
    world.to_purchase(account)
    world.buy(account, 5)
    world.buy(account, 2, STORAGE)
    report = world.services.reports.costs(world.by)
    (row,), (total,) = report.rows, report.totals
    assert (row.unpriced, row.idle_cost, row.idle_unpriced) == (2, Decimal(), 1)
    assert (total.idle_cost, total.idle_unpriced) == (Decimal(), 1)


def test_closed_accounts_cost_nothing_and_are_left_out(world: World, contoso: int) -> None:
    world.shut(contoso)
    assert world.services.reports.costs(world.by).rows == ()
    assert [row.seats for row in world.services.reports.trend(world.by)] == [0]


def test_without_a_seat_the_trend_is_the_present_month_alone(world: World) -> None:
    world.account("Empty")
    assert [(row.month, row.seats) for row in world.services.reports.trend(world.by)] == [(date(2026, 11, 1), 0)]


@pytest.mark.parametrize("months", [0, 25])
def test_the_trend_looks_back_on_1_to_24_months(world: World, months: int) -> None:
    with refused("bad_months"):
        world.services.reports.trend(world.by, months=months)


def test_a_customer_administrator_finds_the_own_account_alone(world: World, contoso: int) -> None:
    other = world.pool("Other", "x@other.example", seats=2)
    world.assign(other, "x@other.example")
    _block(world, other, "x@other.example")
    customer = world.operator(Role.CUSTOMER, contoso)
    reports = world.services.reports
    for report in (reports.idle_seats, reports.blocked_holders, reports.overlapping):
        assert report(customer) == []
    assert [(row.account, row.share) for row in reports.costs(customer).rows] == [("Contoso", Decimal(1))]
    assert [(row.seats, row.accounts) for row in reports.trend(customer)] == [(2, 1)]
    with refused("unknown_account"):
        reports.idle_seats(customer, other)


def test_what_is_bought_is_idle_from_that_instant_on(world: World, contoso: int) -> None:
    world.to_purchase(contoso)
    world.buy(contoso, 1)
    (row,) = world.services.reports.idle_seats(world.by)
    assert (row.since, row.idle_days) == (START, 0)


def _block(world: World, account: int, upn: str) -> None:
    known = world.services.users.find(world.by, account, upn)
    world.services.users.edit(world.by, account, known.id, replace(known.fields, blocked=True))
