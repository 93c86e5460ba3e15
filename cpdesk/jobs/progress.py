"""How far a long job has come, and the wish to stop it."""

import threading
from collections.abc import Callable

from cpdesk.jobs.recipient import Recipient


class Cancelled(Exception):  # noqa: N818 - the wish of a person, not an error
    """The job was asked to stop. Raised inside the job, so that its transaction rolls back."""


class Progress:
    """Handed to a long job. The job reports on its own thread; the owner is told on the GUI thread."""

    def __init__(self, post: Callable[[Callable[[], None]], None], recipient: Recipient[tuple[int, int]]) -> None:
        self._post = post
        self._recipient = recipient
        self._latest = (0, 0)
        self._telling = False
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether the job has been asked to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the job to stop at its next report. Any thread."""
        self._cancelled.set()

    def report(self, done: int, total: int) -> None:
        """Say that `done` of `total` steps are behind us. The job's thread; cheap enough for every row.

        Raises Cancelled if the job has been asked to stop.
        """
        if self._cancelled.is_set():
            raise Cancelled
        self._latest = (done, total)
        if not self._telling:
            self._telling = True
            self._post(self._tell)

    def _tell(self) -> None:
        # Cleared before the reading: a report in between is told once more rather than lost.
        self._telling = False
        self._recipient.tell(self._latest)
