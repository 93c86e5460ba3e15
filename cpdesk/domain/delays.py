"""How long signing in has to wait after attempts that failed.

Attempts are counted for a name, whether an operator has it or not: both are delayed in the same way. The delay has an
upper bound, so that nobody can lock somebody else out for good.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from cpdesk.domain import names

FREE = 4
"""Failed attempts after which nobody has to wait: people mistype."""
_GROWING = (30, 60, 120, 240, 480, 900)
"""Seconds to wait after each further one; the last counts for all that follow."""
_MINUTE = 60
_FORGOTTEN = timedelta(days=1)
"""After so long without an attempt the counting begins anew."""


@dataclass(frozen=True, slots=True)
class Failures:
    """The failed attempts for a name since the last time that somebody signed in by it."""

    count: int
    last_at: datetime
    """UTC, by the clock of the computer then."""


def slot(email: str) -> int:
    """The number under which attempts for a name are counted.

    Only 16 bits: what was typed cannot be read from it, not even a password in the wrong field, and however many
    names somebody tries, they fill no more than 65,536 rows. That two operators share one is as good as impossible.
    """
    return int.from_bytes(hashlib.sha256(names.key(email).encode("utf-8", "surrogatepass")).digest()[:2], "big")


def wait(failures: Failures | None, now: datetime) -> timedelta:
    """How long the next attempt has to wait at `now` (UTC, the clock of the computer); zero if it need not.

    Where the clock was set back meanwhile, the whole delay begins anew: see `moved_back`.
    """
    if failures is None:
        return timedelta()
    over = delay(failures.count)
    return min(over, max(timedelta(), failures.last_at + over - now))


def delay(count: int) -> timedelta:
    """What so many failed attempts in a row delay the next one by."""
    return timedelta(seconds=_GROWING[min(count - FREE, len(_GROWING)) - 1]) if count > FREE else timedelta()


def moved_back(failures: Failures, now: datetime) -> bool:
    """Whether the clock is behind the last attempt: the delay then has to be counted from `now`.

    Otherwise it would be waited for until the clock has caught up, for a year perhaps.
    """
    return now < failures.last_at


def after_failure(failures: Failures | None, now: datetime) -> Failures:
    """The same after one more failed attempt at `now`."""
    if failures is None or now - failures.last_at > _FORGOTTEN:
        return Failures(1, now)
    return Failures(failures.count + 1, now)


def told(left: timedelta) -> timedelta:
    """A time to wait as it is told: in whole seconds or, from a minute on, minutes, never too short."""
    seconds = -(-left // timedelta(seconds=1))
    return timedelta(seconds=seconds if seconds < _MINUTE else -(-seconds // _MINUTE) * _MINUTE)
