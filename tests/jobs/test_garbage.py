"""Python's search for garbage is left to the GUI thread while there is a window."""

import gc
import threading
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cpdesk.jobs import GarbageCollector
from cpdesk.jobs.request import Request


class Ring(QObject):
    """Forgotten, it is found by a search for garbage alone; remembers on which thread it went."""

    went: list[threading.Thread]

    def __init__(self, went: list[threading.Thread]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: went.append(threading.current_thread()))


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    enabled = gc.isenabled()
    gc.enable()
    yield
    gc.unfreeze()
    if not enabled:
        gc.disable()


def _make_many() -> list[list[int]]:
    """Enough for Python to look for garbage on its own, if it may."""
    return [[index] for index in range(20_000)]


def test_a_forgotten_object_is_destroyed_on_the_gui_thread_though_a_worker_makes_many(qtbot: QtBot) -> None:
    parent = QObject()
    GarbageCollector(parent).start()
    went: list[threading.Thread] = []
    Ring(went)
    with ThreadPoolExecutor(1) as worker:
        made = worker.submit(_make_many).result()
    assert made
    assert not went
    qtbot.waitUntil(lambda: bool(went))
    assert went == [threading.main_thread()]


@pytest.mark.usefixtures("qapp")  # its timer belongs to an event loop
def test_a_mass_of_objects_is_not_looked_through_before_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    did: list[str] = []
    # As many as are there each time it is looked: made since the last time, and left alone.
    made, left_alone = iter([0, 300_000, 0, 0, 0]), iter([5_000, 305_000, 305_000, 6_000, 5_000])
    monkeypatch.setattr(gc, "get_count", lambda: (next(made, 0), 0, 0))
    monkeypatch.setattr(gc, "get_freeze_count", lambda: next(left_alone, 5_000))
    monkeypatch.setattr(gc, "freeze", lambda: did.append("leave alone"))
    monkeypatch.setattr(gc, "unfreeze", lambda: did.append("take up"))
    parent = QObject()
    collector = GarbageCollector(parent)
    collector.start()
    went: list[threading.Thread] = []
    Ring(went)
    for _turn in range(4):
        assert not went
        collector.look()
    assert not went
    collector.look()
    assert went
    assert did == ["leave alone", "leave alone", "take up", "leave alone"]


def test_a_request_lets_go_of_its_work_where_it_is_told() -> None:
    went: list[threading.Thread] = []
    ring = Ring(went)
    ring.itself = None  # type: ignore[assignment]
    owner = QObject()
    request = Request(owner, ring.objectName, lambda _name: None, None, is_change=False)
    del ring
    with ThreadPoolExecutor(1) as worker:
        worker.submit(request.perform).result()
    assert request.tell()
    assert went == [threading.main_thread()]
