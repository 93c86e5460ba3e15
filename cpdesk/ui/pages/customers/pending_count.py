"""How many changes wait or left something undone, at the entry of the side menu.

Inside an account it is told to its own administrator only: for the others it would be the number of another account
by the time the next one is open.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cpdesk.base.errors import CodedError
from cpdesk.base.formats import format_number
from cpdesk.domain.operators import Role

if TYPE_CHECKING:
    from cpdesk.domain.operators import Session
    from cpdesk.jobs import Jobs
    from cpdesk.services.bundle import Services
    from cpdesk.ui.shell.window import Window

_KEY = "pending_changes"
_IN_ACCOUNT = "account_changes"
_TOPICS = frozenset({"*", "modes", "plans"})


class PendingCount(QObject):
    """Keeps the number up to date for as long as the window lives."""

    def __init__(self, window: "Window", jobs: "Jobs", services: "Services") -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._services = services
        window.signed_in.connect(self._ask)
        jobs.changed.connect(self._on_changed)

    def _ask(self) -> None:
        session = self._window.session
        if session is None:
            self._show("")
            return
        ask = partial(self._services.planning.counts, session)
        self._jobs.run(self, ask, partial(self._on_read, session), self._on_failed, key=_KEY)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self._ask()

    def _on_read(self, asked_by: "Session", counts: tuple[int, int]) -> None:
        if self._window.session != asked_by:
            # What somebody who has left may see is nothing for whoever comes next.
            return
        count = sum(counts)
        self._show(format_number(count) if count else "")

    def _on_failed(self, error: Exception) -> None:
        """A number that is not known is not shown; the page itself says why."""
        self._show("")
        if not isinstance(error, CodedError):
            self._window.report(error)

    def _show(self, number: str) -> None:
        session = self._window.session
        own = session is not None and session.role is Role.CUSTOMER
        self._window.side_menu.set_badge(_IN_ACCOUNT if own else _KEY, number)
