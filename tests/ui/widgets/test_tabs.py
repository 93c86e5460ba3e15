"""Tabs whose pages are there, and those whose page is made when it is opened."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.tabs import Tabs


class Maker:
    """Makes a page, and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> QWidget:
        self.made += 1
        return QLabel("Users")


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture
def tabs(theme: Theme, qtbot: QtBot, make: Maker) -> Tabs:  # noqa: ARG001 - tabs are painted with it
    made = Tabs()
    made.add("tools", "Tools", QLabel("Tools"))
    made.add_later("users", "Users", make)
    qtbot.addWidget(made)
    made.resize(400, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_page_is_made_once_when_its_tab_is_opened(tabs: Tabs, make: Maker) -> None:
    assert make.made == 0
    for key in ("users", "tools", "users"):
        tabs.select(key)
    assert make.made == 1


def test_only_the_open_page_is_seen(tabs: Tabs) -> None:
    tabs.select("users")
    assert [tabs.page(key).isVisible() for key in ("tools", "users")] == [False, True]
    assert tabs.page("users").height() > tabs.height() // 2
    tabs.select("tools")
    assert [tabs.page(key).isVisible() for key in ("tools", "users")] == [True, False]


def test_a_page_that_is_made_later_has_the_name_of_its_tab(tabs: Tabs) -> None:
    tabs.set_title("users", "Benutzer")
    tabs.select("users")
    assert tabs.page("users").accessibleName() == "Benutzer"


def test_whoever_listens_finds_the_page_made(tabs: Tabs) -> None:
    found: list[QWidget] = []

    def on_changed(key: str) -> None:
        found.append(tabs.page(key))

    tabs.current_changed.connect(on_changed)
    tabs.select("users")
    assert isinstance(found[0], QLabel)


def test_the_first_page_is_not_made_where_another_is_opened(qtbot: QtBot, make: Maker) -> None:
    tabs = Tabs()
    qtbot.addWidget(tabs)
    tabs.add_later("users", "Users", make)
    tabs.add_later("tools", "Tools", lambda: QLabel("Tools"))
    tabs.select("tools")
    tabs.show()
    assert make.made == 0
    assert tabs.page("tools").isVisible()
    tabs.select("users")
    assert make.made == 1
    assert [tabs.page(key).isVisible() for key in ("users", "tools")] == [True, False]


def test_the_first_page_is_made_when_it_is_asked_for(qtbot: QtBot, make: Maker) -> None:
    tabs = Tabs()
    qtbot.addWidget(tabs)
    tabs.add_later("users", "Users", make)
    tabs.select("users")
    tabs.show()
    assert make.made == 1
    assert tabs.page("users").isVisible()
