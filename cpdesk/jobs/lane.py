"""A worker thread with a database connection of its own."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from time import monotonic
from typing import Any

from cpdesk.jobs.request import Request

_log = logging.getLogger(__name__)


class Pause:
    """One lane waits while another one has the database to itself."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        """Set once the lane that waits has disconnected."""
        self.over = threading.Event()
        """Set when it may go on."""


class Lane:
    """Performs requests one after the other on one thread, which starts with the first request.

    The connection is opened on that thread before the first request and closed when the lane is. If opening
    fails, the request fails with that error and the next one tries again.
    """

    def __init__(
        self,
        name: str,
        connect: Callable[[], object],
        disconnect: Callable[[], object],
        answer: Callable[[Request[Any]], None],
    ) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._connect = connect
        self._disconnect = disconnect
        self._answer = answer
        self._connected = False
        self._dropping = threading.Event()

    def submit(self, request: Request[Any]) -> None:
        """Queue `request`; `answer` is called with it on the lane's thread once it is performed."""
        self._executor.submit(self._serve, request)

    def hold(self, pause: "Pause") -> None:
        """After what is queued, disconnect and wait until `pause` is over; what comes later connects again."""
        self._executor.submit(self._hold, pause)

    def submit_alone(self, request: Request[Any], pause: "Pause") -> None:
        """Queue `request` to be performed without a connection, once the lane that `pause` was given to holds."""
        self._executor.submit(self._serve_alone, request, pause)

    def begin_closing(self, *, drop: bool) -> "Future[None]":
        """Disconnect after what is queued; `drop` leaves undone what has not begun. Returns at once."""
        if drop:
            self._dropping.set()
        last = self._executor.submit(self._leave)
        self._executor.shutdown(wait=False)
        return last

    def end_closing(self, last: "Future[None]", deadline: float) -> bool:
        """Wait for the thread to end, until `deadline` (monotonic seconds) at most. Whether it has ended."""
        try:
            last.result(timeout=max(0.0, deadline - monotonic()))
        except StillRunning:
            return False
        # Nothing is left to do on the thread now, so that waiting for its end is short.
        self._executor.shutdown(wait=True)
        return True

    def _serve(self, request: Request[Any]) -> None:
        if self._dropping.is_set():
            return
        if self._ensure_connected(request):
            request.perform()
        self._answer(request)

    def _serve_alone(self, request: Request[Any], pause: "Pause") -> None:
        pause.begun.wait()
        try:
            self._leave()
            request.perform()
        finally:
            pause.over.set()
        self._answer(request)

    def _hold(self, pause: "Pause") -> None:
        self._leave()
        pause.begun.set()
        pause.over.wait()

    def _ensure_connected(self, request: Request[Any]) -> bool:
        if not self._connected:
            try:
                self._connect()
            except Exception as error:  # noqa: BLE001 - told to whoever asked for the work
                request.fail(error)
                return False
            self._connected = True
        return True

    def _leave(self) -> None:
        if not self._connected:
            return
        self._connected = False
        try:
            self._disconnect()
        except Exception:  # noqa: BLE001 - the thread goes on, or ends, all the same
            _log.exception("closing the connection failed")
