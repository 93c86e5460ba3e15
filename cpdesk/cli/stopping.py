"""A command that is told to end: what it had begun is cleared away first, as after Ctrl+C."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_NAMES: Final = ("SIGTERM", "SIGHUP")
"""The system shuts down or somebody ends the process; its terminal is closed, which Windows does not tell."""
_BY_SIGNAL: Final = 128
"""What shells add to the number of a signal."""


class StoppedError(BaseException):
    """The process was told to end. Not an Exception: nothing but what clears up may catch it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code: Final = _BY_SIGNAL + number


@contextmanager
def stoppable() -> Iterator[None]:
    """Within it such a signal raises StoppedError. One that is ignored (`nohup`) stays ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    ours = [number for number, handler in before.items() if handler is signal.SIG_DFL]

    def stop(number: int, _frame: FrameType | None) -> None:
        # Once: another one would interrupt the clearing away.
        for each in ours:
            signal.signal(each, signal.SIG_IGN)
        raise StoppedError(number)

    try:
        for number in ours:
            signal.signal(number, stop)
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number])
