"""Every button of every page is pressed over a database whose every text wants to be something else.

Run as a process of its own: `python -m tests.torture.screens FOLDER --seconds N --seed NUMBER` prints one line of JSON.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.torture.trial import Trial

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QDialog, QWidget

    from tests.ui.test_all_pages import Desk, Params

_TOP = Path(__file__).parents[2]
_LEAST = 20
"""Buttons that are pressed whatever the time is."""
_GRACE = 120.0
_MOST_SECONDS = 3.0
"""Of computing, until what a button opens is there: three times what it may be, as the machine may be a slow one."""
_WIDTH, _HEIGHT = 1280, 800
_NOT_OPENED = {"sign_in", "setup", "trouble"}
"""Pages that end what one is at."""


def screens(trial: Trial) -> None:
    """Press what there is to press, in any order, as long as there is time."""
    words = [str(trial.folder), "--seconds", str(trial.seconds_left()), "--seed", str(trial.dice.getrandbits(31))]
    environment = {**os.environ, "PYTHONPATH": str(_TOP), "QT_QPA_PLATFORM": "offscreen", "LANGUAGE": "en"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.screens", *words],
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
        cwd=_TOP,
        env=environment,
        timeout=trial.seconds_left() + _GRACE,
    )
    if done.returncode:
        trial.found(f"the process ended with {done.returncode}: {done.stderr[-1500:]}", "screens")
        return
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    trial.counts["buttons pressed"] += told["pressed"]
    trial.counts["kinds of dialogs"] = max(trial.counts["kinds of dialogs"], len(told["dialogs"]))
    for fault in told["found"]:
        trial.found(fault, "screens")


class Press(NamedTuple):
    """A button on a page, and which entry of its menu, if it has one."""

    page: str
    params: "Params"
    button: int
    entry: int | None


class Walk:
    """A window on the hostile database, and what was wrong in it."""

    def __init__(self, desk: "Desk") -> None:
        self.found: set[str] = set()
        self.dialogs: set[str] = set()
        self.pressed = 0
        self._desk = desk

    def presses(self) -> list[Press]:
        """Everything that can be pressed, when the first row of each list is chosen."""
        return [press for place in self._desk.places() if place[0] not in _NOT_OPENED for press in self._on(*place)]

    def press(self, press: Press) -> None:
        """Open the page anew, press, look, and close what has opened."""
        self._open(press.page, press.params)
        buttons = self._buttons()
        if press.button >= len(buttons):
            return
        began = time.process_time()
        button = buttons[press.button]
        if press.entry is None:
            button.click()
        else:
            entries = _entries(button)
            if press.entry < len(entries):
                entries[press.entry].trigger()
        _settle()
        took = time.process_time() - began
        self.pressed += 1
        where = f"{press.page} {press.params.get('tab', '')}, button {press.button} {press.entry}"
        if took > _MOST_SECONDS:
            self.found.add(f"{where}: took {took:.1f} s")
        self._look(where)
        self._close()

    def _on(self, page: str, params: "Params") -> Iterator[Press]:
        self._open(page, params)
        for place, button in enumerate(self._buttons()):
            entries = _entries(button)
            yield from (Press(page, params, place, entry) for entry in (range(len(entries)) if entries else (None,)))

    def _open(self, page: str, params: "Params") -> None:
        window = self._desk.window
        if window.session is None:
            self._desk.enter()
        if not window.navigate(page, **params):
            # It asks whether what was entered is to be lost.
            for dialog in _dialogs():
                dialog.accept()
        _settle()
        self._close()
        self._choose()

    def _choose(self) -> None:
        from PySide6.QtWidgets import QAbstractItemView

        assert self._desk.window.page is not None
        for view in self._desk.window.page.findChildren(QAbstractItemView):
            if view.isVisible() and view.model() is not None and view.model().rowCount():
                view.setCurrentIndex(view.model().index(0, 0))
        _settle()

    def _buttons(self) -> list[Any]:
        from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

        page = self._desk.window.page
        assert page is not None
        widgets = page.findChildren(QWidget)
        return [
            one for one in widgets if isinstance(one, QPushButton | QToolButton) and one.isVisible() and one.isEnabled()
        ]

    def _look(self, where: str) -> None:
        from tests.ui.faults import outside
        from tests.ui.interpreted import interpreted

        for dialog in _dialogs():
            kind = type(dialog)
            self.dialogs.add(kind.__name__)
            faults = list(interpreted(dialog))
            if kind.__module__.startswith("cpdesk"):
                faults += outside(dialog)
            if dialog.width() > _WIDTH or dialog.height() > _HEIGHT:
                faults.append(f"it is {dialog.width()} by {dialog.height()}")
            self.found |= {f"{where}: {kind.__name__}: {fault[:200]}" for fault in faults}

    def _close(self) -> None:
        from PySide6.QtCore import QCoreApplication, QEvent

        for dialog in _dialogs():
            dialog.reject()
            dialog.deleteLater()
        _settle()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _entries(button: "QWidget") -> "list[QAction]":
    menu = getattr(button, "pop_up", None)
    if menu is None:
        return []
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if action.isEnabled() and not action.isSeparator()]


def _dialogs() -> "list[QDialog]":
    from PySide6.QtWidgets import QApplication, QDialog

    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def _settle() -> None:
    from PySide6.QtWidgets import QApplication

    for _round in range(3):
        QApplication.processEvents()


def main() -> int:
    """Walk and print what was found; returns the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    ends, dice = time.monotonic() + options.seconds, random.Random(options.seed)
    walk = _begun(options.folder, dice)
    presses = walk.presses()
    dice.shuffle(presses)
    for press in presses:
        if walk.pressed >= _LEAST and time.monotonic() > ends:
            break
        walk.press(press)
    told = {"pressed": walk.pressed, "dialogs": sorted(walk.dialogs), "found": sorted(walk.found)}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    # Without taking down a window in which anything may be under way.
    os._exit(0)


def _begun(folder: Path, dice: random.Random) -> Walk:
    from cpdesk.demo import team
    from cpdesk.demo.history import write_history
    from cpdesk.opening import application
    from cpdesk.ui.context import MemorySettings
    from cpdesk.ui.theme import Theme
    from tests.support.hostile import TEXTS, TURNING_MARKUP, spoil
    from tests.ui.test_all_pages import Desk

    app = application()
    write_history(folder)
    spoil(folder / "cpdesk.db", dice.choice((TURNING_MARKUP, *TEXTS)))
    desk = Desk(folder, Theme(app, MemorySettings()), team.ADMINISTRATOR)
    desk.window.resize(_WIDTH, _HEIGHT)
    desk.window.show()
    desk.enter()
    return Walk(desk)


if __name__ == "__main__":
    sys.exit(main())
