"""A task in a child of its own, which may die of it."""

import os
from collections.abc import Callable


def outcome(live: Callable[[], int]) -> int:
    """Run `live` in a forked child: the code that it returns, 1 if it raises, or minus the signal that killed it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = live()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
