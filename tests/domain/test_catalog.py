from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.base import assets
from cpdesk.base.errors import UserError
from cpdesk.domain.catalog import CatalogProduct, ListPrice, Product, Scope, Term, find_product, read_catalog

SHIPPED = read_catalog((assets.root() / "catalog" / "products.csv").read_text("utf-8"))
PRODUCTS = [entry.product for entry in SHIPPED]
HEADER = (assets.root() / "catalog" / "products.csv").read_text("utf-8").splitlines()[0]


def shipped(part_number: str) -> CatalogProduct:
    return next(entry for entry in SHIPPED if entry.product.part_number == part_number)


def phone(guid: str) -> Product:
    return Product("MCOPSTN5", guid, "Domestic Calling (120 min)", "user", Scope.USER, "")


def test_the_shipped_catalogue_is_whole() -> None:
    assert len(SHIPPED) == 85
    assert shipped("SPB").product == Product(
        "SPB",
        "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46",
        "Microsoft 365 Business Premium",
        "user",
        Scope.USER,
        "CFQ7TTC0LCHC:0002",
    )


def test_guids_are_lower_case() -> None:
    assert all(product.guid == product.guid.lower() for product in PRODUCTS)


def test_prices_are_dated_by_term() -> None:
    assert shipped("SPE_E3").prices == (
        ListPrice(date(2025, 11, 1), Term.ANNUAL_YEARLY, Decimal("36.00"), "USD"),
        ListPrice(date(2025, 11, 1), Term.ANNUAL_MONTHLY, Decimal("37.80"), "USD"),
        ListPrice(date(2025, 11, 1), Term.MONTHLY, Decimal("43.20"), "USD"),
        ListPrice(date(2026, 7, 1), Term.ANNUAL_YEARLY, Decimal("39.00"), "USD"),
    )


def test_a_product_without_a_monthly_term_has_no_such_price() -> None:
    terms = [price.term for price in shipped("Microsoft_365_Copilot").prices]
    assert terms == [Term.ANNUAL_YEARLY, Term.ANNUAL_MONTHLY]


def test_a_free_product_has_a_price_of_nothing_and_an_unpriced_one_none() -> None:
    assert {price.amount for price in shipped("VIRTUAL_AGENT_USL").prices} == {Decimal("0.00")}
    assert shipped("MCOPSTNC").prices == ()


@pytest.mark.parametrize(
    ("part_number", "scope", "assignable_to"),
    [
        ("SPB", Scope.USER, "user"),
        ("Microsoft_Teams_Rooms_Pro", Scope.RESOURCE, "user"),
        ("INTUNE_A_D", Scope.DEVICE, "tenant"),
        ("SHAREPOINTSTORAGE", Scope.TENANT, "tenant"),
        ("MCOPSTNC", Scope.PREPAID, "tenant"),
    ],
)
def test_scope_decides_who_can_hold_it(part_number: str, scope: Scope, assignable_to: str) -> None:
    product = shipped(part_number).product
    assert (product.scope, product.assignable_to) == (scope, assignable_to)


@pytest.mark.parametrize("changed", ["SPB,g2,Name 2", "X,g1,Name 2", "X,g2, NAME  1"])
def test_indistinguishable_products_are_refused(changed: str) -> None:
    rest = ",,user,USD,,,,,,"
    with pytest.raises(ValueError, match="share"):
        read_catalog(f"{HEADER}\nspb,g1,Name 1{rest}\n{changed}{rest}\n")


@given(product=st.sampled_from(PRODUCTS), blanks=st.text(" \t\xa0", max_size=2), upper=st.booleans())
def test_every_product_is_found_by_part_number_guid_and_name(product: Product, blanks: str, upper: bool) -> None:
    for text in (product.part_number, product.guid, product.name):
        assert find_product(PRODUCTS, blanks + (text.upper() if upper else text) + blanks) == product


@pytest.mark.parametrize("text", ["", "   ", "Microsoft 365", "SPB2"])
def test_an_unknown_product_is_refused(text: str) -> None:
    with pytest.raises(UserError) as refused:
        find_product(PRODUCTS, text)
    assert refused.value.code == "unknown_product"
    assert refused.value.params == {"text": text}


@pytest.mark.parametrize("text", ["mcopstn5", "Domestic Calling (120 min)"])
def test_an_ambiguous_product_is_refused_with_the_candidates(text: str) -> None:
    twins = [phone("11ee1800-2222-4333-8444-555566667777"), phone("54a152dc-2222-4333-8444-555566667777")]
    with pytest.raises(UserError) as refused:
        find_product(twins, text)
    assert refused.value.code == "ambiguous_product"
    assert refused.value.params["candidates"] == [
        "Domestic Calling (120 min) (MCOPSTN5, 11ee1800-2222-4333-8444-555566667777)",
        "Domestic Calling (120 min) (MCOPSTN5, 54a152dc-2222-4333-8444-555566667777)",
    ]
    assert find_product(twins, twins[1].guid.upper()) is twins[1]
