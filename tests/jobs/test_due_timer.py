from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from cpdesk.base.clock import MovableClock
from cpdesk.base.errors import KnownError
from cpdesk.jobs import DueTimer, InlineJobs, Jobs
from cpdesk.jobs.due_timer import TICK
from tests.jobs.conftest import Gate, Page

pytestmark = pytest.mark.usefixtures("qtbot")

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
DUE = datetime(2026, 12, 1, 5, tzinfo=UTC)


class Settled:
    def __init__(self, topics: frozenset[str]) -> None:
        self.topics = topics


class Queue:
    """A queue of pending switches that settles like the service does."""

    def __init__(self, clock: MovableClock, *due: datetime) -> None:
        self.clock = clock
        self.due = list(due)
        self.settlings: list[datetime] = []
        self.trouble: Exception | None = None

    def settle(self) -> Settled:
        self.settlings.append(self.clock.now())
        if self.trouble is not None:
            raise self.trouble
        before = len(self.due)
        self.due = [due for due in self.due if due > self.clock.now()]
        return Settled(frozenset({"modes"} if len(self.due) < before else ()))

    def next_due_at(self) -> datetime | None:
        if self.trouble is not None:
            raise self.trouble
        return min(self.due, default=None)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOON)


@pytest.fixture
def queue(clock: MovableClock) -> Queue:
    return Queue(clock, DUE)


@pytest.fixture
def inline() -> InlineJobs:
    return InlineJobs()


@pytest.fixture
def timer(inline: InlineJobs, clock: MovableClock, queue: Queue) -> DueTimer:
    return DueTimer(inline, clock, queue.settle, queue.next_due_at)


def _tick_until(timer: DueTimer, clock: MovableClock, instant: datetime) -> None:
    while clock.now() < instant:
        clock.set(min(clock.now() + TICK, instant))
        timer.tick()


def test_starting_settles_what_is_due_and_learns_what_comes_next(timer: DueTimer, queue: Queue) -> None:
    queue.due.append(NOON - timedelta(days=3))
    timer.start()
    assert queue.settlings == [NOON]
    assert timer.next_due_at == DUE


def test_it_settles_at_the_due_instant_and_not_before(timer: DueTimer, queue: Queue, clock: MovableClock) -> None:
    timer.start()
    _tick_until(timer, clock, DUE - timedelta(microseconds=1))
    assert queue.settlings == [NOON]
    _tick_until(timer, clock, DUE)
    _tick_until(timer, clock, DUE + timedelta(minutes=10))
    assert queue.settlings == [NOON, DUE]
    assert timer.next_due_at is None


def test_a_change_brings_news_of_the_next_due_instant(timer: DueTimer, queue: Queue, inline: InlineJobs) -> None:
    timer.start()
    queue.due.insert(0, DUE - timedelta(hours=1))
    inline.changed.emit(frozenset({"modes"}), None)
    assert timer.next_due_at == DUE - timedelta(hours=1)


def test_a_gap_of_several_ticks_is_a_wake_up_and_settles(
    timer: DueTimer, queue: Queue, clock: MovableClock, qtbot: QtBot
) -> None:
    timer.start()
    clock.advance(timedelta(hours=8))
    with qtbot.waitSignal(timer.woke_up):
        timer.tick()
    assert queue.settlings == [NOON, NOON + timedelta(hours=8)]


@pytest.mark.parametrize("step", [TICK, 2 * TICK, -timedelta(days=40)])
def test_a_late_tick_or_a_clock_set_back_is_no_wake_up(
    step: timedelta, timer: DueTimer, queue: Queue, clock: MovableClock, qtbot: QtBot
) -> None:
    timer.start()
    clock.advance(step)
    with qtbot.assertNotEmitted(timer.woke_up):
        timer.tick()
    assert queue.settlings == [NOON]


def test_it_says_what_a_settling_returned(timer: DueTimer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(timer.settled) as signal:
        timer.start()
    assert signal.args is not None
    assert isinstance(signal.args[0], Settled)


def test_a_settling_that_fails_is_tried_again_at_the_next_tick(
    timer: DueTimer, queue: Queue, clock: MovableClock, qtbot: QtBot
) -> None:
    locked = queue.trouble = KnownError("database_locked")
    with qtbot.waitSignal(timer.settling_failed) as signal:
        timer.start()
    assert signal.args == [locked]
    queue.trouble = None
    _tick_until(timer, clock, NOON + 3 * TICK)
    assert queue.settlings == [NOON, NOON + TICK]


def test_settlings_never_overlap(
    jobs: Jobs, clock: MovableClock, queue: Queue, gate: Gate, settle: Callable[[], None]
) -> None:
    def slowly() -> Settled:
        gate.work()
        return queue.settle()

    timer = DueTimer(jobs, clock, slowly, queue.next_due_at)
    timer.start()
    gate.wait_begun()
    for _ in range(3):
        clock.advance(timedelta(days=1))
        timer.tick()
    gate.open()
    settle()
    assert len(queue.settlings) == 1


def test_it_ticks_by_itself_every_thirty_seconds_at_most(
    timer: DueTimer, queue: Queue, inline: InlineJobs, qtbot: QtBot
) -> None:
    ticker = timer.findChild(QTimer)
    assert ticker is not None
    assert ticker.interval() <= 30_000
    ticker.setInterval(1)
    timer.start()
    queue.due.append(NOON)
    inline.changed.emit(frozenset({"modes"}), None)
    qtbot.waitUntil(lambda: len(queue.settlings) > 1)
    timer.stop()


def test_a_page_that_listens_hears_of_a_settlement(
    timer: DueTimer, queue: Queue, inline: InlineJobs, page: Page
) -> None:
    inline.changed.connect(lambda topics, _: page.take(topics))
    queue.due.append(NOON)
    timer.start()
    assert page.results == [frozenset({"modes"})]


def test_a_longer_interval_waits_for_its_time_and_settles_then(
    inline: InlineJobs, clock: MovableClock, queue: Queue
) -> None:
    timer = DueTimer(inline, clock, queue.settle, queue.next_due_at, interval=lambda: timedelta(minutes=5))
    timer.start()
    _tick_until(timer, clock, DUE + timedelta(minutes=10))
    assert len(queue.settlings) == 2
    assert DUE <= queue.settlings[1] < DUE + timedelta(minutes=5)


def test_a_longer_interval_changes_nothing_about_waking_up(
    inline: InlineJobs, clock: MovableClock, queue: Queue
) -> None:
    timer = DueTimer(inline, clock, queue.settle, queue.next_due_at, interval=lambda: timedelta(minutes=5))
    timer.start()
    clock.set(DUE + timedelta(hours=3))
    timer.tick()
    assert queue.settlings == [NOON, DUE + timedelta(hours=3)]


def test_a_clock_that_was_set_back_stops_nothing(inline: InlineJobs, clock: MovableClock, queue: Queue) -> None:
    timer = DueTimer(inline, clock, queue.settle, queue.next_due_at, interval=lambda: timedelta(minutes=5))
    timer.start()
    queue.trouble = KnownError("database_locked", path="x")
    timer.settle_now()
    clock.set(NOON - timedelta(days=1))
    timer.tick()
    assert queue.settlings[-1] == NOON - timedelta(days=1)
