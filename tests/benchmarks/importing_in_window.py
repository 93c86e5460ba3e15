"""A process with cpdesk's window at the import of a large tenant. Prints the longest pause of each step.

The data folder comes from the environment, the file to import stands beside it.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from cpdesk import __main__ as program
from cpdesk import app
from cpdesk.domain.user_import.plan import Outcome
from cpdesk.ui.pages.transition.page import TransitionPage
from cpdesk.ui.pages.transition.row_list import RowList
from cpdesk.ui.shell.warming import Warmer
from tests.benchmarks.importing import FILE
from tests.benchmarks.operating import rows_shown, sign_in, table
from tests.benchmarks.window_at_work import REST_MS, Heartbeat, rest, until

_TYPED = "berg 12"


class MeasuredDesktop(app.Desktop):
    """Signs in, imports the file into the account, and closes the window."""

    def start(self) -> None:
        super().start()
        QTimer.singleShot(REST_MS, self, self._measure)

    def _measure(self) -> None:
        sign_in(self.window)
        until(lambda: rows_shown(self.window) > 0)
        # What is loaded at the first start, meanwhile, is measured elsewhere.
        until(lambda: not any(warmer.running for warmer in self.window.findChildren(Warmer)))
        accounts = table(self.window)
        assert accounts is not None
        assert self.window.navigate("transition", account=accounts.model().row(0).id)  # type: ignore[attr-defined]
        rest()
        page = self.window.page
        assert isinstance(page, TransitionPage)
        sys.stdout.write(json.dumps({name: _longest_pause(*step) for name, step in _steps(page).items()}))
        self.window.close()


Step = tuple[Callable[[], object], Callable[[], bool]]
"""What is done, and when it is over."""


def _steps(page: TransitionPage) -> dict[str, Step]:
    file = Path(os.environ["CPDESK_DATA"]).parent / FILE

    def at(key: str) -> Callable[[], bool]:
        return lambda: page.wizard.current == key and not page.working.busy

    def rows() -> RowList:
        return page.steps.preview.rows

    return {
        "look into the file": (lambda: page.steps.file.drop.take(file), lambda: page.steps.file.sample is not None),
        "compare it": (page.wizard.next_button.click, at("products")),
        "show the preview": (page.wizard.next_button.click, at("preview")),
        "filter it": (lambda: rows().show_kind(Outcome.UPDATED), at("preview")),
        "show all of it": (lambda: rows().show_kind(""), at("preview")),
        "sort it by name": (lambda: rows().table.sortByColumn(1, Qt.SortOrder.DescendingOrder), at("preview")),
        "search it": (lambda: QTest.keyClicks(rows().search, _TYPED), at("preview")),
        "import it": (page.wizard.next_button.click, lambda: at("import")() and page.steps.result.users.isVisible()),
    }


def _longest_pause(step: Callable[[], object], is_over: Callable[[], bool]) -> float:
    """Milliseconds, until the program has come to rest."""
    heart = Heartbeat()
    step()
    until(is_over)
    rest()
    return heart.longest


def main() -> None:
    """The program itself."""
    vars(app).update(Desktop=MeasuredDesktop)
    sys.exit(program.main([]))
