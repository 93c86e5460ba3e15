"""What the tests of the price pages look up, and a real database."""

from typing import Any, TypeVar

from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.table import DataTable
from tests.support.fixtures import folder, template, world

__all__ = ["folder", "template", "world"]

T = TypeVar("T", bound=QDialog)


def button(root: QWidget, text: str) -> QPushButton:
    """The button with a text."""
    return next(one for one in root.findChildren(QPushButton) if one.text() == text)


def dialog(window: Window, kind: type[T]) -> T:
    """The open dialog of a kind."""
    return next(one for one in window.findChildren(kind) if one.isVisible())


def said(root: QWidget) -> str:
    """All texts that are seen."""
    return "\n".join(label.text() for label in root.findChildren(Label) if label.isVisible())


def cells(table: DataTable[Any], *keys: str) -> list[list[str]]:
    """What a list shows in some of its columns."""
    rows = table.rows
    places = [rows.place_of(key) for key in keys]
    return [[rows.index(row, place).data() for place in places] for row in range(rows.rowCount())]
