"""What can be wrong with any page, whatever it is about: found by looking at its widgets, not by knowing it."""

from collections.abc import Iterator
from itertools import combinations, groupby

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.labels import ElidedLabel

_SLACK = 1
"""Pixels by which a size may be rounded."""
_MOST_STEPS = 400
"""Of Tab: more than any page with its frame has."""


def nameless(page: QWidget) -> Iterator[str]:
    """Widgets that can have the focus, and buttons, of which a screen reader could not say what they are."""
    for widget in _seen(page):
        if (_takes_tab(widget) or isinstance(widget, QAbstractButton)) and not accessible_name(widget):
            yield f"no accessible name: {describe(widget)}"


def cut(page: QWidget) -> Iterator[str]:
    """Texts that have less room than they need."""
    for widget in _seen(page):
        if isinstance(widget, (QLabel, QAbstractButton)) and widget.text() and _lacks_room(widget):
            needed, given = _needed(widget), widget.size()
            yield f"cut: {describe(widget)} needs {needed[0]}x{needed[1]}, has {given.width()}x{given.height()}"
        if isinstance(widget, QLineEdit) and _is_placeholder_cut(widget):
            yield f"cut: placeholder {widget.placeholderText()!r} of {describe(widget)}, {widget.width()} wide"


def outside(page: QWidget) -> Iterator[str]:
    """Widgets that stick out at the sides of the page, which never scrolls sideways, or of a card on it."""
    for widget in _seen(page):
        parent = widget.parentWidget()
        if parent is None or widget is page or widget.isWindow() or isinstance(parent.parent(), QAbstractScrollArea):
            continue
        if widget.x() < -_SLACK or widget.geometry().right() > parent.rect().right() + _SLACK:
            yield f"outside of its parent: {describe(widget)} {_box(widget.geometry())} in {_box(parent.rect())}"


def overlapping(page: QWidget) -> Iterator[str]:
    """Texts and buttons of one parent that stand on each other."""
    found = [widget for widget in _seen(page) if isinstance(widget, (QLabel, QAbstractButton, QLineEdit))]
    found.sort(key=_parent_id)
    for _parent, group in groupby(found, key=_parent_id):
        for one, other in combinations(group, 2):
            shared = one.geometry() & other.geometry()
            if shared.width() > _SLACK and shared.height() > _SLACK:
                yield f"overlap: {describe(one)} and {describe(other)}"


def misplaced_focus(window: Window) -> Iterator[str]:
    """Where the keyboard is after the page was opened, if that is not on the page or loses something."""
    page, focus = window.page, QApplication.focusWidget()
    assert page is not None
    if not window.isActiveWindow():
        yield "the window has lost the keyboard: some part was shown before it had a parent, as a window of its own"
    elif focus is None or not (focus is page or page.isAncestorOf(focus)):
        yield f"the keyboard is not on the page but on {describe(focus)}"
    elif focus.property("kind") == "danger":
        yield f"the keyboard is on what loses something: {describe(focus)}"
    elif not focus.isVisible():
        yield f"the keyboard is on what is not seen: {describe(focus)}"


def unreached(window: Window) -> Iterator[str]:
    """What Tab does not reach on the page from where the keyboard is; and a trap that it does not leave."""
    page = window.page
    assert page is not None
    way = list(_tab_round(window))
    if len(way) == _MOST_STEPS:
        yield f"Tab does not come back; it was last at {', '.join(describe(widget) for widget in way[-3:])}"
    reached = set(way)
    for widget in _seen(page):
        if _takes_tab(widget) and widget not in reached and not _stands_behind_another(widget, reached):
            yield f"Tab does not reach {describe(widget)}"


def accessible_name(widget: QWidget) -> str:
    """What a screen reader says of a widget: its name, or the label that stands before it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def describe(widget: QWidget | None) -> str:
    """A widget for a message: what it is and says, and in what it stands."""
    if widget is None:
        return "nothing"
    parents: list[str] = []
    step = widget.parentWidget()
    while step is not None and len(parents) < 3:
        parents.append(type(step).__name__)
        step = step.parentWidget()
    said = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else accessible_name(widget)
    return f"{type(widget).__name__} {said!r} in {' in '.join(parents)}"


def _seen(page: QWidget) -> Iterator[QWidget]:
    return (widget for widget in page.findChildren(QWidget) if widget.isVisible())


def _takes_tab(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.focusProxy() is None and widget.isEnabled()


def _lacks_room(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, ElidedLabel) or _is_icon_only(widget):
        return False
    width, height = _needed(widget)
    return width > widget.width() + _SLACK or height > widget.height() + _SLACK


def _needed(widget: QLabel | QAbstractButton) -> tuple[int, int]:
    """The least width and height in which all of the text is seen."""
    if widget.hasHeightForWidth() and (isinstance(widget, QCheckBox) or _wraps(widget)):
        return min(widget.minimumSizeHint().width(), widget.width()), widget.heightForWidth(widget.width())
    if isinstance(widget, (QPushButton, QToolButton)):
        text = widget.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, widget.text())
        return text.width(), text.height()
    return widget.sizeHint().width(), widget.sizeHint().height()


def _is_icon_only(widget: QWidget) -> bool:
    style = Qt.ToolButtonStyle.ToolButtonIconOnly
    return isinstance(widget, QToolButton) and widget.toolButtonStyle() == style and not widget.icon().isNull()


def _wraps(widget: QWidget) -> bool:
    return isinstance(widget, QLabel) and widget.wordWrap()


def _is_placeholder_cut(field: QLineEdit) -> bool:
    text = field.placeholderText()
    margins = field.textMargins()
    room = field.width() - margins.left() - margins.right()
    return not field.text() and field.fontMetrics().horizontalAdvance(text) > room


def _tab_round(window: Window) -> Iterator[QWidget]:
    """What has the keyboard, step by step, until Tab has come round."""
    first: QWidget | None = None
    before: QWidget | None = None
    for _step in range(_MOST_STEPS):
        QTest.keyClick(before or QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        stays = focus is before and not isinstance(focus, QTextBrowser)  # which keeps it from link to link
        if focus is None or stays or (focus is first and before is not first):
            return
        first, before = first or focus, focus
        yield focus


def _stands_behind_another(widget: QWidget, reached: set[QWidget]) -> bool:
    """Of radio buttons Tab reaches the one that is chosen; arrow keys reach the others."""
    parent = widget.parentWidget()
    if not isinstance(widget, QRadioButton) or parent is None:
        return False
    group = parent.findChildren(QRadioButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return any(other in reached for other in group)


def _parent_id(widget: QWidget) -> int:
    return id(widget.parentWidget())


def _box(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}x{rect.height()}"
