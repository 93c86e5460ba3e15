"""Sees to it that whoever is signed in still may be, and as what."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _

if TYPE_CHECKING:
    from cpdesk.domain.operators import Session
    from cpdesk.jobs import Jobs
    from cpdesk.services.bundle import Services
    from cpdesk.ui.shell.window import Window

_TOPICS = frozenset({"*", "operators"})
_ENDED = frozenset({"signed_out", "password_was_reset"})


class SessionWatch(QObject):
    """Asks whenever something about operators, or anything, has changed: by other processes too.

    Services refuse at once who is no longer what the window takes them for. What was read before would go on to
    stand on the screen: who lost the role must not keep the list of all customers before them.
    """

    def __init__(self, window: "Window", jobs: "Jobs", services: "Services") -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._services = services
        jobs.changed.connect(self._on_changed)

    def _on_changed(self, changed: frozenset[str]) -> None:
        session = self._window.session
        if session is not None and changed & _TOPICS:
            ask = partial(self._services.operators.present, session)
            done, failed = partial(self._on_read, session), partial(self._on_failed, session)
            self._jobs.run(self, ask, done, failed, key="session")

    def _on_read(self, asked: "Session", present: "Session") -> None:
        # A locked window shows nothing, and begins anew when it is unlocked.
        if present == asked or self._window.session != asked or self._window.lock.is_locked:
            return
        self._drop_dialogs()
        self._window.sign_in(present)
        self._window.notices.info(_("Your role was changed by an administrator."))

    def _on_failed(self, asked: "Session", error: Exception) -> None:
        """What cannot be read just now is told by the page."""
        if not isinstance(error, UserError):
            return
        if error.code not in _ENDED or self._window.session != asked:
            return
        from cpdesk.base.messages import message

        if self._window.lock.is_locked:
            self._window.lock.leave()
        else:
            self._drop_dialogs()
            self._window.leave_for_good()
        self._window.notices.error(message(error))

    def _drop_dialogs(self) -> None:
        """Close without asking what is open over the page: who opened it may not go on with it."""
        for dialog in self._window.findChildren(QDialog):
            dialog.hide()
            dialog.deleteLater()
