"""Amounts as people type them, in each language."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from cpdesk.base import i18n
from cpdesk.ui.parts.amounts import not_a_number, number_in_field, typed_number, typed_percent


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.set_language("en")


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "15", "15"),
        ("en", " 15.00 ", "15.00"),
        ("en", "1,234.50", "1234.50"),
        ("de", "15,00", "15.00"),
        ("de", "15.00", "15.00"),
        ("de", "1.234,50", "1234.50"),
        ("de", "1.500", "1500"),
        ("en", "-3", "-3"),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(language: str, typed: str, meant: str) -> None:
    i18n.set_language(language)
    assert typed_number(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["", "twelve", "15,00", "1e3", "NaN", "1.2.3", "$5"])
def test_anything_else_is_no_number(typed: str) -> None:
    assert typed_number(typed) is None
    assert not_a_number(typed) == "Enter a number such as 12.50."


def test_a_percentage_may_have_its_sign() -> None:
    assert typed_percent("15 %") == typed_percent("15") == Decimal(15)
    assert typed_percent("%") is None


@pytest.mark.parametrize(("number", "shown"), [("15.00", "15,00"), ("1234.5", "1234,5"), ("0", "0"), ("8", "8")])
def test_a_field_shows_what_can_be_read_back(number: str, shown: str) -> None:
    i18n.set_language("de")
    assert number_in_field(Decimal(number)) == shown
    assert typed_number(shown) == Decimal(number)


def test_nothing_is_shown_for_no_number() -> None:
    assert number_in_field(None) == ""
