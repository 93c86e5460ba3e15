from decimal import Decimal

import pytest

from cpdesk.base.i18n import set_language
from cpdesk.base.money_words import amount_text, sum_text
from cpdesk.base.regions import minor_digits


def test_an_amount_that_is_not_known_is_not_nothing() -> None:
    assert amount_text(Decimal("22.00"), "USD") == "$22.00"
    assert amount_text(Decimal(), "USD") == "$0.00"
    assert amount_text(None, "USD") == "no price"


@pytest.mark.parametrize(
    ("amount", "unpriced", "text"),
    [("120.00", 0, "$120.00"), ("0", 0, "$0.00"), ("120.00", 1, "$120.00 + 1 unpriced"), ("0", 1200, "no price")],
)
def test_a_sum_says_how_much_is_missing_in_it(amount: str, unpriced: int, text: str) -> None:
    assert sum_text(Decimal(amount), "USD", unpriced).replace("\u00a0", " ") == text


def test_a_sum_breaks_before_the_plus_alone() -> None:
    assert sum_text(Decimal(7), "USD", 2).split(" ") == ["$7.00", "+\u00a02\u00a0unpriced"]


def test_amounts_follow_currency_and_language() -> None:
    assert amount_text(Decimal(2500), "JPY") == "¥2,500"
    set_language("de")
    assert amount_text(Decimal("1234.50"), "EUR") == "1.234,50\u00a0€"


@pytest.mark.parametrize(("currency", "digits"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("ZZZ", 2)])
def test_the_decimals_of_a_currency(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits
