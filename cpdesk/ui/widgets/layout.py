"""Layouts without the ceremony."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
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


def first_field(widget: QWidget) -> QWidget | None:
    """The first widget under another one that the Tab key would reach."""
    step = widget.nextInFocusChain()
    while step is not None and step is not widget:
        if widget.isAncestorOf(step) and _takes_tab(step, widget):
            return step
        step = step.nextInFocusChain()
    return None


def tab_next(place: QWidget, widget: QWidget) -> None:
    """Have the Tab key reach a widget, and what is in it, where `place` stands, though it came later."""
    # Qt takes only widgets that can have the focus.
    before = place
    while not before.focusPolicy() & Qt.FocusPolicy.TabFocus and before is not place.window():
        before = before.previousInFocusChain() or place.window()
    for part in _in_tab_order(widget):
        QWidget.setTabOrder(before, part)
        before = part


def show_if(widget: QWidget, *, shown: bool) -> None:
    """Show or hide a widget. What was never hidden needs no showing: that would look up its style before it has
    its place, and then again for each place that it is put into."""
    if not shown or widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
        widget.setVisible(shown)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet reads, and have the sheet look again if it has looked already."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _in_tab_order(widget: QWidget) -> list[QWidget]:
    """What the Tab key reaches in a widget, itself included, in its order."""
    found, step = [widget], widget.nextInFocusChain()
    while step is not None and step is not widget:
        if widget.isAncestorOf(step):
            found.append(step)
        step = step.nextInFocusChain()
    return [part for part in found if part.focusPolicy() & Qt.FocusPolicy.TabFocus]


def _takes_tab(field: QWidget, within: QWidget) -> bool:
    reachable = field.focusPolicy() & Qt.FocusPolicy.TabFocus and field.isEnabled()
    return bool(reachable) and field.isVisibleTo(within)


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
