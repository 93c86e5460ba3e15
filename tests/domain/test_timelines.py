"""Seats against assigned, day by day."""

from datetime import UTC, date, datetime

from cpdesk.domain.histories import History, ProductHistory, SeatChange
from cpdesk.domain.modes import Mode
from cpdesk.domain.timelines import ModeDay, SeatDay, seat_timeline

BORN = datetime(2026, 10, 1, tzinfo=UTC)


def at(day: int, hour: int, seats: int, assigned: int) -> SeatChange:
    return SeatChange(datetime(2026, 11, day, hour, tzinfo=UTC), seats, assigned, day)


def history(*products: ProductHistory, zone: str = "America/New_York", to_purchase: datetime | None = None) -> History:
    modes = [(to_purchase, Mode.PURCHASE)] if to_purchase else []
    return History(1, BORN, zone, (), modes, {product.product_id: product for product in products})


def test_days_that_end_alike_are_one_stretch() -> None:
    premium = ProductHistory(1, 0, 0, (at(3, 15, 5, 5), at(4, 15, 9, 9), at(4, 16, 5, 5), at(7, 15, 4, 4)))
    found = seat_timeline(history(premium), [1], date(2026, 11, 1), date(2026, 11, 9))
    assert found.days == (
        SeatDay(date(2026, 11, 3), 5, 5, Mode.USAGE),
        SeatDay(date(2026, 11, 7), 4, 4, Mode.USAGE),
    )
    assert found.switches == ()


def test_products_are_added_up_and_others_left_out() -> None:
    held = [ProductHistory(number, 2 * number, number) for number in (1, 2, 3)]
    found = seat_timeline(history(*held), [1, 2, 9], date(2026, 11, 1), date(2026, 11, 2))
    assert found.days == (SeatDay(date(2026, 11, 1), 6, 3, Mode.USAGE),)


def test_days_are_those_of_the_account() -> None:
    """At 02:00 UTC it is still the day before in New York."""
    premium = ProductHistory(1, 0, 0, (at(3, 2, 5, 5),))
    days = (date(2026, 11, 1), date(2026, 11, 9))
    assert seat_timeline(history(premium), [1], *days).days[0].day == date(2026, 11, 2)
    assert seat_timeline(history(premium, zone="UTC"), [1], *days).days[0].day == date(2026, 11, 3)


def test_a_switch_is_the_first_day_that_ends_in_the_other_mode() -> None:
    premium = ProductHistory(1, 5, 5, (at(5, 20, 8, 5),))
    began = datetime(2026, 11, 5, 15, tzinfo=UTC)
    found = seat_timeline(history(premium, to_purchase=began), [1], date(2026, 11, 4), date(2026, 11, 6))
    assert found.switches == (ModeDay(date(2026, 11, 5), Mode.PURCHASE),)
    assert [day.mode for day in found.days] == [Mode.USAGE, Mode.PURCHASE]


def test_without_a_seat_there_is_nothing() -> None:
    assert seat_timeline(history(), [1], date(2026, 11, 1), date(2026, 11, 30)).days == ()
