"""The running program without its event loop: real threads, a real database, a clock that can be moved."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk import composition
from cpdesk.app import Desktop
from cpdesk.base.clock import MovableClock
from cpdesk.ui.context import MemorySettings
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme
from tests.support.fixtures import folder, template
from tests.support.passwords import CheapPasswords
from tests.support.world import START, World

__all__ = ["folder", "template"]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)


@pytest.fixture
def started(
    qapp: QApplication, qtbot: QtBot, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> "Iterator[Start]":
    """Start the program on a folder: `started(folder)`; it is closed with the test."""
    monkeypatch.setattr(composition, "Argon2Passwords", CheapPasswords)
    start = Start(qapp, qtbot, clock)
    yield start
    start.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def books(folder: Path) -> Iterator[World]:
    """A database to prepare; close it before the program is started on it."""
    world = World(folder)
    world.open()
    yield world
    world.close()


def a_window(app: QApplication) -> Window:
    settings = MemorySettings()
    return Window(settings, Theme(app, settings))


class Start:
    """Starts desktops and closes them."""

    def __init__(self, app: QApplication, qtbot: QtBot, clock: MovableClock) -> None:
        self._app = app
        self._qtbot = qtbot
        self._clock = clock
        self._desktops: list[Desktop] = []

    def __call__(self, folder: Path) -> Desktop:
        desktop = Desktop(self._app, a_window(self._app), folder, self._clock)
        self._desktops.append(desktop)
        with self._qtbot.waitActive(desktop.window):
            desktop.start()
        return desktop

    def close(self) -> None:
        for desktop in self._desktops:
            desktop.window.close()
            desktop.close()
            desktop.window.deleteLater()
            desktop.deleteLater()
