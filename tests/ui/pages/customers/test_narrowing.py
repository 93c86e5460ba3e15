"""What the list is narrowed to."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.domain.accounts import Status
from cpdesk.domain.modes import Mode
from cpdesk.ui.gallery.samples import ACCOUNTS, NOT_OPEN, account
from cpdesk.ui.pages.customers.narrowing import Finder, Narrowing, Totals, totals, words_of

ALL = (*ACCOUNTS, *NOT_OPEN)


def names(narrowing: Narrowing) -> list[str]:
    return [row.name for row in Finder(ACCOUNTS).find(narrowing)]


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
    assert Finder([row]).find(Narrowing(words_of("STRASSE söhne"))) == (row,)


def test_both_modes_are_the_same_as_none() -> None:
    assert names(Narrowing(modes=frozenset(Mode))) == names(Narrowing())


def test_mode_and_pending_have_to_hold_both() -> None:
    found = names(Narrowing(modes=frozenset({Mode.PURCHASE}), pending=True))
    assert found == ["Contoso Freight", "Lamna Healthcare", "Tailspin Toys"]
    assert names(Narrowing(modes=frozenset({Mode.USAGE}), pending=True)) == []


def test_totals_are_those_of_the_accounts_given() -> None:
    assert totals(ACCOUNTS) == Totals(9, 2326, 2588)
    assert totals(()) == Totals(0, 0, 0)


def test_alias_domains_are_sought_too() -> None:
    row = replace(ACCOUNTS[0], aliases=("adatum-life.example",))
    assert Finder([row]).find(Narrowing(words_of("LIFE adatum"))) == (row,)


def test_closed_accounts_are_left_out_unless_asked_for() -> None:
    assert [row.name for row in Finder(NOT_OPEN).find(Narrowing())] == ["Litware"]
    closed = Narrowing(statuses=frozenset({Status.CLOSED}))
    assert [row.name for row in Finder(NOT_OPEN).find(closed)] == ["Wide World Importers", "Wingtip Toys"]


narrowings = st.builds(
    Narrowing,
    words=st.lists(st.text("adtoexamplw", max_size=3), max_size=2).map(lambda words: words_of(" ".join(words))),
    modes=st.frozensets(st.sampled_from(Mode)),
    pending=st.booleans(),
    statuses=st.frozensets(st.sampled_from((Status.SUSPENDED, Status.CLOSED))),
)


@given(st.lists(narrowings, min_size=1, max_size=6))
def test_one_finder_finds_the_same_as_a_fresh_one_whatever_came_before(steps: list[Narrowing]) -> None:
    finder = Finder(ALL)
    for step in steps:
        assert finder.find(step) == Finder(ALL).find(step)
