"""What tests of the window get: a theme, settings that are forgotten, a walk for screen readers."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.ui import theme as themes
from cpdesk.ui.context import MemorySettings
from cpdesk.ui.theme import Appearance, Theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The theme of the application, light; given back as it was."""
    theme = themes.current()
    theme.set_appearance(Appearance.LIGHT)
    yield theme
    _delete_closed_widgets()
    theme.set_text_scale(1.0)
    theme.set_dense(dense=False)
    theme.set_appearance(Appearance.SYSTEM)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """pytest-qt refers to widgets weakly: the garbage collector could take one while it is being painted."""
    kept: dict[int, QWidget] = {}
    add = qtbot.addWidget

    def keep(widget: QWidget, **options: Any) -> None:
        kept[id(widget)] = widget
        widget.destroyed.connect(partial(kept.pop, id(widget), None))
        add(widget, **options)

    monkeypatch.setattr(qtbot, "addWidget", keep)
    return qtbot


@pytest.fixture(autouse=True)
def _no_widgets_left() -> Iterator[None]:
    """Closed widgets would otherwise live on until some later test runs an event loop.

    So would windows that no test closes, to the end, and each new look of the program is worked out for all of them.
    """
    before = set(QApplication.topLevelWidgets())
    yield
    for window in set(QApplication.topLevelWidgets()) - before:
        if window.parent() is None:
            window.deleteLater()
    _delete_closed_widgets()


def _delete_closed_widgets() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def settings() -> MemorySettings:
    return MemorySettings()


@pytest.fixture
def assert_accessible() -> Callable[[QWidget], None]:
    """Fails for each widget under one that can have the focus and has no accessible name."""
    return _assert_accessible


def _assert_accessible(root: QWidget) -> None:
    nameless = [_path(widget) for widget in _focusable(root) if not _accessible_name(widget)]
    assert not nameless, f"without an accessible name: {', '.join(nameless)}"


def _focusable(root: QWidget) -> Iterator[QWidget]:
    for widget in [root, *root.findChildren(QWidget)]:
        reachable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if reachable and widget.isVisibleTo(root) and widget.isEnabled():
            yield widget


def _accessible_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def _path(widget: QWidget) -> str:
    names = []
    step: QWidget | None = widget
    while step is not None:
        names.append(type(step).__name__)
        step = step.parentWidget()
    return "/".join(reversed(names))


_NOT_OFFSCREEN = "does not support (raise|grabbing the keyboard|setting window masks)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says this of windows with a least size, of lists that open and of shapes that are
    no rectangles; it is no fault of ours."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", _NOT_OFFSCREEN, extend=True))
