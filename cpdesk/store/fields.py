"""Column types that let no ambiguous value through."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from peewee import TextField

T = TypeVar("T")


class UnreadableValueError(ValueError):
    """A stored value that no version of the program ever wrote: the file is damaged, or somebody was at it."""


def utc_text(instant: datetime) -> str:
    """The one stored form of an instant: UTC, fixed width, so that text order is time order.

    Raises ValueError for a naive value.
    """
    if instant.tzinfo is None:
        raise ValueError("a stored instant needs a time zone")
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_utc_text(text: str) -> datetime:
    """The instant (aware, UTC) of a stored text. Raises UnreadableValueError."""
    return _read(datetime.fromisoformat, text)


def from_day_text(text: str) -> date:
    """The calendar date of a stored text. Raises UnreadableValueError."""
    return _read(date.fromisoformat, text)


def word(words: Mapping[str, T], text: object) -> T:
    """The member of an enumeration, given by its words, that a stored text names. Raises UnreadableValueError."""
    member = words.get(str(text))
    if member is None:
        raise UnreadableValueError(text)
    return member


def _read(reading: Callable[[str], T], text: str) -> T:
    try:
        return reading(text)
    except ValueError as error:
        raise UnreadableValueError(text) from error


class InstantField(TextField):
    """An instant: aware datetimes in Python, UTC text in the database."""

    def db_value(self, value: Any) -> Any:
        return utc_text(value) if isinstance(value, datetime) else value

    def python_value(self, value: Any) -> Any:
        return from_utc_text(value) if isinstance(value, str) else value


class DayField(TextField):
    """A calendar date as ISO text; which zone's calendar, the model says."""

    def db_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: Any) -> Any:
        return from_day_text(value) if isinstance(value, str) else value


class ChoiceField(TextField):
    """One of the words of a StrEnum."""

    def __init__(self, choice: type[StrEnum], **options: Any) -> None:
        super().__init__(**options)
        self.choice = choice

    def db_value(self, value: Any) -> Any:
        return str(value) if value is not None else None

    def python_value(self, value: Any) -> Any:
        return _read(self.choice, value) if value is not None else None
