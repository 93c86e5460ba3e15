"""What typed words find."""

import pytest

from cpdesk.domain import finding
from cpdesk.domain.finding import BEGINNING, EXACT, INSIDE, Sought

NAME, PART, GUID = "Microsoft 365 Business Premium", "SPB", "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46"
TEXT, CODES = f"{NAME} · {PART}", (GUID, PART, NAME)


@pytest.mark.parametrize(
    ("typed", "fit"),
    [
        ("", BEGINNING),
        ("premium business", BEGINNING),
        ("PREM 365", BEGINNING),
        ("usiness", INSIDE),
        ("spb", EXACT),
        (NAME.upper(), EXACT),
        (GUID, EXACT),
        ("{CBDC14AB-D96C-4C30-B9F4-6ADA7CDC1D46}", EXACT),
        ("cbdc14ab-d9", BEGINNING),
        ("cbdc", BEGINNING),
        ("business cbdc", BEGINNING),
        ("cb", None),
        ("4c30", None),
        ("standard", None),
        ("business standard", None),
    ],
)
def test_a_product_is_found_by_words_part_number_and_guid(typed: str, fit: int | None) -> None:
    assert Sought(typed).fit(TEXT, CODES) == fit
    assert Sought(typed).finds(TEXT, CODES) == (fit is not None)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("zurich", "Zürich"),
        ("ZÜRICH", "zu\u0308rich"),
        ("strasse", "Straße"),
        ("ada lovelace", "LOVELACE, Ada"),
        ("o brien", "O'Brien"),
        ("abc", "\uff21\uff22\uff23"),
        ("дмит", "Дмитрий"),
        ("office365", "office365_e3"),
        ("office 365", "office_365_e3"),
    ],
)
def test_order_case_accents_and_widths_make_no_difference(typed: str, text: str) -> None:
    assert Sought(typed).finds(text)


def test_different_words_are_named_once() -> None:
    assert finding.different_words(("Ada Lovelace", "ada.lovelace@Contoso.example")) == "ada lovelace contoso example"


@pytest.mark.parametrize(
    ("typed", "begins"), [("lo ad", True), ("contoso", True), ("ovelace", False), ("ada x", False), ("", True)]
)
def test_each_word_begins_one(typed: str, begins: bool) -> None:
    assert finding.begin(finding.words_of(typed), "ada lovelace contoso example") == begins
