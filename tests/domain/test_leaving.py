"""What becomes of the seats of users who leave."""

from dataclasses import replace
from datetime import date

import pytest

from cpdesk.domain import leaving
from cpdesk.domain.leaving import SeatEffect, SeatWish
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import SubscriptionRow
from cpdesk.domain.statements import Proration

PREMIUM = SubscriptionRow(1, "SPB", "guid-1", "Microsoft 365 Business Premium", "user", seats=5, assigned=3)
STORAGE = SubscriptionRow(2, "STORAGE", "guid-2", "Storage", "tenant", seats=9, assigned=0)
BACK = SeatEffect("SPB", "guid", "Premium", count=3, seats_after=10, available_after=4)
GONE = SeatEffect("SPB", "guid", "Premium", count=3, seats_after=7, available_after=0)


@pytest.mark.parametrize(
    ("wish", "counts"),
    [
        (None, (0, 0, 3, 10, 4)),
        (SeatWish("guid", release=True), (0, 3, 0, 7, 1)),
        (SeatWish("guid", takers=(1, 2)), (2, 0, 1, 10, 2)),
        (SeatWish("guid", takers=(1, 2), release=True), (2, 1, 0, 9, 1)),
    ],
)
def test_a_pool_keeps_releases_or_hands_on(wish: SeatWish | None, counts: tuple[int, ...]) -> None:
    told = leaving.outcome(Mode.PURCHASE, BACK, wish)
    assert (told.handed_on, told.released, told.kept, told.seats_after, told.available_after) == counts


@pytest.mark.parametrize(
    ("wish", "counts"), [(None, (0, 3, 0, 7, 0)), (SeatWish("guid", takers=(1,)), (1, 2, 0, 8, 0))]
)
def test_in_usage_mode_all_leave_that_nobody_takes(wish: SeatWish | None, counts: tuple[int, ...]) -> None:
    told = leaving.outcome(Mode.USAGE, GONE, wish)
    assert (told.handed_on, told.released, told.kept, told.seats_after, told.available_after) == counts


@pytest.mark.parametrize(
    ("today", "proration", "falls"),
    [
        (date(2026, 11, 23), Proration.DAILY, date(2026, 11, 23)),
        (date(2026, 11, 23), Proration.NONE, date(2026, 12, 1)),
        (date(2026, 12, 31), Proration.NONE, date(2027, 1, 1)),
        (date(2026, 12, 1), Proration.NONE, date(2026, 12, 1)),
    ],
)
def test_from_when_the_bill_falls_depends_on_how_months_are_charged(
    today: date, proration: Proration, falls: date
) -> None:
    assert leaving.falls_on(today, proration) == falls
    assert leaving.falls_later(today, proration) == (None if falls == today else falls)


def test_in_usage_mode_freed_seats_leave_the_tenant() -> None:
    usage = replace(PREMIUM, seats=3)
    assert leaving.seat_effects(Mode.USAGE, [usage, STORAGE], {1: 2}) == (
        SeatEffect("SPB", "guid-1", PREMIUM.name, count=2, seats_after=1, available_after=0),
    )


def test_in_purchase_mode_freed_seats_stay_in_the_pool() -> None:
    assert leaving.seat_effects(Mode.PURCHASE, [PREMIUM, STORAGE], {1: 2}) == (
        SeatEffect("SPB", "guid-1", PREMIUM.name, count=2, seats_after=5, available_after=4),
    )
