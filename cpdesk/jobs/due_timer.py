"""Asks for settling when a switch is due or the computer has slept."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from cpdesk.base.clock import Clock
from cpdesk.jobs.jobs import Jobs

TICK = timedelta(seconds=30)
_TICKS_OF_A_SLEEP = 3

_log = logging.getLogger(__name__)


class DueTimer(QObject):
    """Compares the wall clock with the next due instant at every tick, and never arms a longer interval.

    A timer armed for the whole time until a due instant would overflow, stop while the computer sleeps, and
    know nothing of a clock that is set. Settlings never overlap; one that fails is tried again at the next
    tick.
    """

    woke_up = Signal()
    """Much more time has passed than between two ticks: the computer slept, or its clock was set."""

    settled = Signal(object)
    """A settling has run; carries what it returned."""

    settling_failed = Signal(object)
    """A settling failed; carries the exception. It is tried again at the next tick."""

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        settle: Callable[[], object],
        next_due_at: Callable[[], datetime | None],
        parent: QObject | None = None,
        *,
        interval: Callable[[], timedelta] = lambda: TICK,
    ) -> None:
        """`settle` is called on the writer's thread; `next_due_at` on the reader's, returning UTC or None.

        `interval` is asked at every tick how long to leave between two looks at what is due; a tick at least.
        """
        super().__init__(parent)
        self._jobs = jobs
        self._clock = clock
        self._settle = settle
        self._read_next_due_at = next_due_at
        self._next_due_at: datetime | None = None
        self._interval = interval
        self._last_tick = self._last_look = clock.now()
        self._settling = False
        self._wanted = False
        self._timer = QTimer(self, timerType=Qt.TimerType.CoarseTimer)
        self._timer.setInterval(TICK // timedelta(milliseconds=1))
        self._timer.timeout.connect(self.tick)
        jobs.changed.connect(self._on_changed)

    @property
    def next_due_at(self) -> datetime | None:
        """When the next pending switch is due (UTC), as far as known; None if nothing is pending."""
        return self._next_due_at

    def start(self) -> None:
        """Settle what is due already, then go on ticking."""
        self._last_tick = self._last_look = self._clock.now()
        self._timer.start()
        self.settle_now()

    def stop(self) -> None:
        """Tick no more. A settling under way is carried out."""
        self._timer.stop()

    def tick(self) -> None:
        """Look at the clock once. Called by the timer; call it too when the clock was moved on purpose."""
        now = self._clock.now()
        slept = now - self._last_tick > _TICKS_OF_A_SLEEP * TICK
        self._last_tick = now
        if slept:
            _log.info("woke up")
            self.woke_up.emit()
        if slept or self._is_time(now):
            self._last_look = now
            if slept or self._wanted or self._is_due(now):
                self.settle_now()

    def settle_now(self) -> None:
        """Settle off the GUI thread, unless a settling is under way."""
        if self._settling:
            return
        self._settling = True
        self._wanted = False
        self._jobs.change(self, self._settle, self._on_settled, self._on_failed)

    def _is_time(self, now: datetime) -> bool:
        """A coarse timer may tick a little early; a clock that was set back must not stop anything."""
        interval, passed = self._interval(), now - self._last_look
        return interval <= TICK or passed < timedelta() or passed > interval - TICK / 2

    def _is_due(self, now: datetime) -> bool:
        return self._next_due_at is not None and self._next_due_at <= now

    def _on_settled(self, outcome: object) -> None:
        self._settling = False
        self._look_ahead()
        self.settled.emit(outcome)

    def _on_failed(self, error: Exception) -> None:
        self._settling = False
        self._wanted = True
        _log.warning("settling failed: %s", type(error).__name__)
        self.settling_failed.emit(error)

    def _on_changed(self) -> None:
        self._look_ahead()

    def _look_ahead(self) -> None:
        self._jobs.run(self, self._read_next_due_at, self._on_known, self._on_unknown, key="next_due_at")

    def _on_known(self, next_due_at: datetime | None) -> None:
        self._next_due_at = next_due_at

    def _on_unknown(self, error: Exception) -> None:
        # Rather settle once too often, which finds nothing due, than miss a due instant.
        _log.warning("the next due instant could not be read: %s", type(error).__name__)
        self._wanted = True
