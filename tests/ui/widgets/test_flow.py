"""Widgets in a line that goes on below."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.buttons import filter_chip
from cpdesk.ui.widgets.flow import Flow


@pytest.fixture
def chips(qtbot: QtBot, theme: Theme) -> tuple[Flow, list[QPushButton]]:  # noqa: ARG001 - painted in the theme
    made = [filter_chip(text) for text in ("Licensed", "Unlicensed", "Guests")]
    flow = Flow(*made)
    qtbot.addWidget(flow)
    flow.show()
    return flow, made


def test_what_fits_stands_in_one_line(chips: tuple[Flow, list[QPushButton]]) -> None:
    flow, (first, second, third) = chips
    flow.resize(flow.sizeHint())
    assert first.y() == second.y() == third.y()
    assert first.x() < second.x() < third.x()
    assert flow.heightForWidth(flow.sizeHint().width()) == flow.sizeHint().height()


def test_what_does_not_fit_goes_on_below(chips: tuple[Flow, list[QPushButton]]) -> None:
    flow, (first, second, third) = chips
    width = flow.sizeHint().width() - 1
    flow.resize(width, flow.heightForWidth(width))
    assert third.y() > first.y() == second.y()
    assert third.x() == first.x()
    assert flow.height() > third.geometry().bottom()


def test_it_begins_where_one_begins_to_read(chips: tuple[Flow, list[QPushButton]]) -> None:
    flow, (first, second, _third) = chips
    flow.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow.resize(flow.sizeHint().width() + 50, flow.sizeHint().height())
    assert first.geometry().right() == flow.width() - 1
    assert second.x() < first.x()


def test_what_is_hidden_takes_no_room(chips: tuple[Flow, list[QPushButton]], qtbot: QtBot) -> None:
    flow, (_first, second, third) = chips
    flow.resize(flow.sizeHint())
    place = second.x()
    second.hide()
    qtbot.waitUntil(lambda: third.x() == place)
