"""The product names of a file as a whole."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from cpdesk.domain.catalog import Product, Scope
from cpdesk.domain.user_import.choices import SKIP
from cpdesk.domain.user_import.name_uses import NameUse, name_uses
from cpdesk.domain.user_import.names import Basis, Preferences, ProductNames
from cpdesk.domain.user_import.reading import parse_export


def product(guid: str, name: str) -> Product:
    return Product(guid.upper(), guid, name, "user", Scope.USER, "")


E3, VISIO, TWIN = product("e3", "Office 365 E3"), product("visio", "Visio Plan 1"), product("twin", "Visio Plan 1")
NAMES = ProductNames([E3, VISIO, TWIN])
NOTHING_SAID = Preferences()


def uses(
    *licenses: str, preferences: Preferences = NOTHING_SAID, own: Mapping[int, AbstractSet[str]] | None = None
) -> dict[str, NameUse]:
    text = "User principal name,Licenses\n" + "".join(f"u{n}@x.example,{cell}\n" for n, cell in enumerate(licenses))
    rows = parse_export(text, "users.csv")[1]
    return {use.name: use for use in name_uses(rows, NAMES, preferences, own or {})}


def test_each_name_is_counted_once_a_user() -> None:
    found = uses("Office 365 E3+Visio Plan 1", "OFFICE 365 E3+Office 365 E3", "Unlicensed")
    assert [(use.name, use.users) for use in found.values()] == [("Office 365 E3", 2), ("Visio Plan 1", 1)]


def test_deleted_users_do_not_count() -> None:
    text = "User principal name,Soft deletion time stamp,Licenses\na@x.example,2026-01-01,Office 365 E3\n"
    assert name_uses(parse_export(text, "users.csv")[1], NAMES, Preferences(), {}) == ()


def test_a_matched_name_asks_nothing() -> None:
    use = uses("Office 365 E3")["Office 365 E3"]
    assert (use.open, use.meaning.product, use.meaning.basis, use.skipped) == (0, E3, Basis.NAME, False)


def test_a_shared_name_and_an_unknown_one_are_open() -> None:
    found = uses("Visio Plan 1+Rocket Fuel", "Visio Plan 1")
    visio, rocket = found["Visio Plan 1"], found["Rocket Fuel"]
    assert (visio.open, visio.candidates, visio.meaning.basis) == (2, (VISIO, TWIN), Basis.AMBIGUOUS)
    assert (rocket.open, rocket.candidates, rocket.meaning.basis) == (1, (), Basis.UNKNOWN)


def test_users_who_have_one_of_the_twins_need_no_answer() -> None:
    own = {2: {"visio"}, 3: {"twin"}}
    assert uses("Visio Plan 1", "Visio Plan 1", "Visio Plan 1", own=own)["Visio Plan 1"].open == 1
    assert uses("Visio Plan 1", "Visio Plan 1", own=own)["Visio Plan 1"].open == 0


def test_an_answer_closes_a_name() -> None:
    answered = Preferences(chosen={"visio plan 1": "twin"}, remembered={"rocket fuel": SKIP})
    found = uses("Visio Plan 1+Rocket Fuel", preferences=answered)
    visio, rocket = found["Visio Plan 1"], found["Rocket Fuel"]
    assert (visio.open, visio.meaning.product, visio.skipped) == (0, TWIN, False)
    assert (rocket.open, rocket.meaning.basis, rocket.skipped) == (0, Basis.REMEMBERED, True)
