"""Which customer of the demo tells which part of the story of money and modes."""

from datetime import date
from decimal import Decimal

import pytest

from cpdesk.base import advice_words
from cpdesk.demo import team
from cpdesk.domain.advice import Advice, Recommendation
from cpdesk.domain.modes import Mode
from tests.demo.conftest import Demo


@pytest.fixture
def advices(demo: Demo) -> dict[str, Advice]:
    """What the advisor says of each customer."""
    return {advice.account: advice for advice in demo.services.advisor.advise_all(demo.by)}


def test_the_bank_would_save_in_purchase_mode_because_hardly_anybody_leaves(advices: dict[str, Advice]) -> None:
    bank = advices["Woodgrove Bank"]
    assert (bank.mode, bank.recommended) == (Mode.USAGE, Recommendation.PURCHASE)
    assert bank.saving_per_month > 1000
    assert (bank.utilisation or 0) > (bank.break_even or 1)


def test_the_airline_would_save_in_usage_mode_because_the_crew_of_a_season_left_its_seats(
    advices: dict[str, Advice],
) -> None:
    airline = advices["Blue Yonder Airlines"]
    assert (airline.mode, airline.pending, airline.recommended) == (Mode.PURCHASE, False, Recommendation.USAGE)
    assert airline.saving_per_month > 1000
    assert (airline.utilisation or 1) < (airline.break_even or 0)


def test_the_insurance_may_keep_what_it_has(advices: dict[str, Advice]) -> None:
    insurance = advices["Adatum Insurance"]
    assert insurance.recommended is Recommendation.EITHER
    assert abs(insurance.usage_cost - insurance.purchase_cost) / insurance.months < insurance.matters_from
    assert insurance.saving_per_month == 0


def test_the_ski_house_waits_for_the_1st_with_idle_seats_that_cost_money(
    demo: Demo, advices: dict[str, Advice]
) -> None:
    house = advices["Alpine Ski House"]
    assert (house.mode, house.pending, house.recommended) == (Mode.PURCHASE, True, Recommendation.USAGE)
    assert house.saving_per_month > 100
    idle = demo.services.reports.idle_seats(demo.by, house.account_id)
    assert sum(row.idle for row in idle) > 20
    assert sum(row.cost or 0 for row in idle) > 300
    assert {row.released_on for row in idle} == {date(2026, 12, 1)}
    assert any(row.last_holder and row.idle_days > 200 for row in idle)


@pytest.mark.parametrize("name", ["Contoso Freight", "Fabrikam Dental Group"])
def test_storage_leaves_no_choice(advices: dict[str, Advice], name: str) -> None:
    forced = advices[name]
    assert forced.recommended is Recommendation.PURCHASE
    assert forced.tenant_products == ("Office 365 Extra File Storage",)
    assert "Office 365 Extra File Storage" in advice_words.reason(forced)


def test_of_a_customer_since_october_it_is_too_early_to_say(advices: dict[str, Advice]) -> None:
    young = advices["Proseware"]
    assert (young.recommended, young.months, young.ready_on) == (Recommendation.TOO_SHORT, 0, date(2026, 12, 1))


def test_there_are_no_prices_in_shillings_yet_and_no_other_account_lacks_any(advices: dict[str, Advice]) -> None:
    unpriced = {name: advice for name, advice in advices.items() if advice.unpriced}
    assert set(unpriced) == {"Savanna Logistics"}
    assert unpriced["Savanna Logistics"].recommended is Recommendation.UNPRICED


def test_the_list_of_all_begins_with_the_most_to_save(demo: Demo) -> None:
    savings = [advice.saving_per_month for advice in demo.services.advisor.advise_all(demo.by)]
    assert savings == sorted(savings, reverse=True)
    assert savings[0] > 1000


def test_what_was_paid_is_what_the_statements_say(demo: Demo, advices: dict[str, Advice]) -> None:
    for name in ("Alpine Ski House", "Blue Yonder Airlines", "Fourth Coffee", "Tokai Precision"):
        advice = advices[name]
        show = demo.services.statements.show
        statements = [show(demo.by, advice.account_id, month.month) for month in advice.by_month]
        assert advice.actual == sum(statement.total for statement in statements)
        assert [month.actual for month in advice.by_month] == [statement.total for statement in statements]


def test_every_report_has_something_to_show(demo: Demo) -> None:
    reports = demo.services.reports
    assert reports.blocked_holders(demo.by)
    assert {row.within for row in reports.overlapping(demo.by)} == {"Microsoft 365 E5"}
    assert len(reports.costs(demo.by).totals) > 10
    assert [row.month for row in reports.trend(demo.by)][-1] == date(2026, 11, 1)


def test_statements_are_priced_from_the_first_day_and_become_dearer_in_july(demo: Demo) -> None:
    bank = demo.services.accounts.find(demo.by, "woodgrove.example").id
    months = demo.services.statements.months(demo.by, bank)
    assert [row.unpriced for row in months] == [0] * 12
    prices = {
        month: {line.unit_price for line in demo.services.statements.show(demo.by, bank, date(2026, month, 1)).lines}
        for month in (6, 7)
    }
    assert Decimal("43.20") in prices[6] - prices[7]
    assert Decimal("46.80") in prices[7] - prices[6]


def test_the_customers_administrator_sees_prices_and_no_cost(demo: Demo) -> None:
    own = demo.services.operators.sign_in(team.CUSTOMER, team.PASSWORD)
    rows = demo.services.prices.of_account(own, own.account_id or 0)
    assert rows
    assert {(row.usage_cost, row.purchase_cost) for row in rows} == {(None, None)}


def test_pools_run_short_and_the_customer_hears_of_the_own_alone(demo: Demo) -> None:
    low = demo.services.thresholds.low
    assert {row.account for row in low(demo.by)} == {"Contoso Freight", "Relecloud"}
    own = demo.services.operators.sign_in(team.CUSTOMER, team.PASSWORD)
    assert {row.account for row in low(own)} == {"Contoso Freight"}
