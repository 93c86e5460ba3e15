"""Work off the GUI thread: one thread that reads, one that writes, results back on the GUI thread."""

import logging
import threading
from collections.abc import Callable, Hashable
from functools import partial
from time import monotonic
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, WeakSet

from PySide6.QtCore import QObject, Qt, Signal, Slot

from cpdesk.base.errors import CodedError, KnownError
from cpdesk.jobs.lane import Lane, Pause
from cpdesk.jobs.progress import Cancelled, Progress
from cpdesk.jobs.recipient import Recipient
from cpdesk.jobs.request import Request

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Jobs(QObject):
    """Runs use cases off the GUI thread, each thread with a database connection of its own.

    Reads and changes have a thread each, so that pages load while a long import runs; each thread works in
    the order asked. Callbacks run on the GUI thread, and not at all once their owner is gone; bound methods
    are held weakly. `work` runs on another thread: it must not touch, nor hold on to, anything of the screen.
    """

    changed = Signal(object, object)
    """Something was changed: topics (a frozenset of str) and the owner that asked for it (None if gone)."""

    troubled = Signal(object)
    """A KnownError that a request met, whoever is told of it: what lies around the program is not as it should be."""

    _posted = Signal(object)

    def __init__(
        self,
        connect: Callable[[], object],
        disconnect: Callable[[], object],
        on_error: Callable[[Exception], None],
        parent: QObject | None = None,
    ) -> None:
        """`connect` and `disconnect` are called on each worker thread; `on_error` on the GUI thread."""
        super().__init__(parent)
        self._on_error = on_error
        self._reader = Lane("cpdesk-reader", connect, disconnect, self._answer)
        self._writer = Lane("cpdesk-writer", connect, disconnect, self._answer)
        self._newest: WeakKeyDictionary[QObject, dict[Hashable, Request[Any]]] = WeakKeyDictionary()
        self._in_progress: WeakSet[Progress] = WeakSet()
        self._gate = threading.Lock()
        self._closed = False
        self._sitting = 0
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        key: Hashable | None = None,
    ) -> None:
        """Read on the reader's thread, then call `done` with the result, or `failed` with the exception.

        With a `key`, only the owner's newest request of that key is answered; older ones are dropped.
        Without `failed`, an exception goes to `on_error`.
        """
        if self._closed:
            return
        request = Request(owner, work, done, failed, is_change=False, sitting=self._sitting)
        if key is not None:
            self._supersede(owner, key, request)
        self._submit(self._reader, request)

    def change(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Write on the writer's thread, then call `done` with the result, or `failed` with the exception.

        A change is carried out even if its owner goes away meanwhile. If the result has `topics`, `changed`
        is emitted once, after `done`. A failure that nobody is left to take goes to `on_error`.
        """
        if not self._closed:
            self._submit(self._writer, self._change_of(owner, work, done, failed))

    def exclusive(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """A change that needs the database file to itself: `work` runs on the writer's thread, and nobody is connected.

        It begins once everything that was asked for before is answered; reads wait until it has ended. Each thread
        connects again with its next request. The rest is as with `change`.
        """
        if not self._closed:
            self._submit_alone(self._change_of(owner, work, done, failed))

    def progress(self, owner: QObject, reported: Callable[[tuple[int, int]], None]) -> Progress:
        """Make a Progress for a long job; `reported` is called with (done, total), not every time."""
        progress = Progress(self._post, Recipient(owner, reported))
        self._in_progress.add(progress)
        return progress

    def hand_over(self) -> None:
        """Somebody else, or nobody, sits at the window from now on: how changes end that were asked for before, by
        what is gone now, is not told to them."""
        self._sitting += 1

    def announce(self, topics: frozenset[str]) -> None:
        """Emit `changed` for something that no request of ours did: a settlement, another process. Any thread."""
        self._post(partial(self.changed.emit, topics, None))

    def close(self, timeout: float = 10.0) -> bool:
        """End both threads: queued changes are carried out, queued reads dropped, jobs in progress cancelled.

        Nobody is called back any more. Waits `timeout` seconds at most; False if a thread is still busy then.
        A second call does nothing.
        """
        with self._gate:
            if self._closed:
                return True
            self._closed = True
        deadline = monotonic() + timeout
        last_read = self._reader.begin_closing(drop=True)
        last_write = self._writer.begin_closing(drop=False)
        for progress in self._in_progress:
            progress.cancel()
        reader_ended = self._reader.end_closing(last_read, deadline)
        writer_ended = self._writer.end_closing(last_write, deadline)
        return reader_ended and writer_ended

    def _change_of(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
    ) -> Request[T]:
        return Request(owner, work, done, failed, is_change=True, sitting=self._sitting)

    def _supersede(self, owner: QObject, key: Hashable, request: Request[Any]) -> None:
        newest = self._newest.setdefault(owner, {})
        if key in newest:
            newest[key].superseded = True
        newest[key] = request

    def _submit(self, lane: Lane, request: Request[Any]) -> None:
        lane.submit(request)

    def _submit_alone(self, request: Request[Any]) -> None:
        # Both at once: a reader that is closing takes no more later, but does what it has been given.
        pause = Pause()
        self._reader.hold(pause)
        self._writer.submit_alone(request, pause)

    def _answer(self, request: Request[Any]) -> None:
        if self._closed and request.is_change and request.error is not None:
            _log.error("a change failed while the program was closing", exc_info=request.error)
        self._post(partial(self._deliver, request))

    def _post(self, call: Callable[[], None]) -> None:
        """Have `call` called on the GUI thread; not any more once closed. Any thread."""
        with self._gate:
            if not self._closed:
                self._posted.emit(call)

    @Slot(object)
    def _on_posted(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()

    def _deliver(self, request: Request[Any]) -> None:
        try:
            if not request.tell():
                self._report(request)
        finally:
            if request.topics:
                self.changed.emit(request.topics, request.owner)
            if isinstance(request.error, KnownError):
                self.troubled.emit(request.error)

    def _report(self, request: Request[Any]) -> None:
        """Hand an exception that nobody took to `on_error`, where it still matters to somebody."""
        error = request.error
        if error is None or request.superseded or isinstance(error, Cancelled):
            return
        if isinstance(error, CodedError) and request.owner is None and request.sitting != self._sitting:
            _log.warning("a change was not made, and who asked for it has left: %s", error.code)
        elif request.is_change or request.owner is not None:
            self._on_error(error)
