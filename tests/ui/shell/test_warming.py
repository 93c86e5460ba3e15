"""Loading the pages' modules while nobody uses the window."""

import sys
from types import ModuleType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui.shell import warming
from cpdesk.ui.shell.warming import Warmer

LAST = "cpdesk.ui.pages.users.user_list"


@pytest.fixture
def shown(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what is loaded; nothing is."""
    names: list[str] = []

    def load(name: str) -> ModuleType:
        names.append(name)
        return sys

    monkeypatch.setattr(warming, "import_module", load)
    return names


def test_every_page_is_loaded_after_what_it_is_made_of(shown: QWidget) -> None:
    warmer = Warmer(shown)
    names = list(warmer.names)
    assert LAST in names
    assert names.index("cpdesk.ui.widgets.table") < names.index("cpdesk.ui.parts.user_list") < names.index(LAST)


def test_it_ends_when_all_is_loaded(shown: QWidget, qtbot: QtBot, loaded: list[str]) -> None:
    warmer = Warmer(shown, names=["one", "two"])
    warmer.start()
    qtbot.waitUntil(lambda: not warmer.running)
    assert loaded == ["one", "two"]


def test_it_waits_while_somebody_types(shown: QWidget, qtbot: QtBot, loaded: list[str]) -> None:
    warmer = Warmer(shown, names=["one"])
    warmer.start()
    handle = shown.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_A)
    qtbot.wait(100)
    assert warmer.running
    assert loaded == []
