"""A process with the window of the demo that walks over all pages. Prints the longest pause of each action."""

import json
import sys
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from cpdesk import __main__ as program
from cpdesk import app_demo
from cpdesk.demo.moments import END
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import UserQuery
from cpdesk.domain.rows import AccountRow, SubscriptionRow
from cpdesk.ui.pages import all_pages
from cpdesk.ui.shell.language import apply_language
from cpdesk.ui.shell.registry import PageSpec
from cpdesk.ui.theme import Appearance
from cpdesk.ui.theme import current as theme
from cpdesk.ui.widgets.table import DataTable
from tests.benchmarks.children import ROOT
from tests.benchmarks.operating import rows_shown, table
from tests.benchmarks.walking import Walker
from tests.benchmarks.window_at_work import rest, until

_FILE = ROOT / "tests" / "data" / "exports" / "current.csv"
_LARGEST = 2.0
_WARM_MS = 5000
"""After this time without a key the program has loaded what all pages are made of."""


class MeasuredDemo(app_demo.DemoDesktop):
    """Walks over everything there is, and closes the window."""

    def start(self) -> None:
        super().start()
        QTimer.singleShot(0, self, self._measure)

    def _measure(self) -> None:
        try:
            self._walk()
        finally:
            self.window.close()

    def _walk(self) -> None:
        until(lambda: self.window.session is not None and rows_shown(self.window) > 0)
        rest(_WARM_MS)
        shown = table(self.window)
        assert isinstance(shown, DataTable)
        self._accounts = [shown.rows.row_at(place) for place in range(shown.rows.rowCount())]
        self.walker = Walker(self.window)
        self._visit_pages()
        self._change_looks()
        sys.stdout.write(json.dumps(self.walker.pauses))

    def _visit_pages(self) -> None:
        specs = [spec for spec in all_pages().all() if not spec.public]
        for spec in (spec for spec in specs if not spec.needs_account):
            self.walker.visit(spec.key)
        largest = max(self._accounts, key=_users)
        for spec in (spec for spec in specs if spec.needs_account):
            self.walker.visit(spec.key, account=largest.id, **self._params(spec, largest))
        for account in self._in_each_mode():
            self.walker.visit("services", account=account.id)

    def _params(self, spec: PageSpec, account: AccountRow) -> dict[str, object]:
        """What a page needs to know besides the account."""
        if spec.key == "user":
            return {"user": self._first_user(account)}
        if spec.key == "subscription":
            return {"product": self._first_product(account)}
        if spec.key == "statement":
            return {"month": END.strftime("%Y-%m")}
        return {"path": _FILE} if spec.key == "transition" else {}

    def _first_user(self, account: AccountRow) -> int:
        by, found = self.window.session, list[int]()
        assert by is not None
        ask = partial(self._database.services.users.find_ids, by, account.id, UserQuery())
        self.jobs.run(self, ask, found.extend)
        until(lambda: bool(found))
        return found[0]

    def _first_product(self, account: AccountRow) -> int:
        by, found = self.window.session, list[SubscriptionRow]()
        assert by is not None
        self.jobs.run(self, partial(self._database.services.licenses.rows, by, account.id), found.extend)
        until(lambda: bool(found))
        return found[0].product_id

    def _in_each_mode(self) -> Iterator[AccountRow]:
        """The largest account in each mode, and one that waits for the other mode."""
        for mode in Mode:
            yield max((row for row in self._accounts if row.mode is mode and row.pending is None), key=_users)
        yield max((row for row in self._accounts if row.pending is not None), key=_users)

    def _change_looks(self) -> None:
        """With all pages that were visited still there."""
        self.walker.on("looks")
        app, looks = QApplication.instance(), theme()
        assert isinstance(app, QApplication)
        for code in ("de", "en"):
            self.walker.measure(f"language {code}", partial(apply_language, app, code))
        for appearance in (Appearance.DARK, Appearance.LIGHT):
            self.walker.measure(f"palette {appearance}", partial(looks.set_appearance, appearance))
        for scale in (_LARGEST, 1.0):
            self.walker.measure(f"text {scale:.0%}", partial(looks.set_text_scale, scale))


def _users(account: AccountRow) -> int:
    return account.users


def main() -> None:
    """The demo itself."""
    # What lies outside of the program is not opened.
    QDesktopServices.openUrl = lambda _url: True  # type: ignore[method-assign]
    vars(app_demo).update(DemoDesktop=MeasuredDemo)
    sys.exit(program.main(["demo"]))
