"""The only module that reads the wall clock. Everything else is handed a `Clock`."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""


class SystemClock:
    """The computer's wall clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovableClock:
    """A clock that stands still until it is moved: for tests."""

    def __init__(self, start: datetime) -> None:
        self._now = _as_utc(start)

    def now(self) -> datetime:
        return self._now

    def set(self, instant: datetime) -> None:
        """Move to `instant` (aware), forwards or backwards."""
        self._now = _as_utc(instant)

    def advance(self, by: timedelta) -> None:
        """Move by a span of elapsed time."""
        self._now += by


class DemoClock:
    """The clock of the demo: it runs on by itself, and can be moved on, never back.

    A database that is made under this clock is marked as one of the demo for good, and no other database is
    opened under it (`cpdesk.store.store.Store`). Any thread may ask it and move it.
    """

    def __init__(self, start: datetime, elapsed: Callable[[], float] = time.monotonic) -> None:
        """`elapsed` counts the seconds that pass between two moves."""
        self._elapsed = elapsed
        self._set = (_as_utc(start), elapsed())

    def now(self) -> datetime:
        start, since = self._set
        return start + timedelta(seconds=self._elapsed() - since)

    def outside(self) -> datetime:
        """The present instant where the demo is shown: what a telephone beside the computer says."""
        return datetime.now(UTC)

    def move_to(self, instant: datetime) -> None:
        """Go on from `instant` (aware). One that is past already changes nothing."""
        if _as_utc(instant) > self.now():
            self._set = (_as_utc(instant), self._elapsed())


def _as_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(UTC)
