from collections.abc import Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cpdesk.base.errors import UserError
from cpdesk.domain.modes import Mode
from cpdesk.domain.seats import (
    MOST_SEATS,
    Holding,
    LedgerKind,
    add_seats,
    assign,
    missing_seats,
    release,
    remove_seats,
    unassign,
)

PRODUCT = 7


def held(seats: int, assigned: int, product: int = PRODUCT) -> Holding:
    return Holding(1, product, seats, assigned)


pools = st.integers(0, 500).flatmap(lambda seats: st.builds(held, st.just(seats), st.integers(0, seats)))


def refusal(code: str) -> "pytest.RaisesExc[UserError]":
    return pytest.raises(UserError, match=rf"^{code}\(")


@given(pools)
def test_in_usage_mode_the_tenant_gains_what_is_assigned_and_loses_what_is_taken(pool: Holding) -> None:
    gained, lost = assign(Mode.USAGE, pool, product="X"), unassign(Mode.USAGE)
    assert (gained.kind, gained.seats, gained.assigned) == (LedgerKind.ASSIGN, 1, 1)
    assert (lost.kind, lost.seats, lost.assigned) == (LedgerKind.UNASSIGN, -1, -1)


@given(pools)
def test_in_purchase_mode_assignments_never_move_the_pool(pool: Holding) -> None:
    assume(pool.available)
    assert assign(Mode.PURCHASE, pool, product="X").seats == 0
    assert unassign(Mode.PURCHASE).seats == 0


@given(pools, st.integers(1, 600))
def test_no_more_is_assigned_than_the_pool_has(pool: Holding, count: int) -> None:
    if count <= pool.available:
        assert assign(Mode.PURCHASE, pool, count, product="X").assigned == count
        return
    with refusal("no_seats_available") as refused:
        assign(Mode.PURCHASE, pool, count, product="X")
    assert refused.value.params["missing"] == count - pool.available


@given(pools, st.integers(1, 600))
def test_seats_are_never_taken_below_the_assigned_ones(pool: Holding, count: int) -> None:
    if count <= pool.available:
        change = remove_seats(Mode.PURCHASE, pool, count, product="X")
        assert (change.kind, change.seats, change.assigned) == (LedgerKind.REMOVE, -count, 0)
        return
    with refusal("seats_below_assigned"):
        remove_seats(Mode.PURCHASE, pool, count, product="X")


@given(pools, st.integers(1, 1000))
def test_bought_seats_belong_to_nobody(pool: Holding, count: int) -> None:
    change = add_seats(Mode.PURCHASE, pool, count, product="X")
    assert (change.kind, change.seats, change.assigned) == (LedgerKind.ADD, count, 0)


@given(pools, st.integers(-10, 10))
def test_in_usage_mode_there_is_no_pool_to_buy_into(pool: Holding, count: int) -> None:
    with refusal("seats_follow_assignments"):
        add_seats(Mode.USAGE, pool, count, product="X")
    with refusal("seats_follow_assignments"):
        remove_seats(Mode.USAGE, pool, count, product="X")


@pytest.mark.parametrize(
    ("count", "code"),
    [(0, "bad_count"), (-1, "bad_count"), (-MOST_SEATS, "bad_count"), (MOST_SEATS + 1, "count_too_large")],
)
def test_a_count_that_makes_no_sense_is_refused(count: int, code: str) -> None:
    for change in (add_seats, remove_seats):
        with refusal(code):
            change(Mode.PURCHASE, held(10, 0), count, product="X")


def test_a_pool_has_an_upper_limit() -> None:
    assert add_seats(Mode.PURCHASE, held(1, 0), MOST_SEATS - 1, product="X").seats == MOST_SEATS - 1
    with refusal("too_many_seats"):
        add_seats(Mode.PURCHASE, held(1, 0), MOST_SEATS, product="X")


@given(pools)
def test_a_release_leaves_exactly_the_assigned_seats(pool: Holding) -> None:
    change = release(pool)
    left = pool.seats + (change.seats if change else 0)
    assert left == pool.assigned
    assert (change is None) == (pool.available == 0)
    assert change is None or (change.kind, change.assigned) == (LedgerKind.RELEASE, 0)


@given(st.dictionaries(st.integers(1, 5), st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_missing_seats_are_what_has_to_be_bought(counts: Mapping[int, tuple[int, int]]) -> None:
    holdings = {number: held(max(pair), min(pair), number) for number, pair in counts.items()}
    net = {1: 3, 2: -2, 9: 4}
    missing = missing_seats(Mode.PURCHASE, holdings, net)
    for number, change in net.items():
        available = holdings[number].available if number in holdings else 0
        assert missing.get(number, 0) == max(0, change - available)
    assert all(missing.values())
    assert missing_seats(Mode.USAGE, holdings, net) == {}
