"""Notices what other processes change in the database."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from cpdesk.domain.topics import EVERYTHING
from cpdesk.jobs.jobs import Jobs

_INTERVAL_MS = 2000

_log = logging.getLogger(__name__)


class ChangeWatcher(QObject):
    """Announces EVERYTHING within seconds of a change by another process.

    It asks on the writer's thread: SQLite's data version tells of the changes of all *other* connections, so
    that asking on the reader's would report each change of our own a second time.
    """

    def __init__(self, jobs: Jobs, data_version: Callable[[], int], parent: QObject | None = None) -> None:
        """`data_version` is called on the writer's thread: `PRAGMA data_version` of its connection."""
        super().__init__(parent)
        self._jobs = jobs
        self._data_version = data_version
        self._known: int | None = None
        self._asking = False
        self._timer = QTimer(self, timerType=Qt.TimerType.CoarseTimer)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self.look)

    def start(self, known: int | None = None) -> None:
        """Look for changes from now on; `known` is the version that was there before anything was read.

        Without it the database counts as known as it is at the first look.
        """
        self._known = known
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Look once, unless the last look has not been answered yet (a long import, say)."""
        if not self._asking:
            self._asking = True
            self._jobs.change(self, self._data_version, self._on_answered, self._on_failed)

    def _on_answered(self, version: int) -> None:
        self._asking = False
        changed = self._known not in (None, version)
        self._known = version
        if changed:
            self._jobs.announce(EVERYTHING)

    def _on_failed(self, error: Exception) -> None:
        # Whoever works with the database gets the same error and shows it; here it would come all the time.
        self._asking = False
        _log.warning("the data version could not be read: %s", type(error).__name__)
