"""Does whatever can be done on a page without changing anything, and measures how long the window pauses."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QWidget,
)

from cpdesk.ui.shell.navigation import Place
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.menu_button import GearMenu
from cpdesk.ui.widgets.wizard import Wizard
from tests.benchmarks.window_at_work import Heartbeat, rest

_TYPED = "co"
_REST_MS = 80
"""In a small database everything has been read and shown by then."""
_ANSWER_MS = 200
"""A step whose answer takes a while goes on by itself."""
_SAMPLE = "walk.example"
"""Fits a name as well as a domain."""

W = TypeVar("W", bound=QWidget)


class Walker:
    """Walks over pages; `pauses` holds the longest pause (ms) of each action, by page and action."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.pauses: dict[str, dict[str, float]] = {}
        self._page = ""

    def visit(self, key: str, **params: object) -> None:
        """Open a page for the first time and do everything on it, and on each of its tabs."""
        self._page = key
        self.measure("open", partial(self._open, key, params))
        self._do_everything()
        for bar in self._seen(QTabBar):
            for place in [*range(1, bar.count()), 0]:
                self.measure(f"tab {bar.tabText(place)}", partial(bar.setCurrentIndex, place))
                if place:
                    self._do_everything()
        for wizard in self._seen(Wizard):
            self._follow(wizard)

    def on(self, page: str) -> None:
        """Measure what comes next under this name."""
        self._page = page

    def measure(self, action: str, step: Callable[[], object]) -> None:
        """Do something, and wait until the program has come to rest.

        Done by the event loop, as all that people do: what is thrown away meanwhile is gone when it is at rest.
        """
        heart = Heartbeat()
        failed: list[Exception] = []
        QTimer.singleShot(0, partial(_attempt, step, failed))
        rest(_REST_MS)
        if failed:
            raise failed[0]
        found = self.pauses.setdefault(self._page, {})
        found[action] = max(found.get(action, 0.0), heart.longest)

    def _open(self, key: str, params: dict[str, object]) -> None:
        assert self._window.navigate(key, **params), key

    def _do_everything(self) -> None:
        for field in self._seen(QLineEdit):
            if field.property("search") == "true":
                self._search(field)
        for table in self._seen(QTableView):
            self._use(table)
        for text, press in list(self._doors()):
            self._press(text, press)

    def _search(self, field: QLineEdit) -> None:
        for letter in _TYPED:
            self.measure("type in the search", partial(QTest.keyClicks, field, letter))
        self.measure("clear the search", field.clear)

    def _use(self, table: QTableView) -> None:
        if table.isSortingEnabled():
            self.measure("sort", partial(table.sortByColumn, 1, Qt.SortOrder.DescendingOrder))
        if table.model().rowCount():
            self.measure("select", partial(table.selectRow, 0))

    def _doors(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """What can be pressed: entries of menus, buttons but for those of a wizard, and chips that filter."""
        for gear in self._seen(GearMenu):
            for action in gear.actions_of_menu():
                if action.isEnabled():
                    yield action.text(), action.trigger
        kept = [button for wizard in self._seen(Wizard) for button in wizard.findChildren(QPushButton)]
        for button in sorted(self._seen(QPushButton), key=_is_chip):
            if button not in kept:
                yield button.text(), button.click

    def _press(self, text: str, press: Callable[[], object]) -> None:
        """Press it, and come back from wherever it leads; what it said yes to is undone by nobody."""
        before = self._window.place
        try:
            self.measure(f"press {text}", press)
        except RuntimeError:
            return  # gone since the page was looked at
        self._close_dialogs(text)
        self._return(before)

    def _close_dialogs(self, text: str) -> None:
        while isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            self.measure(f"close {text}", dialog.reject)

    def _return(self, place: Place | None) -> None:
        if place is not None and self._window.place != place:
            self.measure("come back", partial(self._window.navigate, place.key, **place.params))
            self._close_dialogs("come back")

    def _follow(self, wizard: Wizard) -> None:
        """Go through the steps, as far as a sample fits everywhere."""
        before = ""
        while shiboken6.isValid(wizard) and wizard.isVisible() and wizard.current != before:
            before = wizard.current
            for field in self._seen(QLineEdit):
                if not field.text():
                    field.setText(_SAMPLE)
            rest(_REST_MS)
            self.measure(f"step after {before}", wizard.next_button.click)
            rest(_ANSWER_MS)

    def _seen(self, kind: type[W]) -> list[W]:
        page = self._window.page
        assert page is not None
        return [widget for widget in page.findChildren(kind) if widget.isVisible() and widget.isEnabled()]


def _attempt(step: Callable[[], object], failed: list[Exception]) -> None:
    try:
        step()
    except Exception as error:  # noqa: BLE001 - raised again by whoever waits for it
        failed.append(error)


def _is_chip(button: QPushButton) -> bool:
    return str(button.property("kind")) == "chip"
