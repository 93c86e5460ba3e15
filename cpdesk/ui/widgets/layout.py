"""Layouts without the ceremony."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QLayoutItem, QVBoxLayout, QWidget

from cpdesk.ui.theme import spacing

Item = QWidget | QLayout | None
"""A widget, a layout, or None for a stretch."""
Text = str | Callable[[], str]
"""A text, or how to get it in the language in use at that moment."""

AnyLayout = TypeVar("AnyLayout", bound=QBoxLayout)


def text_of(text: Text) -> str:
    """The text now."""
    return text() if callable(text) else text


def hbox(*items: Item, space: int = spacing.M) -> QHBoxLayout:
    """Items side by side, without margins."""
    return _filled(QHBoxLayout(), items, space)


def vbox(*items: Item, space: int = spacing.M) -> QVBoxLayout:
    """Items one under the other, without margins."""
    return _filled(QVBoxLayout(), items, space)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; widgets are deleted."""
    while (item := layout.takeAt(0)) is not None:
        _dispose(item)


def hairline() -> QFrame:
    """A line one pixel high."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setProperty("surface", "hairline")
    return line


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet reads, and have the sheet look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _filled(layout: AnyLayout, items: tuple[Item, ...], space: int) -> AnyLayout:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
    return layout


def _dispose(item: QLayoutItem) -> None:
    widget, layout = item.widget(), item.layout()
    if widget is not None:
        widget.hide()
        widget.deleteLater()
    elif layout is not None:
        clear(layout)
