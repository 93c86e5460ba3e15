"""A part of a page that scrolls by itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.buttons import primary
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.scrolled import Scrolled


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> QWidget:  # noqa: ARG001 - labels are painted with it
    """Something long over a button."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.addWidget(Scrolled(Label("line\n" * 200)), 1)
    column.addWidget(primary("Next"))
    qtbot.addWidget(made)
    made.resize(400, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_what_stands_under_it_stays_in_sight(page: QWidget) -> None:
    (button,) = (child for child in page.children() if child.property("kind") == "primary")
    assert isinstance(button, QWidget)
    assert button.geometry().bottom() <= page.height()
    assert page.minimumSizeHint().height() < 400


def test_it_scrolls_down_and_never_sideways(page: QWidget) -> None:
    area = page.findChild(Scrolled)
    assert isinstance(area, Scrolled)
    assert area.verticalScrollBar().maximum() > 0
    assert area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft], ids=["ltr", "rtl"]
)
def test_the_content_keeps_off_the_scroll_bar(page: QWidget, direction: Qt.LayoutDirection, qtbot: QtBot) -> None:
    page.setLayoutDirection(direction)
    page.resize(400, 401)
    area = page.findChild(Scrolled)
    assert isinstance(area, Scrolled)
    inner = area.widget()
    label = page.findChild(Label)
    assert inner is not None
    assert isinstance(label, Label)
    qtbot.waitUntil(lambda: label.width() < inner.width())
