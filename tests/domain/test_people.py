"""What is known of users, and what deleting or licensing them together means."""

from dataclasses import replace

import pytest

from cpdesk.domain import people
from cpdesk.domain.catalog import Product, Scope
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import UserFields, UserFilter
from cpdesk.domain.rows import SubscriptionRow
from tests.support.refusals import refused

ADA = UserFields("Ada Lovelace", "ada@contoso.example")
PREMIUM = SubscriptionRow(1, "SPB", "guid-1", "Microsoft 365 Business Premium", "user", seats=5, assigned=3)
STORAGE = SubscriptionRow(2, "STORAGE", "guid-2", "Storage", "tenant", seats=9, assigned=0)


def product(number: int, name: str, scope: Scope = Scope.USER) -> Product:
    return Product(name.upper(), f"guid-{number}", name, scope.assignable_to, scope, "")


CATALOGUE = {
    1: product(1, "Microsoft 365 Business Premium"),
    2: product(2, "Storage", Scope.TENANT),
    3: product(3, "Teams Rooms", Scope.RESOURCE),
    4: product(4, "Visio"),
}


def test_what_was_typed_is_cleaned() -> None:
    typed = UserFields(
        " Ada \u00a0", " ada@contoso.example ", first_name=" Ada ", usage_location=" gb ", job_title="  "
    )
    assert people.checked(typed) == UserFields("Ada", "ada@contoso.example", first_name="Ada", usage_location="GB")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("display_name", " ", "text_empty"),
        ("display_name", "x" * 257, "text_too_long"),
        ("upn", "ada", "bad_upn"),
        ("first_name", "A\x00da", "text_not_printable"),
        ("last_name", "\u200b", "text_empty"),
        ("job_title", "x" * 257, "text_too_long"),
        ("department", "a\x1bb", "text_not_printable"),
        ("usage_location", "Germany", "unknown_country"),
        ("usage_location", "XX", "unknown_country"),
    ],
)
def test_what_makes_no_sense_is_refused(field: str, value: str, code: str) -> None:
    with refused(code):
        people.checked(replace(ADA, **{field: value}))  # type: ignore[arg-type]


def test_every_field_says_what_is_wrong_with_it() -> None:
    wrong = people.problems(replace(ADA, upn="ada", first_name="x" * 257, usage_location="XX"), ADA)
    assert {field: error.code for field, error in wrong.items()} == {
        "upn": "bad_upn",
        "usage_location": "unknown_country",
        "first_name": "text_too_long",
    }
    assert people.problems(ADA) == {}


@pytest.mark.parametrize(
    ("chosen", "added", "after"),
    [
        ((), UserFilter.GUESTS, {UserFilter.GUESTS}),
        ((UserFilter.GUESTS,), UserFilter.LICENSED, {UserFilter.GUESTS, UserFilter.LICENSED}),
        ((UserFilter.GUESTS, UserFilter.LICENSED), UserFilter.UNLICENSED, {UserFilter.GUESTS, UserFilter.UNLICENSED}),
        ((UserFilter.UNLICENSED,), UserFilter.ROOMS, {UserFilter.ROOMS}),
        ((UserFilter.UNLICENSED, UserFilter.GUESTS), UserFilter.ALL, set()),
    ],
)
def test_filters_add_up_unless_they_contradict_each_other(
    chosen: tuple[UserFilter, ...], added: UserFilter, after: set[UserFilter]
) -> None:
    assert people.narrowed(chosen, added) == after


def test_what_an_import_brought_may_stay_though_nobody_could_type_it() -> None:
    known = replace(ADA, usage_location="UK", job_title="x" * 300)
    assert people.checked(replace(known, department="Sales"), known) == replace(known, department="Sales")
    with refused("unknown_country"):
        people.checked(replace(known, usage_location="XX"), known)


@pytest.mark.parametrize(
    ("upn", "foreign"),
    [
        ("ada@contoso.example", ""),
        ("ada@CONTOSO.example", ""),
        ("ada@mail.contoso.example", ""),
        ("ada@contoso.alias.example", ""),
        ("ada@fabrikam.example", "fabrikam.example"),
        ("ada@notcontoso.example", "notcontoso.example"),
        ("ada_fabrikam.example#EXT#@contoso.example", ""),
    ],
)
def test_a_domain_that_is_not_the_accounts_is_named(upn: str, foreign: str) -> None:
    assert people.foreign_domain(upn, ["Contoso.example", "contoso.alias.example"]) == foreign


def test_in_purchase_mode_what_has_seats_can_be_ticked() -> None:
    (line,) = people.sheet_lines(Mode.PURCHASE, [PREMIUM, STORAGE], CATALOGUE, {1: 2})
    assert (line.name, line.seats, line.available, line.held) == (PREMIUM.name, 5, 2, 2)


def test_in_usage_mode_all_that_users_can_hold_can_be_ticked_what_the_account_has_first() -> None:
    visio = SubscriptionRow(4, "VISIO", "guid-4", "Visio", "user", seats=1, assigned=1)
    lines = people.sheet_lines(Mode.USAGE, [visio], CATALOGUE, {})
    assert [(line.name, line.seats) for line in lines] == [
        ("Visio", 1),
        ("Microsoft 365 Business Premium", 0),
        ("Teams Rooms", 0),
    ]
