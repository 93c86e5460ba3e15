"""What the reseller's own company may say about itself."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cpdesk.domain.own_company import LARGEST_LOGO, OwnCompany, checked, from_plain, plain_rate, read_rate
from tests.support.refusals import refused

PNG, JPEG = b"\x89PNG\r\n\x1a\n and more", b"\xff\xd8\xff\xe0 and more"
OWN = OwnCompany("Northwind", ("1 Quay Street", "Bristol"), "GB", "GB 1", Decimal("19.5"), PNG)


def test_blanks_and_empty_lines_are_taken_off() -> None:
    typed = OwnCompany("  Northwind ", (" 1 Quay Street", "", "  ", "Bristol"), "gb", " GB 1 ", Decimal("19.5"), PNG)
    assert checked(typed) == OWN


def test_a_name_is_enough() -> None:
    assert checked(OwnCompany("Northwind")) == OwnCompany("Northwind")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "text_empty"),
        ({"name": "a\nb"}, "text_not_printable"),
        ({"address": ("line",) * 7}, "too_many_lines"),
        ({"address": ("x" * 300,)}, "text_too_long"),
        ({"country": "XX"}, "unknown_country"),
        ({"tax_rate": Decimal(-1)}, "bad_tax_rate"),
        ({"tax_rate": Decimal(100)}, "bad_tax_rate"),
        ({"tax_rate": Decimal("0.0001")}, "bad_tax_rate"),
        ({"tax_rate": Decimal("NaN")}, "bad_tax_rate"),
        ({"tax_rate": Decimal("Infinity")}, "bad_tax_rate"),
        ({"logo": b"GIF89a"}, "logo_not_an_image"),
        ({"logo": PNG + b"x" * LARGEST_LOGO}, "logo_too_large"),
    ],
)
def test_what_makes_no_sense_is_refused(changes: dict[str, object], code: str) -> None:
    with refused(code):
        checked(replace(OWN, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "rate"), [("", "0"), (" 20 ", "20"), ("19 %", "19"), ("7,25%", "7.25"), ("8.875", "8.875"), ("0.0", "0")]
)
def test_a_rate_is_read_as_people_type_it(text: str, rate: str) -> None:
    assert plain_rate(read_rate(text)) == rate


@pytest.mark.parametrize("text", ["x", "-1", "100", "1e9", "nan", "20 20", "8.8755"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with refused("bad_tax_rate"):
        read_rate(text)


@pytest.mark.parametrize("company", [OWN, OwnCompany("Northwind", logo=JPEG), OwnCompany()])
def test_what_is_kept_is_what_was_entered(company: OwnCompany) -> None:
    assert from_plain(company.as_plain(), company.logo) == company


def test_ten_percent_are_no_power_of_ten() -> None:
    assert plain_rate(Decimal(10)) == "10"
