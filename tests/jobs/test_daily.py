from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from cpdesk.base.clock import MovableClock
from cpdesk.base.errors import KnownError
from cpdesk.jobs import Daily, InlineJobs, Jobs
from tests.jobs.conftest import Gate

pytestmark = pytest.mark.usefixtures("qtbot")

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


class Chore:
    """Something to be done every day."""

    def __init__(self, clock: MovableClock) -> None:
        self.clock = clock
        self.times: list[datetime] = []
        self.trouble: Exception | None = None

    def do(self) -> int:
        self.times.append(self.clock.now())
        if self.trouble is not None:
            raise self.trouble
        return len(self.times)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOON)


@pytest.fixture
def chore(clock: MovableClock) -> Chore:
    return Chore(clock)


@pytest.fixture
def daily(clock: MovableClock, chore: Chore) -> Iterator[Daily]:
    jobs = InlineJobs()
    made = Daily(jobs, clock, chore.do)
    yield made
    made.stop()


def test_it_is_done_once_a_day(daily: Daily, chore: Chore, clock: MovableClock) -> None:
    heard: list[object] = []
    daily.done.connect(heard.append)
    daily.look()
    clock.advance(timedelta(minutes=15))
    daily.look()
    clock.advance(timedelta(days=1))
    daily.look()
    assert chore.times == [NOON, NOON + timedelta(days=1, minutes=15)]
    assert heard == [1, 2]


def test_a_clock_that_is_set_back_a_day_has_it_done_for_that_day(
    daily: Daily, chore: Chore, clock: MovableClock
) -> None:
    daily.look()
    clock.advance(timedelta(days=-1))
    daily.look()
    assert len(chore.times) == 2


def test_a_failure_is_told_and_tried_again(daily: Daily, chore: Chore) -> None:
    failures: list[object] = []
    daily.failed.connect(failures.append)
    chore.trouble = KnownError("disk_full", path="there")
    daily.look()
    daily.look()
    assert failures == [chore.trouble] * 2
    chore.trouble = None
    daily.look()
    daily.look()
    assert len(chore.times) == 3


def test_it_looks_by_itself_every_quarter_of_an_hour(daily: Daily) -> None:
    (timer,) = daily.findChildren(QTimer)
    daily.start()
    assert (timer.isActive(), timer.interval()) == (True, 15 * 60 * 1000)
    daily.stop()
    assert not timer.isActive()


def test_it_is_not_begun_again_while_it_is_under_way(jobs: Jobs, clock: MovableClock, gate: Gate, qtbot: QtBot) -> None:
    begun: list[str] = []

    def work() -> str:
        begun.append("begun")
        return gate.work()

    daily = Daily(jobs, clock, work)
    with qtbot.waitSignal(daily.done):
        daily.look()
        gate.wait_begun()
        clock.advance(timedelta(days=1))
        daily.look()
        gate.open()
    assert begun == ["begun"]
    with qtbot.waitSignal(daily.done):
        daily.look()
    assert begun == ["begun"] * 2
