"""What a change of licenses of several users comes to."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.base.errors import UserError
from cpdesk.domain.forecasts import Difference
from cpdesk.domain.license_plan import LicensePlan, ProductPlan, differences, plan_licenses, plan_products
from cpdesk.domain.license_wish import LicenseWish, Moves
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import AssignmentSheet, SheetLine
from cpdesk.domain.rows import UserRow
from cpdesk.domain.seat_limits import BeyondLimit, SeatLimit

A, B, C, D = PRODUCTS = "abcd"


def sheet(
    *held: str, free: Mapping[str, int] | int = 9, mode: Mode = Mode.PURCHASE, price: Mapping[str, str] | None = None
) -> AssignmentSheet:
    """Users who hold these products each, and so many free seats of each product."""
    users = tuple(
        UserRow(number, f"u{number}@x.example", f"User {number}", False, False, ()) for number in range(len(held))
    )
    counts = Counter(guid for one in held for guid in one)
    lines = []
    for guid in PRODUCTS:
        available = free if isinstance(free, int) else free.get(guid, 0)
        seats = counts[guid] + (available if mode is Mode.PURCHASE else 0)
        unit_price = Decimal((price or {}).get(guid, "10.00"))
        lines.append(SheetLine(guid.upper(), guid, f"Product {guid}", seats, counts[guid], counts[guid], unit_price))
    return AssignmentSheet(mode, users, tuple(lines), "USD", tuple(map(frozenset, held)))


def moves(plan: LicensePlan) -> dict[int, Moves]:
    return {one.user.id: one.moves for one in plan.users}


def of(plan: LicensePlan, guid: str) -> ProductPlan:
    return next(line for line in plan.products if line.line.guid == guid)


def test_who_lacks_it_gets_it_and_who_has_it_is_left_alone() -> None:
    plan = plan_licenses(sheet("", A, ""), LicenseWish(assign=(A,)))
    assert moves(plan) == {0: Moves(get=(A,)), 2: Moves(get=(A,))}
    assert (plan.asked, len(plan.changed), of(plan, A).gained) == (3, 2, 2)


def test_only_holders_are_given_the_other_one_in_its_place() -> None:
    """Who holds both just loses the first, and is told of; who holds neither is left alone."""
    plan = plan_licenses(sheet(A, A + B, B, "", A + C), LicenseWish(replace={A: B}))
    assert moves(plan) == {
        0: Moves(get=(B,), lose=(A,)),
        1: Moves(lose=(A,), had=(B,)),
        4: Moves(get=(B,), lose=(A,)),
    }
    assert (of(plan, A).lost, of(plan, B).gained, of(plan, B).had) == (3, 2, 1)


def test_two_products_may_be_replaced_by_one() -> None:
    plan = plan_licenses(sheet(A, B, A + B), LicenseWish(replace={A: C, B: C}))
    assert moves(plan)[2] == Moves(get=(C,), lose=(A, B))
    assert of(plan, C).gained == 3


def test_seats_follow_in_usage_mode_and_come_from_the_pool_in_purchase_mode() -> None:
    wish = LicenseWish(replace={A: B})
    usage = plan_licenses(sheet(A, A, mode=Mode.USAGE), wish)
    assert [(line.line.seats, line.seats_after, line.missing) for line in usage.products] == [(2, 0, 0), (0, 2, 0)]
    pool = plan_licenses(sheet(A, A, free={A: 1, B: 5}), wish)
    assert [(line.seats_after, line.line.available, line.available_after) for line in pool.products] == [
        (3, 1, 3),
        (5, 5, 3),
    ]


def test_what_the_pool_lacks_is_named() -> None:
    plan = plan_licenses(sheet("", "", A, free={A: 1, B: 0}), LicenseWish(assign=(A, B)))
    assert {line.line.guid: line.missing for line in plan.missing} == {A: 1, B: 3}
    assert plan.lacking == ()


def test_seats_go_to_the_first_of_the_list_as_far_as_they_do() -> None:
    plan = plan_licenses(sheet("", A, "", "", free={A: 2}), LicenseWish(assign=(A,), as_far_as_seats_go=True))
    assert moves(plan) == {0: Moves(get=(A,)), 2: Moves(get=(A,)), 3: Moves(without=(A,))}
    assert [one.user.id for one in plan.lacking] == [3]
    assert (of(plan, A).gained, of(plan, A).without, of(plan, A).missing) == (2, 1, 0)


def test_each_gets_every_product_that_is_left() -> None:
    wish = LicenseWish(assign=(A, B), as_far_as_seats_go=True)
    plan = plan_licenses(sheet("", A, "", free={A: 1, B: 2}), wish)
    assert moves(plan) == {0: Moves(get=(A, B)), 1: Moves(get=(B,)), 2: Moves(without=(A, B))}


def test_nobody_loses_what_nothing_is_left_in_the_place_of() -> None:
    wish = LicenseWish(remove=(C,), replace={A: B}, as_far_as_seats_go=True)
    plan = plan_licenses(sheet(A, A + C, A + B, free={B: 1}), wish)
    assert moves(plan) == {
        0: Moves(get=(B,), lose=(A,)),
        1: Moves(lose=(C,), without=(B,), kept=(A,)),
        2: Moves(lose=(A,), had=(B,)),
    }


def test_usage_mode_knows_no_scarcity() -> None:
    plan = plan_licenses(sheet("", "", mode=Mode.USAGE), LicenseWish(assign=(A,), as_far_as_seats_go=True))
    assert (len(plan.changed), plan.lacking) == (2, ())


@pytest.mark.parametrize(
    "wish",
    [
        LicenseWish(assign=(A,), remove=(A,)),
        LicenseWish(assign=(A,), replace={A: B}),
        LicenseWish(remove=(B,), replace={A: B}),
        LicenseWish(replace={A: A}),
        LicenseWish(replace={A: B, B: C}),
    ],
)
def test_a_product_comes_or_goes_never_both(wish: LicenseWish) -> None:
    with pytest.raises(UserError, match=r"^assign_and_remove\("):
        plan_licenses(sheet(A), wish)


def test_limits_are_warned_of_by_who_holds_a_license() -> None:
    limit = SeatLimit("Small", 2, frozenset({A, B}))
    plan = plan_licenses(sheet(A, "", "", free=50), LicenseWish(assign=(B,)), [limit])
    assert plan.beyond == (BeyondLimit("Small", 2, before=1, after=4),)
    # One goes as another comes: as many as before.
    assert plan_licenses(sheet(A, A, A), LicenseWish(replace={A: B}), [limit]).beyond == ()


def test_differences_name_counts_prices_and_how_many_users_differ() -> None:
    wish = LicenseWish(assign=(A,), replace={B: C})
    shown = plan_licenses(sheet("", B, free=3), wish)
    assert differences(shown, plan_licenses(sheet("", B, free=3), wish)) == ()
    now = plan_licenses(sheet(A, B, free={A: 2, B: 3, C: 3}, price={C: "12.50"}), wish)
    assert differences(shown, now) == (
        Difference("assigned", "Product a", "0", "1"),
        Difference("gained", "Product a", "2", "1"),
        Difference("price", "Product c", "10.00 USD", "12.50 USD"),
        Difference("people", "", "0", "1"),
    )


def test_another_mode_is_a_difference() -> None:
    wish = LicenseWish(assign=(A,))
    found = differences(plan_licenses(sheet(""), wish), plan_licenses(sheet("", mode=Mode.USAGE), wish))
    assert found[0] == Difference("mode", "", "purchase", "usage")


held = st.lists(st.sampled_from(PRODUCTS), unique=True).map(lambda guids: "".join(sorted(guids)))


@st.composite
def wishes(draw: st.DrawFn) -> LicenseWish:
    coming = draw(st.lists(st.sampled_from(PRODUCTS), unique=True, max_size=3))
    leaving = [guid for guid in PRODUCTS if guid not in coming]
    remove = tuple(draw(st.lists(st.sampled_from(leaving), unique=True)))
    pairs = st.dictionaries(st.sampled_from(leaving), st.sampled_from(coming)) if coming else st.just({})
    assign = tuple(draw(st.lists(st.sampled_from(coming), unique=True))) if coming else ()
    return LicenseWish(assign, remove, draw(pairs), draw(st.booleans()))


@given(st.lists(held, max_size=12), wishes(), st.dictionaries(st.sampled_from(PRODUCTS), st.integers(0, 6)))
def test_a_plan_keeps_the_promises_of_the_mode(users: list[str], wish: LicenseWish, free: dict[str, int]) -> None:
    start = sheet(*users, free=free)
    plan = plan_licenses(start, wish)
    for one in plan.users:
        own, after = one.moves, (one.held - set(one.moves.lose)) | set(one.moves.get)
        assert not set(own.get) & one.held
        assert set(own.lose) <= one.held
        for old, new in wish.replace.items():
            # In place of what goes there is always the other one, unless it was to go anyhow.
            assert old not in own.lose or new in after or old in wish.remove
        assert not wish.as_far_as_seats_go or all(guid not in after for guid in own.without)
    for line in plan.products:
        if wish.as_far_as_seats_go:
            assert line.gained <= line.line.available
            assert line.without == 0 or line.gained == line.line.available
        else:
            assert line.missing == max(line.gained - line.line.available, 0)


@given(st.lists(held, max_size=12), wishes(), st.dictionaries(st.sampled_from(PRODUCTS), st.integers(0, 6)))
def test_counting_by_groups_comes_to_the_same(users: list[str], wish: LicenseWish, free: dict[str, int]) -> None:
    """A panel that counts neighbours who hold the same together shows what the change does."""
    start = sheet(*users, free=free)
    groups: Iterable[tuple[frozenset[str], int]] = ((one, len(list(same))) for one, same in groupby(start.held))
    assert plan_products(start, wish, wish.outcomes(groups, start.pool)) == plan_licenses(start, wish).products
