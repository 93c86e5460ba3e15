"""Jobs on real threads, for the tests of what runs on them."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cpdesk.jobs import Jobs


@dataclass
class Connections:
    """Which threads opened and closed a connection, and the error that opening meets, if any."""

    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    trouble: Exception | None = None

    def connect(self) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.opened.append(threading.current_thread().name)

    def disconnect(self) -> None:
        self.closed.append(threading.current_thread().name)


class Page(QObject):
    """Stands for whatever asks for work: remembers what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.failures: list[Exception] = []
        self.reports: list[tuple[int, int]] = []
        self.threads: set[int] = set()

    def take(self, result: object) -> None:
        self.threads.add(threading.get_ident())
        self.results.append(result)

    def fail(self, error: Exception) -> None:
        self.threads.add(threading.get_ident())
        self.failures.append(error)

    def report(self, progress: tuple[int, int]) -> None:
        self.threads.add(threading.get_ident())
        self.reports.append(progress)


class Gate:
    """Work that waits on its thread until it is let through."""

    def __init__(self) -> None:
        self._begun = threading.Event()
        self._open = threading.Event()

    def work(self) -> str:
        self._begun.set()
        if not self._open.wait(10):
            raise TimeoutError
        return "through"

    def wait_begun(self) -> None:
        assert self._begun.wait(10)

    def open(self) -> None:
        self._open.set()


@pytest.fixture
def connections() -> Connections:
    return Connections()


@pytest.fixture
def unhandled() -> list[Exception]:
    """The exceptions that nobody took."""
    return []


@pytest.fixture
def jobs(connections: Connections, unhandled: list[Exception]) -> Iterator[Jobs]:
    before = set(threading.enumerate())
    jobs = Jobs(connections.connect, connections.disconnect, unhandled.append)
    yield jobs
    assert jobs.close()
    assert set(threading.enumerate()) <= before


@pytest.fixture
def jobs_to_abandon(connections: Connections, gate: Gate) -> Iterator[Jobs]:
    """Jobs that are closed while `gate` still holds a thread; the thread ends with the test."""
    before = set(threading.enumerate())
    yield Jobs(connections.connect, connections.disconnect, list[Exception]().append)
    gate.open()
    for thread in set(threading.enumerate()) - before:
        thread.join(10)


@pytest.fixture
def announced(jobs: Jobs) -> list[tuple[frozenset[str], object]]:
    """The changes that were announced: topics and who made them."""
    announced: list[tuple[frozenset[str], object]] = []
    jobs.changed.connect(lambda topics, initiator: announced.append((topics, initiator)))
    return announced


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.open()


@pytest.fixture
def settle(qtbot: QtBot, jobs: Jobs) -> Callable[[], None]:
    """Wait until everything asked so far has been answered: the threads work in the order asked."""

    def wait() -> None:
        marker = Page()
        jobs.run(marker, str, marker.take)
        jobs.change(marker, str, marker.take)
        qtbot.waitUntil(lambda: len(marker.results) == 2)

    return wait
