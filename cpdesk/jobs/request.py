"""One piece of work on its way to a worker thread and back."""

import weakref
from collections.abc import Callable
from functools import partial
from typing import Generic, NoReturn, TypeVar

from PySide6.QtCore import QObject

from cpdesk.jobs.recipient import Recipient, alive

T = TypeVar("T")


class Request(Generic[T]):
    """Work for a worker thread, and who is told its outcome on the GUI thread."""

    def __init__(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
        *,
        is_change: bool,
        sitting: int = 0,
    ) -> None:
        self._work = work
        self._done = Recipient(owner, done)
        self._failed = Recipient(owner, failed) if failed else None
        self._tell: Callable[[], bool] = _nobody
        self._owner = weakref.ref(owner)
        self.is_change = is_change
        self.sitting = sitting
        """How many people had sat at the window before who asked for it."""
        self.error: Exception | None = None
        self.topics: frozenset[str] = frozenset()
        """What the work changed: the attribute `topics` of its result, if it has one."""
        self.superseded = False
        """A newer request made this one pointless: it is not begun any more, and nobody is told."""

    @property
    def owner(self) -> QObject | None:
        """Who asked, or None if gone by now."""
        owner = self._owner()
        return owner if alive(owner) else None

    def perform(self) -> None:
        """Do the work and keep the outcome. Never raises. The worker's thread."""
        if self.superseded:
            return
        try:
            result = self._work()
        except Exception as error:  # noqa: BLE001 - whatever it is, the GUI thread decides what becomes of it
            self.fail(error)
        else:
            self.topics = frozenset(getattr(result, "topics", ()))
            self._tell = partial(self._done.tell, result)

    def fail(self, error: Exception) -> None:
        """Keep `error` as the outcome."""
        self.error = error
        if self._failed is not None:
            self._tell = partial(self._failed.tell, error)

    def tell(self) -> bool:
        """Hand the outcome to the owner, on the GUI thread. False if there was nobody to take it."""
        # Let go of the result, since the request may be remembered for longer; and of the work, which may be the
        # last to know a page: the worker's thread, if it lets go of the request last, would destroy the page there.
        tell, self._tell = self._tell, _nobody
        self._work = _gone
        return not self.superseded and tell()


def _nobody() -> bool:
    return False


def _gone() -> NoReturn:
    raise AssertionError("told already")
