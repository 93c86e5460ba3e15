"""A process with cpdesk's window at the User List of a crowded account. Prints how it felt.

The data folder comes from the environment.
"""

import json
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTableView

from cpdesk import __main__ as program
from cpdesk import app
from tests.benchmarks.operating import rows_shown, sign_in, table
from tests.benchmarks.window_at_work import REST_MS, Heartbeat, Paintings, rest, until

_TYPED = "berg 12"


class MeasuredDesktop(app.Desktop):
    """Signs in, opens the account's User List, measures, and closes the window."""

    def start(self) -> None:
        super().start()
        QTimer.singleShot(REST_MS, self, self._measure)

    def _measure(self) -> None:
        sign_in(self.window)
        until(lambda: rows_shown(self.window) > 0)
        account = self._shown().model().row(0).id  # type: ignore[attr-defined]
        rest()
        first_rows = self._first_rows(account)
        rest()
        steps: dict[str, Callable[[], object]] = {
            "scroll to the end": lambda: self._scroll(1.0),
            "scroll to the middle": lambda: self._scroll(0.5),
            "type in the search": self._type,
            "clear the search": self._clear,
            "sort": self._sort,
            "select all": lambda: self._shown().selectAll(),
        }
        pauses = {action: _longest_pause(step) for action, step in steps.items()}
        sys.stdout.write(json.dumps({"first_rows": first_rows, "pauses": pauses}))
        self.window.close()

    def _first_rows(self, account: int) -> float:
        """Milliseconds from asking for the page to the painted rows.

        Whoever asks has pressed something: while the window is used it loads nothing else.
        """
        QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_Shift)
        started = time.perf_counter()
        assert self.window.navigate("users", account=account)
        page = self.window.page
        assert page is not None
        # Not seen before it has been read.
        shown = page.findChildren(QTableView)[0]
        paintings = Paintings(shown.viewport())
        came = 0.0

        def are_there() -> bool:
            nonlocal came
            if not came and shown.model().rowCount() and shown.model().index(0, 0).data():
                came = time.perf_counter()
            return bool(came) and paintings.last > came

        until(are_there, every=1)
        return 1000 * (paintings.last - started)

    def _shown(self) -> QTableView:
        found = table(self.window)
        assert found is not None
        return found

    def _search(self) -> QLineEdit:
        page = self.window.page
        assert page is not None
        return next(field for field in page.findChildren(QLineEdit) if field.isVisible())

    def _scroll(self, share: float) -> None:
        bar = self._shown().verticalScrollBar()
        bar.setValue(int(share * bar.maximum()))

    def _type(self) -> None:
        for letter in _TYPED:
            QTest.keyClicks(self._search(), letter)

    def _clear(self) -> None:
        self._search().clear()

    def _sort(self) -> None:
        self._shown().sortByColumn(1, Qt.SortOrder.DescendingOrder)


def _longest_pause(step: Callable[[], object]) -> float:
    """Milliseconds, until the program has come to rest."""
    heart = Heartbeat()
    step()
    rest()
    return heart.longest


def main() -> None:
    """The program itself."""
    vars(app).update(Desktop=MeasuredDesktop)
    sys.exit(program.main([]))
