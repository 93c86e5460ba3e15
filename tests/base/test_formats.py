from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from cpdesk.base.formats import (
    format_date,
    format_day_of_month,
    format_duration,
    format_instant,
    format_list,
    format_money,
    format_month,
    format_number,
    format_relative,
    format_short_month,
    format_time,
    format_whole_money,
)
from cpdesk.base.i18n import set_language

DUE = datetime(2026, 12, 1, 5, tzinfo=UTC)


def test_a_date_has_its_year() -> None:
    assert format_date(date(2026, 12, 1)) == "December 1, 2026"


@pytest.mark.parametrize("zone", ["America/New_York", ZoneInfo("America/New_York")])
def test_an_instant_has_its_zone_and_24_hours(zone: str | ZoneInfo) -> None:
    assert format_instant(DUE, zone) == "December 1, 2026, 00:00 America/New_York"
    assert format_time(DUE, zone) == "00:00 America/New_York"


def test_the_zone_decides_the_day() -> None:
    assert format_instant(DUE, "Pacific/Honolulu") == "November 30, 2026, 19:00 Pacific/Honolulu"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        format_instant(datetime(2026, 12, 1), "UTC")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("language", "amount", "currency", "told"),
    [
        ("en", "1234.5", "USD", "$1,234.50"),
        ("en", "-12.77", "USD", "-$12.77"),
        ("en", "1234", "JPY", "\u00a51,234"),
        ("en", "1234.5", "CHF", "CHF\xa01,234.50"),
        ("de", "1234.5", "EUR", "1.234,50\xa0\u20ac"),
        ("de", "1234.5", "CHF", "1.234,50\xa0CHF"),
    ],
)
def test_money_has_the_decimals_of_its_currency(language: str, amount: str, currency: str, told: str) -> None:
    set_language(language)
    assert format_money(Decimal(amount), currency) == told


@pytest.mark.parametrize(
    ("language", "amount", "told"),
    [("en", "1200", "$1,200"), ("en", "0.5", "$0.50"), ("en", "0", "$0"), ("de", "1200", "1.200\xa0$")],
)
def test_whole_money_has_decimals_only_where_they_say_something(language: str, amount: str, told: str) -> None:
    set_language(language)
    assert format_whole_money(Decimal(amount), "USD") == told


def test_months_and_days_for_axes_and_titles() -> None:
    day = date(2026, 11, 8)
    assert (format_month(day), format_short_month(day), format_day_of_month(day)) == ("November 2026", "Nov", "Nov 8")


def test_numbers_are_grouped() -> None:
    assert format_number(1_234_567) == "1,234,567"
    assert format_number(Decimal("1234.5")) == "1,234.5"


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        (timedelta(days=3), "3 days"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=6, hours=2), "6 days"),
        (timedelta(days=45), "45 days"),
        (timedelta(hours=2, minutes=5), "2 hours"),
        (timedelta(minutes=2), "2 minutes"),
        (timedelta(seconds=59), "59 seconds"),
        (timedelta(), "0 seconds"),
        (timedelta(days=-3), "3 days"),
    ],
)
def test_a_duration_is_told_in_its_largest_unit(duration: timedelta, expected: str) -> None:
    assert format_duration(duration) == expected


def test_a_distance_has_a_direction() -> None:
    assert format_relative(timedelta(days=8)) == "in 8 days"
    assert format_relative(timedelta(days=-3)) == "3 days ago"


def test_a_list_reads_like_a_sentence() -> None:
    assert format_list(["a"]) == "a"
    assert format_list(["a", "b", "c"]) == "a, b, and c"


def test_german() -> None:
    set_language("de")
    assert format_instant(DUE, "Europe/Berlin") == "1. Dezember 2026, 06:00 Europe/Berlin"
    assert format_number(12_345) == "12.345"
    assert format_duration(timedelta(days=3)) == "3 Tage"
    assert format_relative(timedelta(days=8)) == "in 8 Tagen"
    assert format_list(["a", "b", "c"]) == "a, b und c"
