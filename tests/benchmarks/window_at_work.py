"""A process with cpdesk's window at the Customer List: settles what is due, then searches. Prints what it found.

The data folder comes from the environment. Only the clock is another one than the program's own.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from cpdesk import __main__ as program
from cpdesk import app
from cpdesk.base.clock import MovableClock
from cpdesk.domain.modes import Mode
from cpdesk.ui.shell.idle import set_idle_limit
from cpdesk.ui.widgets.table import DataTable
from tests.benchmarks.many_switches import DUE, REQUESTED
from tests.benchmarks.operating import rows_shown, sign_in, table

_BEAT_MS = 2
REST_MS = 1000
"""After this time without a key the program has done what it had to do."""
_TYPED = "77"
_QUICK = "4231"
_QUICK_MS = 60
"""Between two keys of somebody who types fast."""
_PATIENCE_MS = 60_000


CLOCK = MovableClock(REQUESTED)


class Heartbeat(QObject):
    """Beats on the GUI thread; `longest` is the longest time (ms) in which it could not."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=_BEAT_MS)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, 1000 * (now - self._last))
        self._last = now


class Paintings(QObject):
    """Remembers when a widget was last painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.last = 0.0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.last = time.perf_counter()
        return False


def until(condition: Callable[[], bool], *, every: int = 10) -> None:
    """Let the program run until the condition holds, which is asked so often (ms)."""
    loop = QEventLoop()
    timer = QTimer(interval=every)
    timer.timeout.connect(lambda: loop.quit() if condition() else None)
    timer.start()
    QTimer.singleShot(_PATIENCE_MS, loop, lambda: loop.exit(1))
    if loop.exec():
        sys.exit("waited in vain")


def rest(milliseconds: int = REST_MS) -> None:
    """Let the program do what it still has to do."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def longest_pause_while_settling(desktop: app.Desktop) -> float:
    """Milliseconds, until the list shows what was settled and the program has come to rest."""
    accounts = table(desktop.window)
    assert isinstance(accounts, DataTable)
    last = accounts.rows.rowCount() - 1
    heart = Heartbeat()
    CLOCK.set(DUE)
    desktop.settle_now()
    until(lambda: all(accounts.rows.row(place).mode is Mode.USAGE for place in (0, last)))
    rest()
    assert all(accounts.rows.row(place).mode is Mode.USAGE for place in range(last + 1))
    return heart.longest


def times_from_key_to_result(window: QWidget) -> list[float]:
    """Milliseconds from each key to the painted list."""
    times = []
    for letter in _TYPED:
        times.append(_time_to_result(window, letter))
        rest()
    _search_of(window).clear()
    rest()
    return times


def times_from_quick_keys_to_result(window: QWidget) -> list[float]:
    """Milliseconds from the last of several keys, as quick as one types, to the painted list; more and more keys."""
    times = []
    for count in range(2, len(_QUICK) + 1):
        for letter in _QUICK[: count - 1]:
            QTest.keyClicks(_search_of(window), letter)
            rest(_QUICK_MS)
        times.append(_time_to_result(window, _QUICK[count - 1]))
        rest()
        _search_of(window).clear()
        rest()
    return times


def _time_to_result(window: QWidget, letter: str) -> float:
    accounts = table(window)
    assert accounts is not None
    paintings = Paintings(accounts.viewport())
    before, started = rows_shown(window), time.perf_counter()
    QTest.keyClicks(_search_of(window), letter)
    until(lambda: rows_shown(window) != before and paintings.last > started, every=1)
    return 1000 * (paintings.last - started)


def _search_of(window: QWidget) -> QLineEdit:
    return next(field for field in window.findChildren(QLineEdit) if field.isVisible())


class MeasuredDesktop(app.Desktop):
    """Signs in, waits for the list, measures, and closes the window."""

    def start(self) -> None:
        super().start()
        QTimer.singleShot(REST_MS, self, self._measure)

    def _measure(self) -> None:
        # The clock is about to leap over eleven days, after which an unused window would lock itself.
        set_idle_limit(self.window.settings, timedelta())
        sign_in(self.window)
        until(lambda: rows_shown(self.window) > 0)
        rest()
        pause = longest_pause_while_settling(self)
        keys, quick_keys = times_from_key_to_result(self.window), times_from_quick_keys_to_result(self.window)
        sys.stdout.write(json.dumps({"pause": pause, "keys": keys, "quick_keys": quick_keys}))
        self.window.close()


def main() -> None:
    """The program itself, but for its clock."""
    vars(app).update(SystemClock=lambda: CLOCK, Desktop=MeasuredDesktop)
    sys.exit(program.main([]))
