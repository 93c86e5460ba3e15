from collections import Counter
from dataclasses import dataclass
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.base.errors import UserError
from cpdesk.domain.book import Book
from cpdesk.domain.modes import Mode
from cpdesk.domain.seats import Holding, LedgerKind
from tests.support.refusals import refused

ACCOUNT = 3


@dataclass(frozen=True)
class Step:
    """One thing that is tried with a book."""

    what: Literal["assign", "unassign", "add", "remove"]
    product: int
    user: int
    count: int


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(["assign", "unassign", "add", "remove"]),
        st.integers(1, 3),
        st.integers(1, 3),
        st.integers(-1, 4),
    ),
    max_size=40,
)


def tried(book: Book, step: Step, holders: set[tuple[int, int]]) -> None:
    """Do a step where the rules allow it; who holds what is the caller's business, as it is a service's."""
    holder = (step.user, step.product)
    try:
        if step.what == "assign" and holder not in holders:
            book.assign(step.product, step.user, product="X")
            holders.add(holder)
        elif step.what == "unassign" and holder in holders:
            book.unassign(step.product, step.user)
            holders.discard(holder)
        elif step.what == "add":
            book.add_seats(step.product, step.count, product="X")
        elif step.what == "remove":
            book.remove_seats(step.product, step.count, product="X")
    except UserError:
        pass


@given(st.sampled_from(Mode), steps)
def test_whatever_is_tried_the_counts_obey_the_mode(mode: Mode, listed: list[Step]) -> None:
    book, holders = Book(ACCOUNT, mode, ()), set[tuple[int, int]]()
    for step in listed:
        tried(book, step, holders)
        for product in (1, 2, 3):
            held = book.holding(product)
            assert held.assigned == sum(holder[1] == product for holder in holders)
            assert 0 <= held.assigned <= held.seats
            assert mode is Mode.PURCHASE or held.seats == held.assigned


@given(st.sampled_from(Mode), steps)
def test_the_lines_add_up_to_the_counts(mode: Mode, listed: list[Step]) -> None:
    start = [] if mode is Mode.USAGE else [Holding(ACCOUNT, 1, 5, 0)]
    book, holders = Book(ACCOUNT, mode, start), set[tuple[int, int]]()
    for step in listed:
        tried(book, step, holders)
    seats, assigned = Counter({held.product_id: held.seats for held in start}), Counter[int]()
    for line in book.lines:
        seats[line.product_id] += line.seats
        assigned[line.product_id] += line.assigned
        assert (line.seats_after, line.assigned_after) == (seats[line.product_id], assigned[line.product_id])
        assert line.account_id == ACCOUNT
    for product in (1, 2, 3):
        assert book.holding(product) == Holding(ACCOUNT, product, seats[product], assigned[product])


@given(steps)
def test_a_release_leaves_a_book_that_usage_mode_allows(listed: list[Step]) -> None:
    book, holders = Book(ACCOUNT, Mode.PURCHASE, ()), set[tuple[int, int]]()
    for step in listed:
        tried(book, step, holders)
    idle = {product: book.holding(product).available for product in (1, 2, 3)}
    assert book.release_idle() == {product: count for product, count in idle.items() if count}
    assert all(book.holding(product).available == 0 for product in (1, 2, 3))
    assert book.release_idle() == {}


def test_a_refused_step_leaves_no_line() -> None:
    book = Book(ACCOUNT, Mode.PURCHASE, [Holding(ACCOUNT, 1, 1, 1)])
    with pytest.raises(UserError, match="no_seats_available"):
        book.assign(1, 8, product="X")
    assert book.lines == []
    assert book.holding(1) == Holding(ACCOUNT, 1, 1, 1)


def test_a_line_says_who_gained_a_seat_and_that_the_pool_belongs_to_nobody() -> None:
    book = Book(ACCOUNT, Mode.PURCHASE, ())
    book.add_seats(1, 2, product="X")
    book.assign(1, 8, product="X")
    assert [(line.kind, line.user_id) for line in book.lines] == [(LedgerKind.ADD, None), (LedgerKind.ASSIGN, 8)]


def test_each_entry_gets_its_own_lines() -> None:
    book = Book(1, Mode.USAGE, [])
    book.assign(7, 3, product="Premium")
    (first,) = book.take_lines()
    book.unassign(7, 3)
    (second,) = book.take_lines()
    assert (first.assigned_after, second.assigned_after) == (1, 0)
    assert book.lines == []


def test_seats_for_many_are_asked_for_at_once() -> None:
    book = Book(1, Mode.PURCHASE, [Holding(1, 7, 5, 3)])
    book.require_free(7, 2, product="Premium")
    with refused("no_seats_available") as refusal:
        book.require_free(7, 5, product="Premium")
    assert refusal.params["missing"] == 3
    assert book.lines == []
