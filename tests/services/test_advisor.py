"""The mode advisor over a real database."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cpdesk.base import advice_words
from cpdesk.domain.advice import Recommendation
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from tests.support.refusals import refused
from tests.support.world import E3, PREMIUM, STORAGE, World

USERS = tuple(f"user{number}@contoso.example" for number in range(10))
"""Premium costs 26.40 in Usage Mode and 23.10 in Purchase Mode; break-even is 87.5 %."""

NOTHING = Decimal()


class CancelledError(Exception):
    """Somebody wanted it no more."""


def later(world: World, year: int, month: int, day: int = 1) -> None:
    world.clock.set(datetime(year, month, day, 17, tzinfo=UTC))


@pytest.fixture
def contoso(world: World) -> int:
    """An account with ten users since November 10, 2026."""
    return world.account("Contoso", *USERS)


def test_where_all_seats_are_used_all_the_time_purchase_mode_is_cheaper(world: World, contoso: int) -> None:
    for upn in USERS:
        world.assign(contoso, upn)
    later(world, 2027, 3, 15)
    advice = world.services.advisor.advise(world.by, contoso)
    assert (advice.first, advice.months) == (date(2026, 12, 1), 3)
    assert (advice.actual, advice.usage_cost, advice.purchase_cost) == (
        Decimal("792.00"),
        Decimal("792.00"),
        Decimal("693.00"),
    )
    assert (advice.recommended, advice.saving_per_month) == (Recommendation.PURCHASE, Decimal("33.00"))
    assert (advice.utilisation, advice.break_even, advice.turnover) == (Decimal(1), Decimal("0.8750"), NOTHING)
    assert [(product.part_number, product.pool) for product in advice.products] == [(PREMIUM, 10)]
    assert [(month.month.month, month.usage, month.seats) for month in advice.by_month] == [
        (12, Decimal("264.00"), 10),
        (1, Decimal("264.00"), 10),
        (2, Decimal("264.00"), 10),
    ]
    assert "$33.00 a month" in advice_words.reason(advice)


def test_where_seats_are_idle_most_of_the_time_usage_mode_is_cheaper(world: World, contoso: int) -> None:
    for upn in USERS:
        world.assign(contoso, upn)
    world.to_purchase(contoso)
    later(world, 2026, 12, 2)
    for upn in USERS[:6]:
        world.unassign(contoso, upn)
    later(world, 2027, 3, 15)
    advice = world.services.advisor.advise(world.by, contoso)
    # Ten on December 1 and four on all other days, at 26.40; a pool of ten at 23.10.
    assert advice.usage_cost == Decimal("8.52") + Decimal("102.19") + 2 * Decimal("105.60")
    assert advice.actual == advice.purchase_cost == Decimal("693.00")
    assert advice.recommended is Recommendation.USAGE
    assert advice.saving_per_month == Decimal("123.70")
    world.request_usage(contoso)
    pending = world.services.advisor.advise(world.by, contoso)
    assert (pending.pending, pending.saving_per_month) == (True, Decimal("123.70"))
    assert "would have saved about $123.70 a month" in advice_words.reason(pending)


def test_where_the_modes_come_to_the_same_neither_is_recommended(world: World, contoso: int) -> None:
    for upn in USERS[:8]:
        world.assign(contoso, upn)
    later(world, 2026, 12, 2)
    # 7 of 8 seats in use are the break-even.
    world.unassign(contoso, USERS[0])
    later(world, 2027, 3, 15)
    advice = world.services.advisor.advise(world.by, contoso)
    assert advice.usage_cost != advice.purchase_cost
    assert (advice.recommended, advice.saving_per_month) == (Recommendation.EITHER, NOTHING)
    assert advice.matters_from == Decimal("3.70")


def test_a_pool_that_is_too_large_is_told_even_where_the_mode_is_right(world: World, contoso: int) -> None:
    for upn in USERS:
        world.assign(contoso, upn)
    world.to_purchase(contoso)
    world.buy(contoso, 10)
    later(world, 2027, 2, 15)
    advice = world.services.advisor.advise(world.by, contoso)
    assert (advice.recommended, advice.mode, advice.saving_per_month) == (
        Recommendation.PURCHASE,
        Mode.PURCHASE,
        NOTHING,
    )
    assert advice.pool_saving == Decimal("231.00")
    assert "$231.00 less" in advice_words.reason(advice)


def test_products_of_the_tenant_leave_no_choice_whatever_it_costs(world: World, contoso: int) -> None:
    for upn in USERS[:5]:
        world.assign(contoso, upn)
    world.to_purchase(contoso)
    world.buy(contoso, 3, STORAGE)
    later(world, 2026, 12, 2)
    for upn in USERS[:4]:
        world.unassign(contoso, upn)
    later(world, 2027, 2, 15)
    advice = world.services.advisor.advise(world.by, contoso)
    assert advice.usage_cost < advice.purchase_cost
    assert (advice.recommended, advice.saving_per_month) == (Recommendation.PURCHASE, NOTHING)
    assert advice.tenant_products == ("Office 365 Extra File Storage",)
    assert {product.part_number: product.pool for product in advice.products} == {PREMIUM: 5, STORAGE: 3}
    world.give_back(contoso, 3, STORAGE)
    assert world.services.advisor.advise(world.by, contoso).recommended is Recommendation.USAGE


@pytest.mark.parametrize(
    ("now", "months", "ready_on"), [((2026, 12, 20), 0, date(2027, 1, 1)), ((2027, 1, 1), 1, None)]
)
def test_the_month_in_which_an_account_began_is_not_complete(
    world: World, contoso: int, now: tuple[int, int, int], months: int, ready_on: date | None
) -> None:
    world.assign(contoso, USERS[0])
    later(world, *now)
    advice = world.services.advisor.advise(world.by, contoso)
    assert (advice.months, advice.ready_on) == (months, ready_on)
    assert (advice.recommended is Recommendation.TOO_SHORT) == (months == 0)


def test_without_a_license_ever_nothing_can_be_said(world: World, contoso: int) -> None:
    later(world, 2027, 3)
    advice = world.services.advisor.advise(world.by, contoso)
    assert (advice.recommended, advice.ready_on, advice.first) == (Recommendation.TOO_SHORT, None, date(2027, 3, 1))
    assert "no license yet" in advice_words.reason(advice)


def test_a_price_that_is_missing_is_named_and_not_taken_for_zero(world: World) -> None:
    account = world.services.accounts.create(
        world.by, "Fabrikam", "fabrikam.example", currency="EUR", activate=True
    ).value.id
    world.user(account, "dan@fabrikam.example")
    world.assign(account, "dan@fabrikam.example", E3)
    later(world, 2027, 2)
    advice = world.services.advisor.advise(world.by, account)
    assert advice.recommended is Recommendation.UNPRICED
    assert advice.unpriced == ("Office 365 E3",)
    assert (advice.break_even, advice.by_month[0].unpriced) == (None, 3)
    assert "Office 365 E3" in advice_words.reason(advice)


def test_what_has_no_price_is_never_taken_for_nothing_even_where_there_is_no_choice(world: World) -> None:
    """Only Usage prices: the pool of user seats would seem to cost nothing in Purchase Mode."""
    schedule = world.services.prices.create(world.by, "Usage only", "USD").value.id
    premium, storage = (
        world.stored("SELECT id FROM product WHERE part_number = ?", part)[0][0] for part in (PREMIUM, STORAGE)
    )
    world.services.prices.set_price(world.by, schedule, premium, date(2026, 11, 10), "30", None)
    world.services.prices.set_price(world.by, schedule, storage, date(2026, 11, 10), "5", "4")
    account = world.account("Woodgrove", "ada@woodgrove.example")
    world.services.prices.assign(world.by, account, schedule, date(2026, 11, 10))
    world.assign(account, "ada@woodgrove.example")
    later(world, 2026, 12, 20)
    world.to_purchase(account)
    world.buy(account, 3, STORAGE)
    later(world, 2027, 2)
    advice = world.services.advisor.advise(world.by, account)
    assert (advice.recommended, advice.unpriced) == (Recommendation.PURCHASE, ("Microsoft 365 Business Premium",))
    assert advice.actual > advice.purchase_cost
    assert (advice.pool_saving, advice.saving_per_month, advice.matters_from) == (NOTHING, NOTHING, NOTHING)
    assert "$0" not in " ".join(advice_words.assumptions(advice))


@pytest.mark.parametrize("months", [0, -1, 25])
def test_it_looks_back_on_1_to_24_months(world: World, contoso: int, months: int) -> None:
    with refused("bad_months") as refusal:
        world.services.advisor.advise(world.by, contoso, months=months)
    assert refusal.params == {"months": months, "most": 24}
    with refused("bad_months"):
        world.services.advisor.advise_all(world.by, months=months)


def test_fewer_months_are_the_latest_ones(world: World, contoso: int) -> None:
    world.assign(contoso, USERS[0])
    later(world, 2028, 6)
    assert world.services.advisor.advise(world.by, contoso, months=24).months == 18
    latest = world.services.advisor.advise(world.by, contoso, months=2)
    assert (latest.first, latest.months) == (date(2028, 4, 1), 2)


def test_all_accounts_are_sorted_by_what_can_be_saved_and_closed_ones_left_out(world: World, contoso: int) -> None:
    world.assign(contoso, USERS[0])
    larger = world.account("Larger", "a@larger.example", "b@larger.example")
    for upn in ("a@larger.example", "b@larger.example"):
        world.assign(larger, upn)
    world.account("Empty")
    world.shut(world.account("Gone"))
    later(world, 2027, 2)
    told: list[tuple[int, int]] = []
    advices = world.services.advisor.advise_all(world.by, progress=lambda done, of: told.append((done, of)))
    assert [advice.account for advice in advices] == ["Larger", "Contoso", "Empty"]
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_it_can_be_cancelled(world: World, contoso: int) -> None:
    def cancel(_done: int, _of: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        world.services.advisor.advise_all(world.by, progress=cancel)
    assert world.services.advisor.advise(world.by, contoso).account == "Contoso"


def test_a_customer_administrator_is_advised_alone(world: World, contoso: int) -> None:
    world.account("Other")
    customer = world.operator(Role.CUSTOMER, contoso)
    assert [advice.account for advice in world.services.advisor.advise_all(customer)] == ["Contoso"]


def test_the_assumptions_are_told_with_and_without_months(world: World, contoso: int) -> None:
    world.assign(contoso, USERS[0])
    empty = advice_words.assumptions(world.services.advisor.advise(world.by, contoso))
    later(world, 2027, 2)
    full = advice_words.assumptions(world.services.advisor.advise(world.by, contoso))
    assert any("2\N{NO-BREAK SPACE}%" in line for line in empty)
    assert any("$0.53" in line for line in full)
    assert full[0].startswith("2 complete months count")
