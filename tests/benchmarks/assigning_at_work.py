"""A process with cpdesk's window at the User List of a large account: changes the licenses of everybody there.

Prints the longest pause (ms) of the window in each step, as JSON. The data folder comes from the environment.
"""

import json
import sys
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from cpdesk import __main__ as program
from cpdesk import app
from cpdesk.ui.parts.license_assignment import LicenseAssignmentDialog
from cpdesk.ui.parts.user_list import UserList
from cpdesk.ui.shell.warming import Warmer
from tests.benchmarks.assigning import GIVEN, NEW, OLD, USERS
from tests.benchmarks.operating import rows_shown, sign_in, table
from tests.benchmarks.window_at_work import REST_MS, Heartbeat, rest, until

_TYPED = "berg 12"


class MeasuredDesktop(app.Desktop):
    """Signs in, selects all users, and assigns; then closes the window."""

    def start(self) -> None:
        super().start()
        QTimer.singleShot(REST_MS, self, self._measure)

    def _measure(self) -> None:
        sign_in(self.window)
        until(lambda: rows_shown(self.window) > 0)
        shown = table(self.window)
        assert shown is not None
        assert self.window.navigate("users", account=shown.model().row(0).id)  # type: ignore[attr-defined]
        until(lambda: rows_shown(self.window) == USERS)
        # In a checkout it compiles the texts of each language, which what is installed has compiled already.
        until(lambda: not any(warmer.running for warmer in self.window.findChildren(Warmer)))
        rest()
        steps: dict[str, tuple[Callable[[], object], Callable[[], bool]]] = {
            "select all": (self._select_all, self._is_selected),
            "open the panel": (self._open_panel, self._is_open),
            "tick a box": (self._tick_box, self._is_ticked),
            "unfold replacing": (self._unfold, self._is_ticked),
            "choose what is replaced": (self._choose, self._is_ticked),
            "replace a product": (self._replace_product, self._is_ticked),
            "review": (self._press_apply, self._is_reviewed),
            "search in the review": (self._search_review, lambda: self._rows_listed() < USERS),
            "apply": (self._press_apply, lambda: QApplication.activeModalWidget() is None),
        }
        pauses = {action: _longest_pause(*step) for action, step in steps.items()}
        sys.stdout.write(json.dumps(pauses))
        self.window.close()

    def _users(self) -> UserList:
        page = self.window.page
        assert page is not None
        return page.findChildren(UserList)[0]

    def _select_all(self) -> None:
        self._users().table.selectAll()

    def _is_selected(self) -> bool:
        return self._users().table.selected_count() == USERS

    def _open_panel(self) -> None:
        next(one for one in self._users().gear.actions_of_menu() if one.text() == "License Assignment").trigger()

    def _is_open(self) -> bool:
        opened = self.window.findChildren(LicenseAssignmentDialog)
        return bool(opened) and opened[0].assignment is not None

    def _is_ticked(self) -> bool:
        return self._panel().apply.isEnabled()

    def _is_reviewed(self) -> bool:
        return self._panel().preview is not None

    def _panel(self) -> LicenseAssignmentDialog:
        return self.window.findChildren(LicenseAssignmentDialog)[0]

    def _tick_box(self) -> None:
        dialog = self._panel()
        dialog.choice.products.toggled.emit(dialog.choice.products.rows.row_at(self._place_of(GIVEN)))

    def _place_of(self, part_number: str) -> int:
        rows = self._panel().choice.products.rows
        return next(place for place in range(rows.rowCount()) if rows.row_at(place).line.part_number == part_number)

    def _unfold(self) -> None:
        self._panel().choice.replace.open.click()

    def _choose(self) -> None:
        fields, rows = self._panel().choice.replace.fields, self._panel().choice.products.rows
        assert fields is not None
        fields.old.set_value(rows.row_at(self._place_of(OLD)).line.guid)
        fields.new.set_value(rows.row_at(self._place_of(NEW)).line.guid)

    def _replace_product(self) -> None:
        fields = self._panel().choice.replace.fields
        assert fields is not None
        fields.replace.click()

    def _press_apply(self) -> None:
        self._panel().apply.click()

    def _search_review(self) -> None:
        preview = self._panel().preview
        assert preview is not None
        QTest.keyClicks(preview.users.search, _TYPED)

    def _rows_listed(self) -> int:
        preview = self._panel().preview
        shown: list[QTableView] = preview.findChildren(QTableView) if preview else []
        return max((one.model().rowCount() for one in shown), default=0)


def _longest_pause(step: Callable[[], object], done: Callable[[], bool]) -> float:
    """Milliseconds, until it is done and the program has come to rest."""
    heart = Heartbeat()
    QTimer.singleShot(0, step)
    until(done)
    rest()
    return heart.longest


def main() -> None:
    """The program itself."""
    vars(app).update(Desktop=MeasuredDesktop)
    sys.exit(program.main([]))
