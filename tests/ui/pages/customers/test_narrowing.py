"""What the list is narrowed to."""

import pytest

from cpdesk.domain.modes import Mode
from cpdesk.ui.gallery.samples import ACCOUNTS, account
from cpdesk.ui.pages.customers.narrowing import Narrowing, Totals, totals, words_of


def names(narrowing: Narrowing) -> list[str]:
    return [row.name for row in ACCOUNTS if narrowing.admits(row)]


def test_nothing_is_left_out_at_first() -> None:
    assert len(names(Narrowing())) == len(ACCOUNTS)
    assert not Narrowing().active


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tailspin", ["Tailspin Toys"]),
        ("  TOYS tail ", ["Tailspin Toys"]),
        ("gdi.example", ["Graphic Design Institute"]),
        ("adatum purchase", []),
        ("december", []),
    ],
)
def test_words_are_sought_in_name_and_domain_only(text: str, found: list[str]) -> None:
    assert names(Narrowing(words_of(text))) == found


def test_case_means_nothing_in_any_script() -> None:
    row = account("Straße & Söhne", "strasse.example")
    assert Narrowing(words_of("STRASSE söhne")).admits(row)


def test_both_modes_are_the_same_as_none() -> None:
    assert names(Narrowing(modes=frozenset(Mode))) == names(Narrowing())


def test_mode_and_pending_have_to_hold_both() -> None:
    found = names(Narrowing(modes=frozenset({Mode.PURCHASE}), pending=True))
    assert found == ["Contoso Freight", "Lamna Healthcare", "Tailspin Toys"]
    assert names(Narrowing(modes=frozenset({Mode.USAGE}), pending=True)) == []


def test_totals_are_those_of_the_accounts_given() -> None:
    assert totals(ACCOUNTS) == Totals(9, 2588)
    assert totals(()) == Totals(0, 0)
