"""Days of an account, and what a pending switch will make of its history."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cpdesk.domain.accounts import ZoneChange
from cpdesk.domain.histories import History, ProductHistory, SeatChange, window
from cpdesk.domain.modes import Mode, PendingSwitch

BEGAN = datetime(2026, 11, 10, 12, tzinfo=UTC)
DUE = datetime(2026, 12, 1, 5, tzinfo=UTC)


def history(*zones: str, **products: ProductHistory) -> History:
    first, *later = zones or ("America/New_York",)
    changes = [ZoneChange(zone, date(2026, 12 + number, 1)) for number, zone in enumerate(later)]
    by_id = {one.product_id: one for one in products.values()}
    return History(1, BEGAN, first, changes, [(BEGAN, Mode.PURCHASE)], by_id)


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        ("UTC", date(2026, 11, 30), datetime(2026, 12, 1, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 30), DUE),
        ("Asia/Beirut", date(2026, 3, 28), datetime(2026, 3, 28, 22, tzinfo=UTC)),
        ("Pacific/Apia", date(2011, 12, 29), datetime(2011, 12, 30, 10, tzinfo=UTC)),
        ("Pacific/Apia", date(2011, 12, 30), datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ],
)
def test_a_day_ends_with_the_first_instant_of_a_later_one(zone: str, day: date, end: datetime) -> None:
    assert history(zone).day_end(day) == end


def test_earlier_days_keep_the_old_zone() -> None:
    moved = history("America/New_York", "Asia/Tokyo")
    assert moved.day_end(date(2026, 11, 30)) == DUE
    assert moved.day_end(date(2026, 12, 1)) == datetime(2026, 12, 1, 15, tzinfo=UTC)


def test_today_is_what_the_zone_in_force_says() -> None:
    moved = history("America/New_York", "Asia/Tokyo")
    assert moved.today(datetime(2026, 11, 30, 14, tzinfo=UTC)) == date(2026, 11, 30)
    assert moved.today(datetime(2026, 11, 30, 15, tzinfo=UTC)) == date(2026, 12, 1)


def test_days_lie_whole_in_their_window_in_every_zone() -> None:
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    begin, end = window(first, last)
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        account = history(zone)
        assert begin < account.day_end(first - timedelta(days=1)) < account.day_end(last) < end


def test_a_pending_switch_leaves_the_assigned_seats() -> None:
    pool = ProductHistory(7, 3, 0, [SeatChange(BEGAN, 5, 2, 11)])
    full = ProductHistory(8, 4, 4)
    switch = PendingSwitch(1, 1, Mode.USAGE, date(2026, 12, 1), "America/New_York", DUE, BEGAN, "admin")
    known = history(pool=pool, full=full)
    later = known.with_switch(switch)
    moment = DUE + timedelta(microseconds=1)
    assert (later.mode_before(DUE), later.mode_before(moment)) == (Mode.PURCHASE, Mode.USAGE)
    assert (later.products[7].before(DUE), later.products[7].before(moment)) == ((5, 2), (2, 2))
    assert later.products[8] == full
    assert known.products[7] == pool
