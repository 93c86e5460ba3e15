"""Pressing what is in the window."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.app import Desktop


def press(desktop: Desktop, text: str, qtbot: QtBot) -> None:
    """Press a button when it is there: what has just been put into the window is shown with the next events."""
    found = list[QPushButton]()

    def is_there() -> bool:
        buttons = desktop.window.findChildren(QPushButton)
        found[:] = [one for one in buttons if one.text() == text and one.isVisible()]
        return bool(found)

    qtbot.waitUntil(is_there)
    found[0].click()
