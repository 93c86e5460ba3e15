"""How long nobody has used the window, and after how long it is locked."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpdesk.base.clock import Clock
    from cpdesk.ui.context import Settings

CHOICES = tuple(timedelta(minutes=minutes) for minutes in (0, 5, 15, 30, 60))
"""Zero: never."""
_SETTING = "lock/minutes"
_USUAL = timedelta(minutes=15)
_MINUTE = timedelta(minutes=1)


def idle_limit(settings: "Settings") -> timedelta:
    """After how long without a key or the mouse the window is locked; zero for never."""
    stored = str(settings.value(_SETTING, ""))
    return next((choice for choice in CHOICES if stored == _text(choice)), _USUAL)


def set_idle_limit(settings: "Settings", limit: timedelta) -> None:
    """Remember it on this computer."""
    settings.setValue(_SETTING, _text(limit))


def _text(limit: timedelta) -> str:
    return str(limit // _MINUTE)


class Idleness:
    """Counts from the last use, by two clocks: one that may be set, and one that stands still while the computer
    sleeps. Whichever says more counts, so that neither sleep nor a clock set back keeps the window open."""

    def __init__(self, clock: "Clock", elapsed: Callable[[], float] = monotonic) -> None:
        """`elapsed` counts the seconds of a clock that nobody can set."""
        self._clock = clock
        self._elapsed = elapsed
        self._last: tuple[datetime, float] = (clock.now(), elapsed())

    def go_by(self, clock: "Clock") -> None:
        """Count by another clock from now on."""
        self._clock = clock
        self.used()

    def used(self) -> None:
        """Somebody pressed a key or moved the mouse."""
        self._last = (self._clock.now(), self._elapsed())

    def duration(self) -> timedelta:
        """How long ago that was."""
        then, since = self._last
        return max(self._clock.now() - then, timedelta(seconds=self._elapsed() - since))
