"""Waiting for what another process will do."""

import threading
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from tests.e2e.bus import BusError

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds after which something that should have happened is taken not to happen. Generous: machines are busy."""
_PAUSE = 0.03


def wait_until(
    condition: Callable[[], T | None],
    what: str,
    *,
    timeout: float = PATIENCE,
    evidence: Callable[[], str] = str,
) -> T:
    """Ask until `condition` returns something true, and return that. What it asks may vanish meanwhile.

    Raises AssertionError with `what` was waited for, and the `evidence`, if that does not happen in `timeout`
    seconds.
    """
    deadline = monotonic() + timeout
    pause = threading.Event()
    while True:
        # Asking may take long by itself: the last time begins when all the time was there for it to happen.
        last, gone = monotonic() > deadline, None
        try:
            result = condition()
        except BusError as error:
            result, gone = None, error
        if result:
            return result
        if last:
            raise AssertionError(f"waited {timeout:g} s in vain for {what}\n{evidence()}") from gone
        pause.wait(_PAUSE)
