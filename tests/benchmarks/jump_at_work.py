"""A process with cpdesk's window over a crowd: opens Ctrl+K and types. Prints how long each key took.

The data folder comes from the environment.
"""

import json
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from cpdesk import __main__ as program
from cpdesk import app
from tests.benchmarks.jump import TYPED
from tests.benchmarks.operating import sign_in
from tests.benchmarks.window_at_work import REST_MS, Heartbeat, Paintings, rest, until

_BETWEEN_MS = 80
"""Between two keys of somebody who types fast."""


class MeasuredDesktop(app.Desktop):
    """Signs in, waits for the Customer List, opens the jump, types, and closes the window."""

    def start(self) -> None:
        super().start()
        QTimer.singleShot(REST_MS, self, self._measure)

    def _measure(self) -> None:
        from cpdesk.ui.shell.jump.dialog import JumpDialog

        sign_in(self.window)
        until(lambda: self.window.page is not None and self.window.page.content.isVisible())
        rest(3 * REST_MS)
        self.window.top_bar.jump.click()
        until(lambda: any(found.isVisible() for found in self.window.findChildren(JumpDialog)))
        dialog = self.window.findChildren(JumpDialog)[0]
        # What the Customer List still asks about so many accounts comes first: reads are answered in turn.
        until(lambda: dialog.shown is not None)
        rest()
        heart, keys = Heartbeat(), list[float]()
        for typed in TYPED:
            for letter in typed:
                keys.append(_time_of(dialog, letter))
                rest(_BETWEEN_MS)
            dialog.field.clear()
            rest(_BETWEEN_MS)
        sys.stdout.write(json.dumps({"keys": keys, "pause": heart.longest}))
        dialog.reject()
        self.window.close()


def _time_of(dialog: object, letter: str) -> float:
    """Milliseconds from a key to the painted answer to it."""
    from cpdesk.ui.shell.jump.dialog import JumpDialog

    assert isinstance(dialog, JumpDialog)
    paintings = Paintings(dialog.results.viewport())
    started, answered = time.perf_counter(), 0.0
    if letter.isascii():
        QTest.keyClicks(dialog.field, letter)
    else:
        dialog.field.insert(letter)  # the keys of the test have none of these

    def is_painted() -> bool:
        nonlocal answered
        if not answered and dialog.shown == dialog.field.text().strip():
            answered = time.perf_counter()
        return bool(answered) and (letter == " " or paintings.last >= started)

    until(is_painted, every=1)
    return 1000 * (max(paintings.last, started) - started)


def main() -> None:
    """The program itself."""
    vars(app).update(Desktop=MeasuredDesktop)
    sys.exit(program.main([]))
