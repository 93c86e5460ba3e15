"""What the advisor's page says, apart from how it looks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cpdesk.domain.advice import Advice, Recommendation
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.gallery import advice_samples as samples
from cpdesk.ui.gallery.samples import ACCOUNTS, AUDITOR, CONTOSO, CUSTOMER, RESELLER
from cpdesk.ui.pages.advisor.explanation import formulas
from cpdesk.ui.pages.advisor.facts import AdvisorFacts
from cpdesk.ui.pages.advisor.view import AdvisorView, WayText, advisor_view

IN_USAGE = ACCOUNTS[0]
IN_PURCHASE = ACCOUNTS[2]


def view(shown: Advice, account: AccountRow = IN_USAGE, by: Session = RESELLER) -> AdvisorView:
    return advisor_view(AdvisorFacts(account, shown, samples.SWITCHES), by)


def test_the_saving_is_part_of_the_reason() -> None:
    shown = view(samples.advice())
    assert shown.saving == "$161.67"
    assert shown.saving in shown.reason
    assert shown.chip.text == "Purchase Mode would be cheaper"


def test_the_period_is_told_with_its_years() -> None:
    assert "the last 12 months (November 2025 to October 2026)" in view(samples.advice()).subtitle
    assert "the last 1 month (October 2026)" in view(samples.advice(number=1)).subtitle


def test_figures_have_the_amount_of_a_month_beside_the_sum() -> None:
    paid, usage, purchase, turnover = view(samples.advice()).figures
    assert (paid.label, paid.figure, paid.note) == ("Charged in 12 months", "$22,706.00", "$1,892.17 a month")
    assert (usage.label, usage.figure) == ("Usage Mode", "$22,706.00")
    assert (purchase.label, purchase.figure) == ("Purchase Mode, smallest pool", "$20,766.00")
    assert (turnover.figure, turnover.note) == ("4.2 %", "about 3.4 of 81 seats")


def test_without_complete_months_there_are_no_figures() -> None:
    shown = view(samples.TOO_SHORT)
    assert shown.figures == ()
    assert "December 1, 2026" in shown.reason


def test_amounts_say_what_they_lack() -> None:
    paid = view(samples.MISSING_PRICES).figures[0]
    assert paid.note.endswith("1 product without a price is missing")


def test_where_nothing_has_a_price_no_amount_is_zero() -> None:
    nothing = replace(samples.MISSING_PRICES, actual=Decimal(), usage_cost=Decimal(), purchase_cost=Decimal())
    assert [figure.figure for figure in view(nothing).figures[:3]] == ["no price"] * 3
    assert view(nothing).figures[0].note == "1 product without a price is missing"


def test_a_month_with_a_missing_price_has_no_bar() -> None:
    points = view(samples.MISSING_PRICES).costs.points
    assert points[0].usage is not None
    assert (points[-1].usage, points[-1].purchase, points[-1].actual) == (None, None, None)


def test_a_change_of_mode_is_marked() -> None:
    (switch,) = view(samples.SWITCHED, IN_PURCHASE).costs.switches
    assert (switch.day, switch.to) == (date(2026, 1, 14), Mode.PURCHASE), "that of the present month is not shown"
    assert view(samples.TOO_SHORT).costs.switches == ()


TO_PURCHASE = WayText("Review the change to Purchase Mode", "services")
TO_USAGE = WayText("Review the change to Usage Mode", "services")
TO_PRICES = WayText("Open Price Schedules", "prices")
TO_USAGE_ADVICE = replace(samples.KEPT, mode=Mode.PURCHASE, saving_per_month=Decimal(40))


@pytest.mark.parametrize(
    ("shown", "account", "by", "way"),
    [
        (samples.advice(), IN_USAGE, RESELLER, TO_PURCHASE),
        (TO_USAGE_ADVICE, IN_PURCHASE, RESELLER, TO_USAGE),
        (samples.KEPT, IN_USAGE, RESELLER, None),
        (samples.EITHER, IN_USAGE, RESELLER, None),
        (samples.TOO_SHORT, IN_USAGE, RESELLER, None),
        (samples.advice(), IN_USAGE, AUDITOR, None),
        (samples.advice(), replace(IN_USAGE, service_active=False), RESELLER, None),
        (samples.PENDING, CONTOSO, RESELLER, None),
        (samples.PENDING_WRONG, CONTOSO, RESELLER, WayText("Review the pending change", "services")),
        (samples.PENDING_WRONG, CONTOSO, CUSTOMER, WayText("Review the pending change", "services")),
        (samples.MISSING_PRICES, IN_USAGE, RESELLER, TO_PRICES),
        (samples.MISSING_PRICES, IN_USAGE, AUDITOR, TO_PRICES),
        (samples.MISSING_PRICES, IN_USAGE, CUSTOMER, None),
    ],
)
def test_the_way_on_leads_where_something_can_be_done(
    shown: Advice, account: AccountRow, by: Session, way: WayText | None
) -> None:
    assert view(shown, account, by).way == way


def test_a_pending_change_is_told_with_its_date() -> None:
    assert "December 1, 2026" in view(samples.PENDING, CONTOSO).pending
    assert view(samples.advice()).pending == ""


def test_tenant_products_are_told_once() -> None:
    assert view(samples.TENANT, IN_PURCHASE).tenant == "", "the reason names them"
    told = view(replace(samples.TENANT, recommended=Recommendation.TOO_SHORT), IN_PURCHASE).tenant
    assert told.startswith("Office 365 Extra File Storage")


# How this is computed


def test_the_formulas_have_the_numbers_of_the_account() -> None:
    assert [formula for _label, formula in formulas(samples.advice())] == [
        "($22,706.00 \u2212 $20,766.00) ÷ 12 months = $161.67",
        "80.92 of 86 seats = 94 %",
        "$1,730.50 ÷ $2,004.00 = 86 %",
    ]


def test_where_nothing_is_saved_the_formula_is_that_of_the_difference() -> None:
    label, formula = formulas(samples.KEPT)[0]
    assert label == "Difference between the modes a month"
    assert formula == "($20,766.00 \u2212 $17,910.00) ÷ 12 months = $238.00"


def test_without_months_there_is_no_formula() -> None:
    assert formulas(samples.TOO_SHORT) == []


def test_products_of_the_tenant_are_no_part_of_the_pools() -> None:
    assert formulas(samples.TENANT)[1] == (
        "In use on an average day, of the smallest pools",
        "80.92 of 86 seats = 94 %",
    )
