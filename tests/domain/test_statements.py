"""Statement lines: the published examples, the rules, and a slow count of days and seats that knows only the rules."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.domain.histories import ProductHistory, SeatChange, day_end
from cpdesk.domain.modes import Mode
from cpdesk.domain.statements import (
    BillableDay,
    Proration,
    StatementLine,
    Total,
    days_of_month,
    prorated,
    statement_lines,
    total,
)

PRODUCT = 7
EURO = 2
SEPTEMBER = days_of_month(date(2026, 9, 1))
Change = tuple[datetime, int]
Quantity = Callable[[date], int]


def daily(quantity: Quantity, price: str | None = "4.00", mode: Mode = Mode.PURCHASE) -> list[BillableDay]:
    """September 2026, with so many seats at the end of each day."""
    unit = None if price is None else Decimal(price)
    return [BillableDay(day, mode, quantity(day), unit) for day in SEPTEMBER]


def at_day_ends(days: list[date], zone: ZoneInfo, opening: int, changes: list[Change]) -> list[int]:
    """The seats at the end of each day, of which there were some before the changes."""
    known = ProductHistory(PRODUCT, opening, 0, [SeatChange(instant, seats, 0, 0) for instant, seats in changes])
    return [known.before(day_end(day, zone.key))[0] for day in days]


def lines(days: list[BillableDay], proration: Proration = Proration.DAILY) -> list[StatementLine]:
    return statement_lines(PRODUCT, days, proration, EURO)


def test_a_seat_all_month_and_a_second_one_from_the_second_day() -> None:
    found = lines(daily(lambda day: 1 if day.day == 1 else 2))
    assert [(line.seats, line.days, line.amount) for line in found] == [
        (1, 1, Decimal("0.13")),
        (2, 29, Decimal("7.73")),
    ]
    assert total(found).amount == Decimal("7.86")


@pytest.mark.parametrize(
    ("seats", "price", "days", "of", "amount"),
    [
        (1, "4.00", 30, 30, "4.00"),
        (1, "4.00", 29, 30, "3.87"),
        (500, "51.93", 27, 31, "22614.68"),
        (5, "51.93", 4, 31, "33.50"),
    ],
)
def test_the_formula_gives_what_vendors_publish(seats: int, price: str, days: int, of: int, amount: str) -> None:
    assert prorated(seats, Decimal(price), days, of, EURO) == Decimal(amount)


def test_half_a_minor_unit_is_rounded_up() -> None:
    assert prorated(1, Decimal("0.05"), 15, 30, EURO) == Decimal("0.03")


@pytest.mark.parametrize(("digits", "amount"), [(0, "4"), (2, "3.87"), (3, "3.867")])
def test_amounts_have_the_decimals_of_their_currency(digits: int, amount: str) -> None:
    assert str(prorated(1, Decimal("4.00"), 29, 30, digits)) == amount


def test_a_price_of_many_digits_is_not_rounded_before_it_is_charged() -> None:
    price = Decimal("0.3333333333333333333333333333333333333333")
    assert prorated(3, price * 3, 30, 30, 38) == Decimal("2." + "9" * 38) + Decimal(1).scaleb(-38)


def test_a_line_ends_where_mode_quantity_or_price_changes() -> None:
    days = daily(lambda day: 3 if 10 <= day.day < 20 else 2)
    days[24:] = [BillableDay(day.day, Mode.USAGE, day.seats, Decimal("5.00")) for day in days[24:]]
    days[27:] = [BillableDay(day.day, Mode.USAGE, day.seats, None) for day in days[27:]]
    assert [(line.first.day, line.last.day, line.mode, line.seats, line.unit_price) for line in lines(days)] == [
        (1, 9, Mode.PURCHASE, 2, Decimal("4.00")),
        (10, 19, Mode.PURCHASE, 3, Decimal("4.00")),
        (20, 24, Mode.PURCHASE, 2, Decimal("4.00")),
        (25, 27, Mode.USAGE, 2, Decimal("5.00")),
        (28, 30, Mode.USAGE, 2, None),
    ]


def test_days_without_seats_make_no_line() -> None:
    (line,) = lines(daily(lambda day: 4 if day.day == 5 else 0))
    assert (line.first, line.last, line.days) == (date(2026, 9, 5), date(2026, 9, 5), 1)
    assert lines(daily(lambda _day: 0)) == []
    assert lines(daily(lambda _day: 0), Proration.NONE) == []
    assert lines([], Proration.NONE) == []


def test_what_has_no_price_is_counted_and_is_not_worth_nothing() -> None:
    found = lines(daily(lambda _day: 2, price=None)) + lines(daily(lambda _day: 1))
    assert found[0].amount is None
    assert total(found) == Total(Decimal("4.00"), 1)


def test_without_proration_the_first_day_with_most_seats_decides_for_the_whole_month() -> None:
    days = daily(lambda day: {3: 9, 20: 9}.get(day.day, 1))
    days[19] = BillableDay(days[19].day, Mode.USAGE, 9, Decimal("5.00"))
    (line,) = lines(days, Proration.NONE)
    assert (line.first.day, line.last.day, line.days, line.days_in_month) == (1, 30, 30, 30)
    assert (line.mode, line.seats, line.amount) == (Mode.PURCHASE, 9, Decimal("36.00"))


def test_a_month_that_is_not_over_is_charged_by_its_own_length() -> None:
    (line,) = lines(daily(lambda _day: 1)[:15])
    assert (line.days, line.days_in_month, line.amount) == (15, 30, Decimal("2.00"))


def test_a_seat_added_and_removed_on_one_day_costs_nothing() -> None:
    noon = datetime(2026, 9, 8, 12, tzinfo=UTC)
    changes = [(noon, 3), (noon + timedelta(hours=1), 2)]
    assert at_day_ends(SEPTEMBER, ZoneInfo("UTC"), 2, changes) == [2] * 30


@pytest.mark.parametrize("name", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu"])
def test_the_first_instant_of_a_day_belongs_to_it(name: str) -> None:
    zone = ZoneInfo(name)
    begin = datetime(2026, 9, 8, tzinfo=zone).astimezone(UTC)
    found = at_day_ends(SEPTEMBER, zone, 0, [(begin, 1)])
    assert found == [0] * 7 + [1] * 23
    a_moment_before = [(begin - timedelta(microseconds=1), 1)]
    assert at_day_ends(SEPTEMBER, zone, 0, a_moment_before) == [0] * 6 + [1] * 24


def test_a_day_that_the_zone_skips_ends_as_the_one_before() -> None:
    days = days_of_month(date(2011, 12, 1))
    changes = [(datetime(2011, 12, 30, 12, tzinfo=UTC), 5)]  # on the 31st in Samoa, which had no 30th
    assert at_day_ends(days, ZoneInfo("Pacific/Apia"), 2, changes) == [2] * 30 + [5]


ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/Havana")
MONTHS = st.dates(date(2011, 1, 1), date(2027, 12, 31)).map(lambda day: day.replace(day=1))
PRICES = st.none() | st.decimals(0, 10_000, places=3)


@st.composite
def histories(draw: st.DrawFn) -> tuple[date, ZoneInfo, list[Change]]:
    """A month, a zone, and seats from instants in or around it, several of them on one day."""
    month, zone = draw(MONTHS), ZoneInfo(draw(st.sampled_from(ZONES)))
    begin = datetime(month.year, month.month, 1, tzinfo=UTC) - timedelta(days=2)
    minutes = draw(st.lists(st.integers(0, 36 * 24 * 60), max_size=40))
    near = [minute - minute % draw(st.sampled_from((1, 30, 60))) for minute in sorted(minutes)]
    return month, zone, [(begin + timedelta(minutes=minute), draw(st.integers(0, 9))) for minute in sorted(near)]


def seats_at_end(day: date, zone: ZoneInfo, changes: list[Change]) -> int:
    """The last change that a clock on the wall in the zone showed on this day or before."""
    seats = 0
    for instant, count in changes:
        if instant.astimezone(zone).date() <= day:
            seats = count
    return seats


@given(histories(), PRICES, PRICES, st.integers(1, 28), st.sampled_from((0, 2, 3)))
def test_lines_agree_with_a_slow_count(
    history: tuple[date, ZoneInfo, list[Change]], before: Decimal | None, after: Decimal | None, dear: int, digits: int
) -> None:
    month, zone, changes = history
    days = days_of_month(month)
    ends = at_day_ends(days, zone, 0, changes)
    assert ends == [seats_at_end(day, zone, changes) for day in days]
    billed = [
        BillableDay(day, Mode.USAGE, seats, before if day.day < dear else after)
        for day, seats in zip(days, ends, strict=True)
    ]
    found = statement_lines(PRODUCT, billed, Proration.DAILY, digits)
    assert sum(line.days * line.seats for line in found) == sum(ends)
    for line in found:
        covered = [day for day in billed if line.first <= day.day <= line.last]
        assert {(day.seats, day.unit_price) for day in covered} == {(line.seats, line.unit_price)}
        assert line.amount == slow_amount(covered, len(days), digits)
    for one, two in pairwise(found):
        assert one.last < two.first
        same = (one.seats, one.unit_price) == (two.seats, two.unit_price)
        assert not same or (two.first - one.last).days > 1


def slow_amount(covered: list[BillableDay], length: int, digits: int) -> Decimal | None:
    """A unit price for each seat and day, added up and divided at the end."""
    added = Decimal()
    for day in covered:
        for _seat in range(day.seats):
            if day.unit_price is None:
                return None
            added += day.unit_price
    with localcontext(prec=60):
        return (added / length).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
