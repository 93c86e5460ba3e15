"""Loading the pages' modules while nobody uses the window."""

from functools import partial
from threading import Thread, current_thread, main_thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base import i18n
from cpdesk.ui.shell.warming import Warmer

LAST = "cpdesk.ui.pages.users.user_list"


@pytest.fixture
def shown(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def test_every_page_is_loaded_after_what_it_is_made_of(shown: QWidget) -> None:
    names = [step.args[0] for step in Warmer(shown).steps if isinstance(step, partial)]
    assert LAST in names
    assert names.index("cpdesk.ui.widgets.table") < names.index("cpdesk.ui.parts.user_list") < names.index(LAST)


def test_every_language_is_loaded_aside(shown: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = dict[str, Thread]()
    monkeypatch.setattr(i18n, "prepare", lambda code: loaded.update({code: current_thread()}))
    *_modules, languages = Warmer(shown).steps
    languages()
    qtbot.waitUntil(lambda: set(loaded) == {"de", "en"})
    assert main_thread() not in loaded.values()


def test_it_ends_when_all_is_loaded(shown: QWidget, qtbot: QtBot) -> None:
    loaded: list[str] = []
    warmer = Warmer(shown, [partial(loaded.append, "one"), partial(loaded.append, "two")])
    warmer.start()
    qtbot.waitUntil(lambda: not warmer.running)
    assert loaded == ["one", "two"]


def test_it_waits_while_somebody_types(shown: QWidget, qtbot: QtBot) -> None:
    loaded: list[str] = []
    warmer = Warmer(shown, [partial(loaded.append, "one")])
    warmer.start()
    handle = shown.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_A)
    qtbot.wait(100)
    assert warmer.running
    assert loaded == []
