"""Column types that let no ambiguous value through."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from peewee import TextField


def utc_text(instant: datetime) -> str:
    """The one stored form of an instant: UTC, fixed width, so that text order is time order.

    Raises ValueError for a naive value.
    """
    if instant.tzinfo is None:
        raise ValueError("a stored instant needs a time zone")
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_utc_text(text: str) -> datetime:
    """The instant (aware, UTC) of a stored text."""
    return datetime.fromisoformat(text)


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
        return date.fromisoformat(value) if isinstance(value, str) else value


class ChoiceField(TextField):
    """One of the words of a StrEnum."""

    def __init__(self, choice: type[StrEnum], **options: Any) -> None:
        super().__init__(**options)
        self.choice = choice

    def db_value(self, value: Any) -> Any:
        return str(value) if value is not None else None

    def python_value(self, value: Any) -> Any:
        return self.choice(value) if value is not None else None
