"""What tests of charts get: figures, and charts that are seen."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui.theme import Theme

W = TypeVar("W", bound=QWidget)
Shown = Callable[..., QWidget]


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme) -> Callable[[W], W]:  # noqa: ARG001 - painted in the theme
    """Show a widget as in a window of the usual size."""

    def shown(widget: W) -> W:
        qtbot.addWidget(widget)
        widget.resize(960, 360)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return shown
