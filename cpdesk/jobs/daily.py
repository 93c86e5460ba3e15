"""Asks for what has to happen once on each day on which the program runs."""

import logging
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from cpdesk.base.clock import Clock
from cpdesk.jobs.jobs import Jobs

INTERVAL = timedelta(minutes=15)

_log = logging.getLogger(__name__)


class Daily(QObject):
    """Has something done on the writer's thread, once per calendar day of the computer; a failure is tried again.

    Whoever does it decides whether it has been done on that day by another start already.
    """

    done = Signal(object)
    """It is done for today; carries what it returned."""

    failed = Signal(object)
    """It failed; carries the exception. It is tried again at the next look."""

    def __init__(self, jobs: Jobs, clock: Clock, work: Callable[[], object], parent: QObject | None = None) -> None:
        """`work` is called on the writer's thread."""
        super().__init__(parent)
        self._jobs = jobs
        self._clock = clock
        self._work = work
        self._day: date | None = None
        self._asked: date | None = None
        self._timer = QTimer(self, timerType=Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(INTERVAL // timedelta(milliseconds=1))
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look every quarter of an hour from now on."""
        self._timer.start()

    def stop(self) -> None:
        """Look no more. What is under way is carried out."""
        self._timer.stop()

    def look(self) -> None:
        """Have it done, unless it was today, or is under way."""
        today = self._clock.now().astimezone().date()
        if self._asked is None and today != self._day:
            self._asked = today
            self._jobs.change(self, self._work, self._on_done, self._on_failed)

    def _on_done(self, outcome: object) -> None:
        self._day, self._asked = self._asked, None
        self.done.emit(outcome)

    def _on_failed(self, error: Exception) -> None:
        self._asked = None
        _log.warning("the work of the day failed: %s", type(error).__name__)
        self.failed.emit(error)
