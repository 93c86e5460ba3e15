"""What the bell tells of: pools that run short of seats. Kept up to date, whoever changed something."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cpdesk.base.apart import beside
from cpdesk.base.errors import CodedError
from cpdesk.base.i18n import _
from cpdesk.base.low_seat_words import low_text
from cpdesk.domain.operators import Role
from cpdesk.ui.context import Action
from cpdesk.ui.shell.bell import Alert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpdesk.domain.low_seats import LowRow
    from cpdesk.domain.operators import Session
    from cpdesk.jobs import Jobs
    from cpdesk.services.bundle import Services
    from cpdesk.ui.shell.window import Window

_TOPICS = frozenset({"*", "seats", "accounts", "modes"})
SUBSCRIPTION = "subscription"
"""The key of the page of one subscription, which leads on to adding seats."""
REPORTS, ACCOUNT_REPORTS = "reports", "account_reports"
"""The keys of the reports of all accounts, and of the open one."""


class Alerts(QObject):
    """Asks for as long as the window lives; services see to it that customers hear of their own account alone.

    A pool that has just become short in the account that is open is told at once, over the page: that is how somebody
    who assigns the last seats hears of it.
    """

    def __init__(self, window: "Window", jobs: "Jobs", services: "Services") -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._services = services
        self._known: frozenset[tuple[int, int]] | None = None
        """Account and product of those told already; None before the first time."""
        window.signed_in.connect(self._on_signed_in)
        window.signed_out.connect(self._on_signed_out)
        jobs.changed.connect(self._on_changed)

    def ask(self) -> None:
        """Ask how things stand, and show it."""
        session = self._window.session
        if session is not None:
            ask = partial(self._services.thresholds.low, session)
            self._jobs.run(self, ask, partial(self._on_read, session), self._on_failed, key="alerts")

    def _on_signed_in(self) -> None:
        self._known = None
        self.ask()

    def _on_signed_out(self) -> None:
        self._known = None
        self._show([])

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.ask()

    def _on_read(self, asked_by: "Session", rows: "list[LowRow]") -> None:
        if self._window.session != asked_by:
            # What somebody who has left may see is nothing for whoever comes next.
            return
        before, self._known = self._known, frozenset((row.account_id, row.product_id) for row in rows)
        self._show(rows)
        if before is not None:
            self._tell([row for row in rows if (row.account_id, row.product_id) not in before])

    def _on_failed(self, error: Exception) -> None:
        """What is not known is not shown; pages say why nothing can be read."""
        self._show([])
        if not isinstance(error, CodedError):
            self._window.report(error)

    def _show(self, rows: "Sequence[LowRow]") -> None:
        session = self._window.session
        own = session is not None and session.role is Role.CUSTOMER
        alerts = [Alert(_line(row, own=own), partial(self._open, row)) for row in rows]
        self._window.top_bar.bell.show_alerts(alerts, self._open_all)

    def _tell(self, rows: "Sequence[LowRow]") -> None:
        """Over the page of the account that it is about; its own page says so itself."""
        place = self._window.place
        for row in rows:
            if place is not None and place.account == row.account_id and place.key != SUBSCRIPTION:
                action = Action(_("Open the subscription"), partial(self._open, row))
                text = low_text(row.product, row.available, row.seats, row.threshold)
                self._window.notices.pending(text, action)

    def _open(self, row: "LowRow") -> None:
        self._window.navigate(SUBSCRIPTION, account=row.account_id, product=row.product_id)

    def _open_all(self) -> None:
        session = self._window.session
        own = session is not None and session.role is Role.CUSTOMER
        self._window.navigate(ACCOUNT_REPORTS if own else REPORTS, tab="low")


def _line(row: "LowRow", *, own: bool) -> str:
    """What the menu says; which account it is, to whom has several."""
    text = low_text(row.product, row.available, row.seats, row.threshold)
    return text if own else beside(row.account, text)
