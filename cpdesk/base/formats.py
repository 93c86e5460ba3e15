"""Dates, instants, numbers, durations and lists in the language in use.

A date always has its year and an instant always has its zone. Times are written with 24 hours in every
language: a due time of 00:00 must not read as noon.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from cpdesk.base.apart import apart
from cpdesk.base.i18n import SOURCE_LANGUAGE, language

if TYPE_CHECKING:
    from decimal import Decimal
    from zoneinfo import ZoneInfo

    from babel import Locale

_Unit = Literal["day", "hour", "minute", "second"]
_UNITS: tuple[tuple[_Unit, int], ...] = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def format_date(day: date) -> str:
    """A date in full: "December 1, 2026"."""
    from babel.dates import format_date as babel_format_date

    return babel_format_date(day, format="long", locale=_locale())


def format_short_date(day: date) -> str:
    """A date where room is short: "Dec 1, 2026"."""
    from babel.dates import format_date as babel_format_date

    return babel_format_date(day, format="medium", locale=_locale())


def format_days(first: date, last: date) -> str:
    """Some successive days, both inclusive, where room is short: "Oct 1 \u2013 14, 2026"."""
    if first == last:
        return format_short_date(first)
    from babel.dates import format_interval

    return format_interval(first, last, "yMMMd", locale=_locale())


def format_time(instant: datetime, zone: "ZoneInfo | str") -> str:
    """The time of day of an aware instant, in a zone and with it: "00:00 America/New_York"."""
    return f"{_clock(_in_zone(instant, zone))} {zone}"


def format_instant(instant: datetime, zone: "ZoneInfo | str") -> str:
    """An aware instant as seen in a zone: "December 1, 2026, 00:00 America/New_York"."""
    local = _in_zone(instant, zone)
    return f"{format_date(local.date())}, {_clock(local)} {zone}"


def format_number(number: "int | Decimal") -> str:
    """A number with the language's separators: "12,345"."""
    return _number(number, language())


def format_money(amount: "Decimal", currency: str) -> str:
    """An amount in an ISO 4217 currency, with that currency's decimals: "$1,234.50"."""
    return _money(amount, currency, language())


def format_whole_money(amount: "Decimal", currency: str) -> str:
    """An amount without decimals where it has none to show, for where room is short: "$1,200", but "$0.50"."""
    if amount != amount.to_integral_value():
        return format_money(amount, currency)
    from babel.numbers import format_currency

    locale = _locale()
    pattern = locale.currency_formats["standard"].pattern.replace("0.00", "0")
    return _apart(format_currency(amount, currency, pattern, locale, currency_digits=False))


def format_month(month: date) -> str:
    """The month of a date, with its year: "November 2026"."""
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", month, locale=_locale())


def format_short_month(month: date) -> str:
    """The month of a date, for where its year stands beside it: "Nov"."""
    from babel.dates import format_date as babel_format_date

    return babel_format_date(month, "LLL", locale=_locale())


def format_day_of_month(day: date) -> str:
    """A day, for where its year stands beside it: "Nov 8"."""
    from babel.dates import format_skeleton

    return format_skeleton("MMMd", day, locale=_locale())


def format_duration(duration: timedelta) -> str:
    """How long something took, in its largest unit up to days, the sign ignored: "3 days"."""
    return _format_delta(duration, add_direction=False)


def format_relative(duration: timedelta) -> str:
    """How far ahead or, negative, ago something is: "in 8 days", "3 days ago"."""
    return _format_delta(duration, add_direction=True)


def format_list(items: Sequence[str]) -> str:
    """Items as a sentence lists them: "a, b, and c"."""
    from babel.lists import format_list as babel_format_list

    return babel_format_list([apart(item) for item in items], locale=_locale())


@lru_cache(maxsize=4096, typed=True)
def _number(number: "int | Decimal", _language: str) -> str:
    """Kept by language: the painting of a list asks for the same numbers again and again."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_locale())


@lru_cache(maxsize=4096, typed=True)
def _money(amount: "Decimal", currency: str, _language: str) -> str:
    """Kept by language, as numbers are."""
    from babel.numbers import format_currency

    return _apart(format_currency(amount, currency, locale=_locale()))


def _apart(money: str) -> str:
    """Keep the code of a currency off the digits, which Babel does not: "CHF 10", not "CHF10"."""
    return re.sub(r"(?<=[^\W\d_])(?=\d)", "\xa0", money)


def _in_zone(instant: datetime, zone: "ZoneInfo | str") -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    from cpdesk.base import zones

    return instant.astimezone(zones.zone(zone) if isinstance(zone, str) else zone)


def _clock(local: datetime) -> str:
    return f"{local:%H:%M}"


def _format_delta(duration: timedelta, *, add_direction: bool) -> str:
    from babel.dates import format_timedelta

    unit, length = _largest_unit(abs(duration.total_seconds()))
    whole = round(abs(duration.total_seconds()) / length)
    signed = timedelta(seconds=whole * length * (-1 if duration < timedelta() else 1))
    # A threshold that nothing reaches: Babel would make "1 week" of six days.
    return format_timedelta(
        signed, granularity=unit, threshold=float("inf"), add_direction=add_direction, locale=_locale()
    )


def _largest_unit(seconds: float) -> tuple[_Unit, int]:
    return next(((unit, length) for unit, length in _UNITS if seconds >= length), _UNITS[-1])


def _locale() -> "Locale":
    from babel import Locale

    code = language()
    return Locale.parse("en_US" if code == SOURCE_LANGUAGE else code)
