"""Runs checks one after the other, whatever becomes of each."""

import gc
from collections.abc import Callable, Iterable, Iterator
from time import monotonic

from cpdesk.selftest.listening import Listener
from cpdesk.selftest.results import Broken, Result, described

Check = tuple[str, Callable[[], str]]
"""Its name, and what does it: returns what was seen, raises whatever it likes where something is broken."""


def run(checks: Iterable[Check], listener: Listener) -> Iterator[Result]:
    """The result of each check. One that works but says something has failed all the same."""
    for name, check in checks:
        begun = monotonic()
        ok, detail = _attempt(check)
        # What is thrown away may complain as well.
        gc.collect()
        heard = listener.take()
        yield Result(name, ok and not heard, round(monotonic() - begun, 2), detail, heard)


def _attempt(check: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, check()
    except Broken as broken:
        return False, str(broken)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other checks are run, too
        return False, described(error)
