"""Jobs without threads, for tests of what uses jobs."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from cpdesk.jobs.jobs import Jobs
from cpdesk.jobs.lane import Lane
from cpdesk.jobs.request import Request


class InlineJobs(Jobs):
    """The same as Jobs, but everything happens at once in the calling thread, on its connection."""

    def __init__(self, on_error: Callable[[Exception], None] | None = None, parent: QObject | None = None) -> None:
        """Without `on_error`, an exception that nobody takes is raised to whoever asked for the work."""
        super().__init__(_nothing, _nothing, on_error or _raise, parent)

    def close(self, timeout: float = 10.0) -> bool:  # noqa: ARG002 - nothing to wait for
        """Carry out nothing any more."""
        self._closed = True
        return True

    def _submit(self, lane: Lane, request: Request[Any]) -> None:  # noqa: ARG002 - there are no lanes here
        request.perform()
        self._answer(request)

    def _submit_alone(self, request: Request[Any]) -> None:
        request.perform()
        self._answer(request)

    def _post(self, call: Callable[[], None]) -> None:
        call()


def _nothing() -> None:
    return None


def _raise(error: Exception) -> None:
    raise error
