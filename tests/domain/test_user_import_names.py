import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.base import assets
from cpdesk.domain.catalog import Product, Scope, name_key, read_catalog
from cpdesk.domain.user_import.choices import SKIP
from cpdesk.domain.user_import.names import (
    MatchedLicenses,
    Preferences,
    ProductNames,
    match_licenses,
    match_rows,
)
from cpdesk.domain.user_import.reading import parse_export

SHIPPED = [entry.product for entry in read_catalog((assets.root() / "catalog" / "products.csv").read_text("utf-8"))]
NAMES = ProductNames(SHIPPED)


def product(guid: str, name: str, part_number: str = "") -> Product:
    return Product(part_number or guid.upper(), guid, name, "user", Scope.USER, "")


VISIO = product("4b244418-9658-4451-a2b8-b5e2b364e9bd", "Visio Plan 1", "VISIOONLINE_PLAN1")
VISIO_TWIN = product("ca7f3140-d88c-455b-9a1c-7f0679e31a76", "Visio Plan 1", "VISIO_PLAN1_DEPT")
TWINS = ProductNames([VISIO, VISIO_TWIN, product("e3", "Office 365 E3")])


def matched(text: str) -> list[str]:
    found = match_licenses(text, NAMES)
    assert found.complete
    return [product.part_number for product in found.products]


@pytest.mark.parametrize("text", ["", " ", "Unlicensed", "UNLICENSED\xa0", "+", " + "])
def test_nothing_is_named(text: str) -> None:
    assert match_licenses(text, NAMES) == MatchedLicenses()


@pytest.mark.parametrize(
    ("text", "part_numbers"),
    [
        ("Microsoft 365 Business Premium", ["SPB"]),
        ("microsoft 365\xa0business  premium ", ["SPB"]),
        ("Microsoft 365 Business Premium+Visio Plan 2", ["SPB", "VISIOCLIENT"]),
        ("Microsoft 365 Business Premium + Visio Plan 2", ["SPB", "VISIOCLIENT"]),
        ("Enterprise Mobility + Security E3", ["EMS"]),
        ("Enterprise Mobility+Security E3", ["EMS"]),
        ("Office 365 E3+Enterprise Mobility + Security E3+Intune", ["ENTERPRISEPACK", "EMS", "INTUNE_A"]),
        ("Microsoft 365 F5 Security + Compliance Add-on+Microsoft 365 F3", ["SPE_F5_SECCOMP", "SPE_F1"]),
        ("Office 365 E3+Office 365 E3", ["ENTERPRISEPACK"]),
        ("+Office 365 E3++", ["ENTERPRISEPACK"]),
        ("Unlicensed+Office 365 E3", ["ENTERPRISEPACK"]),
        ("spb+SPE_E3", ["SPB", "SPE_E3"]),
    ],
)
def test_names_are_matched(text: str, part_numbers: list[str]) -> None:
    assert matched(text) == part_numbers


@given(st.lists(st.sampled_from(SHIPPED)), st.sampled_from(["+", " +", "+ ", " + ", "\xa0+\xa0"]), st.booleans())
def test_joined_names_come_apart_again(products: list[Product], joint: str, upper: bool) -> None:
    text = joint.join(product.name for product in products)
    found = match_licenses(text.upper() if upper else text, NAMES)
    assert found.complete
    assert set(found.products) == set(products)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Rocket Fuel", ("Rocket Fuel",)),
        ("Rocket Fuel+Warp  Drive", ("Rocket Fuel", "Warp Drive")),
        ("Enterprise Mobility + Security A3 for faculty", ("Enterprise Mobility + Security A3 for faculty",)),
        (
            "A + B+C + D+Office 365 E3+F + Office 365 E3+G",
            ("A + B", "C + D", "F", "G"),
        ),
        ("Rocket Fuel+Office 365 E3+Rocket Fuel", ("Rocket Fuel",)),
    ],
)
def test_unknown_names_are_told_as_written(text: str, unknown: tuple[str, ...]) -> None:
    found = match_licenses(text, NAMES)
    assert found.unknown == unknown
    assert not found.complete


def test_known_names_beside_unknown_ones_are_matched() -> None:
    found = match_licenses("Rocket Fuel+Office 365 E3", NAMES)
    assert [product.part_number for product in found.products] == ["ENTERPRISEPACK"]


