"""Waiting for what another process will do."""

import threading
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 20.0
"""Seconds after which something that should have happened is taken not to happen. Generous: machines are busy."""
_PAUSE = 0.03


def wait_until(
    condition: Callable[[], T | None],
    what: str,
    *,
    timeout: float = PATIENCE,
    evidence: Callable[[], str] = str,
) -> T:
    """Ask until `condition` returns something true, and return that.

    Raises AssertionError with `what` was waited for, and the `evidence`, if that does not happen in `timeout`
    seconds.
    """
    deadline = monotonic() + timeout
    pause = threading.Event()
    while True:
        result = condition()
        if result:
            return result
        if monotonic() > deadline:
            raise AssertionError(f"waited {timeout:g} s in vain for {what}\n{evidence()}")
        pause.wait(_PAUSE)
