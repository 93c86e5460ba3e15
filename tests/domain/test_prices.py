"""What a seat costs on a day: dated prices, dated schedules, and what may become of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from cpdesk.domain.modes import Mode
from cpdesk.domain.price_changes import (
    check_assignment,
    check_new_price,
    check_withdrawal,
    checked_amount,
    in_force_or_to_come,
    plain_decimal,
)
from cpdesk.domain.prices import AccountPricing, Price, PriceBook, UnitPrice, in_force, merged
from cpdesk.domain.schedules import margin
from cpdesk.domain.statements import Proration
from tests.support.refusals import refused

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in range(1, 5))
EVE = timedelta(days=1)
ENTERED = datetime(2026, 1, 1, tzinfo=UTC)


def price(day: date, usage: str | None, purchase: str | None = None) -> Price:
    return Price(7, day, Decimal(usage) if usage else None, Decimal(purchase) if purchase else None, ENTERED)


def book(*prices: Price, number: int = 1, currency: str = "USD") -> PriceBook:
    return PriceBook(number, f"S{number}", currency, {7: prices}, [(date(2000, 1, 1), Proration.DAILY)])


def test_a_price_counts_until_the_next_one() -> None:
    pricing = AccountPricing("USD", [(JAN, book(price(FEB, "1"), price(MAR, None, "3")))])
    days = (JAN, FEB - EVE, FEB, MAR - EVE, MAR, APR)
    usage = [pricing.unit_price(7, Mode.USAGE, day) for day in days]
    assert [found and found.amount for found in usage] == [None, None, Decimal(1), Decimal(1), None, None]
    assert pricing.unit_price(7, Mode.PURCHASE, APR) == UnitPrice(Decimal(3), MAR, ENTERED)
    assert pricing.unit_price(8, Mode.PURCHASE, APR) is None


def test_a_schedule_in_another_currency_has_no_prices() -> None:
    pricing = AccountPricing("EUR", [(JAN, book(price(JAN, "1"))), (MAR, book(price(JAN, "2"), currency="EUR"))])
    found = [pricing.unit_price(7, Mode.USAGE, day) for day in (JAN - EVE, JAN, MAR)]
    assert [one and one.amount for one in found] == [None, None, Decimal(2)]


def test_what_holds_from_a_day_on() -> None:
    dated = [(JAN, "a"), (MAR, "b")]
    assert [in_force(dated, day) for day in (JAN - EVE, JAN, FEB, MAR, APR)] == [None, "a", "a", "b", "b"]


def test_an_own_schedule_goes_before_the_default_of_that_day() -> None:
    assert merged([], [(JAN, 1), (MAR, 2)]) == [(JAN, 1), (MAR, 2)]
    assert merged([(FEB, 5), (APR, None)], [(JAN, 1), (MAR, 2)]) == [(JAN, 1), (FEB, 5), (MAR, 5), (APR, 2)]
    assert merged([(JAN, 5)], []) == [(JAN, 5)]
    assert merged([(JAN, None)], []) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("1", "1"), ("+1.50", "1.50"), ("-2", "-2"), (".5", "0.5"), ("1.", None), ("", None), ("1_0", None), ("٣", None)],
)
def test_a_number_is_digits_a_point_and_a_sign(text: str, wanted: str | None) -> None:
    assert plain_decimal(text) == (wanted and Decimal(wanted))
    assert plain_decimal("9" * 41) is None


def test_no_price_is_none_and_zero_is_a_price() -> None:
    assert [checked_amount(given, 2) for given in (None, "", "  ", "0", "-0.00")] == [None, None, None, 0, 0]
    assert str(checked_amount("-0", 2)) == "0.00"
    assert str(checked_amount(Decimal("1E+2"), 0)) == "100"


@pytest.mark.parametrize(
    ("present", "new", "fits"),
    [
        (None, ("1", "1"), True),
        (("1", None), ("1", "2"), True),
        (("1", None), ("2", None), False),
        (("1", "2"), ("1", None), False),
        (("1", "2"), ("1", "2"), True),
        ((None, None), ("1", "2"), True),
    ],
)
def test_days_that_are_over_get_first_prices_only(
    present: tuple[str | None, str | None] | None, new: tuple[str | None, str | None], fits: bool
) -> None:
    rows = [price(JAN, *present)] if present else []
    wanted = price(FEB, *new)
    check_new_price(book(*rows), wanted, "SPB", FEB)
    if fits:
        check_new_price(book(*rows), wanted, "SPB", MAR)
    else:
        with refused("date_in_the_past"):
            check_new_price(book(*rows), wanted, "SPB", MAR)


def test_what_ends_nothing_is_no_price() -> None:
    with refused("price_missing"):
        check_new_price(book(), price(MAR, None), "SPB", FEB)
    check_new_price(book(price(JAN, "1")), price(MAR, None), "SPB", FEB)


def test_a_price_can_be_withdrawn_until_its_first_day_is_over() -> None:
    rows = book(price(JAN, "1"), price(MAR, "2"))
    assert check_withdrawal(rows, 7, MAR, "SPB", MAR).usage == 2
    with refused("price_has_begun"):
        check_withdrawal(rows, 7, MAR, "SPB", MAR + EVE)
    with refused("unknown_price"):
        check_withdrawal(rows, 7, FEB, "SPB", JAN)


def test_past_days_keep_their_schedule() -> None:
    had, other = book(price(JAN, "1")), book(price(JAN, "1"), number=2)
    pricing = AccountPricing("USD", [(FEB, had)])
    check_assignment(pricing, other, MAR, MAR)
    check_assignment(pricing, had, FEB, MAR)
    for day in (FEB, JAN):
        with refused("date_in_the_past"):
            check_assignment(pricing, other, day, MAR)
    check_assignment(pricing, had, JAN, MAR)
    with refused("date_in_the_past"):
        check_assignment(pricing, None, FEB, MAR)


def test_what_is_listed_today() -> None:
    rows = [price(day, "1") for day in (JAN, FEB, APR)]
    assert in_force_or_to_come(rows, MAR) == rows[1:]
    assert in_force_or_to_come(rows, JAN - EVE) == rows
    assert in_force_or_to_come(rows, APR) == rows[2:]


def test_the_margin_is_percent_of_the_cost() -> None:
    assert margin(Decimal("23.00"), Decimal("20.00")) == Decimal("15.0")
    assert margin(Decimal("18.00"), Decimal("20.00")) == Decimal("-10.0")
    assert (margin(None, Decimal(1)), margin(Decimal(1), None), margin(Decimal(1), Decimal(0))) == (None,) * 3


def flat(since: date, *, number: int = 2, currency: str = "USD") -> PriceBook:
    """A schedule that charges whole months from a day on."""
    made = book(price(JAN, "1"), number=number, currency=currency)
    return replace(made, prorations=[(date(2000, 1, 1), Proration.DAILY), (since, Proration.NONE)])


def test_a_schedule_in_another_currency_does_not_say_how_months_are_charged() -> None:
    pricing = AccountPricing("EUR", [(JAN, flat(JAN)), (FEB + EVE, flat(JAN, currency="EUR"))])
    assert [pricing.proration(day) for day in (JAN, FEB, MAR)] == [Proration.DAILY, Proration.DAILY, Proration.NONE]


def test_a_month_with_priced_days_keeps_its_proration() -> None:
    own, middle = flat(FEB), FEB + 9 * EVE
    pricing = AccountPricing("USD", [(middle, own)])
    for day in (JAN, FEB):
        with refused("date_in_the_past"):
            check_assignment(pricing, own, day, MAR)
    check_assignment(pricing, own, FEB + EVE, MAR)
    check_assignment(pricing, replace(own, prorations=[(JAN, Proration.DAILY)]), FEB, MAR)
    check_assignment(pricing, flat(MAR), FEB, MAR)


def test_months_without_any_price_may_be_charged_in_any_way() -> None:
    check_assignment(AccountPricing("USD", []), flat(JAN), JAN, MAR)
    check_assignment(AccountPricing("USD", [(MAR, flat(JAN))]), flat(JAN), JAN, MAR + EVE)