@given(st.text(st.sampled_from(list("aE+ 3\xa0")), max_size=30))
def test_nothing_of_a_cell_gets_lost(text: str) -> None:
    found = match_licenses(text, ProductNames([product("1", "E3"), product("2", "a + E")]))
    told = "+".join([*found.unknown, *(match.name for match in found.products)])
    assert {name_key(part) for part in text.split("+")} - {""} == set(name_key(told).split("+")) - {""}


def test_a_shared_name_is_ambiguous() -> None:
    found = match_licenses("Visio Plan 1+Office 365 E3", TWINS)
    assert found.ambiguous == (("Visio Plan 1", (VISIO, VISIO_TWIN)),)
    assert [product.guid for product in found.products] == ["e3"]
    assert not found.complete


@pytest.mark.parametrize(
    ("preferences", "own", "chosen"),
    [
        (Preferences(held_guids={VISIO_TWIN.guid}, schedule_guids={VISIO.guid}), set(), VISIO_TWIN),
        (Preferences(schedule_guids={VISIO.guid}), set(), VISIO),
        (
            Preferences(held_guids={VISIO.guid, VISIO_TWIN.guid}, schedule_guids={VISIO_TWIN.guid}),
            set(),
            VISIO_TWIN,
        ),
        (Preferences(held_guids={VISIO.guid, VISIO_TWIN.guid}), {VISIO.guid}, VISIO),
        (Preferences(remembered={"visio plan 1": VISIO.guid}), set(), VISIO),
        (Preferences(held_guids={VISIO.guid}, remembered={"visio plan 1": VISIO_TWIN.guid}), set(), VISIO_TWIN),
        (Preferences(remembered={"visio plan 1": VISIO_TWIN.guid}), {VISIO.guid}, VISIO),
        (Preferences(remembered={"visio plan 1": VISIO.guid}), {VISIO.guid, VISIO_TWIN.guid}, VISIO),
        (Preferences(chosen={"visio plan 1": VISIO_TWIN.guid}), {VISIO.guid}, VISIO_TWIN),
        (Preferences(remembered={"visio plan 1": "gone"}), set(), None),
        (Preferences(remembered={"visio plan 1": SKIP}), set(), None),
        (Preferences(remembered={"visio plan 1": SKIP}, chosen={"visio plan 1": VISIO.guid}), set(), VISIO),
        (Preferences(remembered={"visio plan 1": VISIO.guid}, chosen={"visio plan 1": SKIP}), set(), None),
        (Preferences(held_guids={"e3"}), set(), None),
    ],
)
def test_what_tells_a_shared_name_apart(preferences: Preferences, own: set[str], chosen: Product | None) -> None:
    found = match_licenses("VISIO Plan 1", TWINS, preferences, own)
    assert found.products == ((chosen,) if chosen else ())
    assert found.complete == (chosen is not None)


def test_an_answer_may_be_a_product_of_another_name() -> None:
    found = match_licenses("Visio Plan 1+Office 365 E3", TWINS, Preferences(remembered={"office 365 e3": VISIO.guid}))
    assert ([product.guid for product in found.products], found.ambiguous[0][0]) == ([VISIO.guid], "Visio Plan 1")


def test_a_skipped_name_is_left_unmatched_so_that_nothing_is_taken_away() -> None:
    found = match_licenses("Visio Plan 1+Office 365 E3", TWINS, Preferences(chosen={"visio plan 1": SKIP}))
    assert (found.unknown, found.ambiguous, found.complete) == (("Visio Plan 1",), (), False)


def test_a_remembered_answer_serves_an_unknown_name() -> None:
    found = match_licenses("Fuel + More", TWINS, Preferences(remembered={name_key("FUEL + more"): "e3"}))
    assert [product.guid for product in found.products] == ["e3"]
    assert found.complete


def test_rows_are_matched_by_number_without_the_deleted() -> None:
    _, rows = parse_export(
        "User principal name,Soft deletion time stamp,Licenses\n"
        "a@x.example,,Visio Plan 1\nb@x.example,2025-01-01,\nc@x.example,,Visio Plan 1\n",
        "users.csv",
    )
    found = match_rows(rows, TWINS, own_guids={2: frozenset({VISIO.guid}), 4: frozenset({VISIO_TWIN.guid})})
    assert {row: match.products for row, match in found.items()} == {2: (VISIO,), 4: (VISIO_TWIN,)}
