"""On a real database file, with connections like those of the program and one of a stranger."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from cpdesk.jobs import EVERYTHING, ChangeWatcher, InlineJobs, Jobs
from tests.jobs.conftest import Gate, Page

pytestmark = pytest.mark.usefixtures("qtbot")


class Database:
    """One connection for each thread, as the store has it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._local = threading.local()

    def connect(self) -> None:
        self._local.connection = sqlite3.connect(self.file, isolation_level=None)

    def disconnect(self) -> None:
        self._local.connection.close()

    def data_version(self) -> int:
        return int(self._local.connection.execute("PRAGMA data_version").fetchone()[0])

    def write(self) -> None:
        self._local.connection.execute("INSERT INTO note VALUES (1)")

    def write_as_a_stranger(self) -> None:
        with closing(sqlite3.connect(self.file, isolation_level=None)) as stranger:
            stranger.execute("INSERT INTO note VALUES (2)")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    file = tmp_path / "some.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE note (number INTEGER)")
    return Database(file)


@pytest.fixture
def jobs(database: Database, unhandled: list[Exception]) -> Iterator[Jobs]:
    jobs = Jobs(database.connect, database.disconnect, unhandled.append)
    yield jobs
    assert jobs.close()


@pytest.fixture
def watcher(jobs: Jobs, database: Database, settle: Callable[[], None]) -> ChangeWatcher:
    watcher = ChangeWatcher(jobs, database.data_version)
    watcher.look()
    settle()
    return watcher


def test_a_change_by_another_process_is_announced_once(
    watcher: ChangeWatcher, jobs: Jobs, database: Database, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    database.write_as_a_stranger()
    with qtbot.waitSignal(jobs.changed) as signal:
        watcher.look()
    assert signal.args == [EVERYTHING, None]
    with qtbot.assertNotEmitted(jobs.changed):
        watcher.look()
        settle()


def test_changes_of_our_own_are_not_announced(
    watcher: ChangeWatcher, jobs: Jobs, database: Database, page: Page, settle: Callable[[], None]
) -> None:
    jobs.changed.connect(lambda topics, _: page.take(topics))
    jobs.change(page, database.write, lambda _: None)
    watcher.look()
    settle()
    assert page.results == []


def test_it_looks_by_itself_within_seconds(
    watcher: ChangeWatcher, jobs: Jobs, database: Database, qtbot: QtBot
) -> None:
    ticker = watcher.findChild(QTimer)
    assert ticker is not None
    assert ticker.interval() <= 2000
    ticker.setInterval(1)
    watcher.start()
    database.write_as_a_stranger()
    with qtbot.waitSignal(jobs.changed):
        pass
    watcher.stop()


def test_it_does_not_ask_again_before_it_is_answered(jobs: Jobs, gate: Gate, settle: Callable[[], None]) -> None:
    asked: list[int] = []

    def slowly() -> int:
        gate.work()
        asked.append(1)
        return 1

    watcher = ChangeWatcher(jobs, slowly)
    for _ in range(5):
        watcher.look()
    gate.open()
    settle()
    assert asked == [1]


def test_trouble_is_left_to_those_who_work_with_the_database(page: Page) -> None:
    versions: Iterator[int | Exception] = iter([1, sqlite3.OperationalError("locked"), 2])

    def data_version() -> int:
        version = next(versions)
        if isinstance(version, Exception):
            raise version
        return version

    jobs = InlineJobs()
    jobs.changed.connect(lambda topics, _: page.take(topics))
    watcher = ChangeWatcher(jobs, data_version)
    for _ in range(3):
        watcher.look()
    assert page.results == [EVERYTHING]


def test_a_change_since_the_version_that_is_known_is_announced(
    watcher: ChangeWatcher, jobs: Jobs, database: Database, page: Page, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    jobs.change(page, database.data_version, page.take)
    settle()
    (known,) = page.results
    assert isinstance(known, int)
    database.write_as_a_stranger()
    with qtbot.waitSignal(jobs.changed):
        watcher.start(known)
    watcher.stop()
