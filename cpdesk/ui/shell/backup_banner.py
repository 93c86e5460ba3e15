"""The word about a backup of the day that failed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cpdesk.base.errors import CodedError
from cpdesk.base.i18n import _
from cpdesk.domain import topics
from cpdesk.domain.operators import Role
from cpdesk.ui.context import Action, Kind

if TYPE_CHECKING:
    from cpdesk.jobs import Daily, Jobs
    from cpdesk.ui.shell.window import Window

_BANNER = "backup"


class BackupBanner(QObject):
    """Listens to the making of the backup of the day; what goes wrong stays said until one is made."""

    def __init__(self, window: "Window", jobs: "Jobs", daily: "Daily") -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._daily = daily
        self._trouble: CodedError | None = None
        daily.done.connect(self._on_made)
        daily.failed.connect(self._on_failed)
        # Who is signed in decides what can be done about it.
        window.signed_in.connect(self._show)
        window.signed_out.connect(self._show)

    def _on_made(self, made: object) -> None:
        self._trouble = None
        self._show()
        if made is not None:
            self._jobs.announce(topics.BACKUPS)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, CodedError):
            self._window.report(error)
            return
        self._trouble = error
        self._show()

    def _show(self) -> None:
        if self._trouble is None:
            self._window.banners.clear(_BANNER)
            return
        from cpdesk.base.messages import message

        text = _("The backup of today could not be made. {reason}").format(reason=message(self._trouble))
        self._window.banners.set(_BANNER, Kind.ERROR, text, self._actions())

    def _actions(self) -> tuple[Action, ...]:
        again = Action(_("Try again"), self._daily.look)
        session = self._window.session
        if session is None or session.role is Role.CUSTOMER:
            return (again,)
        return again, Action(_("Show backups"), self._on_show)

    def _on_show(self) -> None:
        self._window.navigate("backups")
