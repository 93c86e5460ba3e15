"""The gear."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui.context import Action
from cpdesk.ui.widgets.menu_button import GearMenu, gear_menu

pytestmark = pytest.mark.usefixtures("theme")

ALT = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def gear(qtbot: QtBot, done: list[str]) -> GearMenu:
    ground = QWidget()
    qtbot.addWidget(ground)
    gear = gear_menu(
        "Actions for Dana", (Action("Edit R&D", lambda: done.append("edit")), None, Action("Delete", done.clear))
    )
    row = QHBoxLayout(ground)
    row.addStretch(1)
    row.addWidget(gear)
    ground.resize(600, 100)
    ground.show()
    return gear


def while_open(gear: GearMenu, act: Callable[[QMenu], None], open_it: Callable[[], None]) -> None:
    """A menu of a button runs its own loop: act in there, then close it."""

    def in_there() -> None:
        menu = gear.menu()
        try:
            assert menu.isVisible()
            act(menu)
        finally:
            menu.close()

    QTimer.singleShot(0, gear, in_there)
    open_it()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_Return, PLAIN), (Qt.Key.Key_Space, PLAIN), (Qt.Key.Key_Down, ALT)],
)
def test_keys_open_it(gear: GearMenu, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    opened: list[str] = []
    while_open(gear, lambda menu: opened.append(menu.actions()[0].text()), lambda: QTest.keyClick(gear, key, modifier))
    assert opened == ["Edit R&&D"]


def test_an_entry_does_what_it_says(gear: GearMenu, done: list[str]) -> None:
    gear.actions_of_menu()[0].trigger()
    assert done == ["edit"]
    assert len(gear.actions_of_menu()) == 2


def test_its_menu_ends_with_it(gear: GearMenu) -> None:
    ends: list[int] = []

    def look(menu: QMenu) -> None:
        QApplication.processEvents()
        ends.append(menu.mapToGlobal(QPoint(menu.width(), 0)).x())

    while_open(gear, look, gear.click)
    assert ends == [gear.mapToGlobal(QPoint(gear.width(), 0)).x()]


def test_it_is_accessible(gear: GearMenu, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(gear)
