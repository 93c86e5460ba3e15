"""Databases for the tests of pages on real services, and what is looked up in a window."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.pages import all_pages
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.page_header import PageHeader
from tests.support.fixtures import folder, template, world
from tests.support.world import World
from tests.ui.pages.conftest import Show

__all__ = ["folder", "template", "world"]

T = TypeVar("T", bound=QDialog)
Open = Callable[..., Window]


@pytest.fixture
def open_window(world: World, theme: Theme, show: Show) -> Open:
    """Open the window at a page, on the real services."""

    def open_window(key: str, **params: object) -> Window:
        stage = Stage(theme, clock=world.clock)
        return show(stage.window(all_pages(), key, services=world.services, session=world.by, **params))

    return open_window


def press(window: Window, text: str) -> None:
    """Press the button with this text."""
    next(one for one in window.findChildren(QPushButton) if one.text() == text and one.isVisible()).click()


def dialog(window: Window, kind: type[T], qtbot: QtBot) -> T:
    """The dialog of this kind that is open."""
    (found,) = (one for one in window.findChildren(kind) if one.isVisible())
    qtbot.waitUntil(found.isActiveWindow)
    return found


def subtitle(window: Window) -> str:
    """What stands under the title of the page."""
    header = window.findChild(PageHeader)
    assert isinstance(header, PageHeader)
    return header.findChildren(QLabel)[1].text()
