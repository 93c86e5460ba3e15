"""The word about a database that went to another computer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.ui.context import Action, Kind

if TYPE_CHECKING:
    from cpdesk.domain.moving import MovedAway
    from cpdesk.jobs import Jobs
    from cpdesk.services.bundle import Services
    from cpdesk.ui.shell.window import Window

_BANNER = "moved"


class MovedBanner(QObject):
    """Asks when somebody signs in, and when everything may have changed."""

    def __init__(self, window: "Window", jobs: "Jobs", services: "Services") -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._services = services
        window.signed_in.connect(self.look)
        jobs.changed.connect(self._on_changed)

    def look(self) -> None:
        """Find out whether the database is at home."""
        self._jobs.run(self, self._moved_away, self._on_seen)

    def _moved_away(self) -> "MovedAway | None":
        return self._services.moving.moved_away()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if "*" in topics and self._window.session is not None:
            self.look()

    def _on_seen(self, away: "MovedAway | None") -> None:
        if away is None:
            self._window.banners.clear(_BANNER)
            return
        from cpdesk.base.messages import sentence

        text = sentence("moved_away", at=away.at, by=away.by, file=away.file)
        self._window.banners.set(_BANNER, Kind.PENDING, text, self._actions())

    def _actions(self) -> tuple[Action, ...]:
        session = self._window.session
        if session is None or session.role is not Role.RESELLER:
            return ()
        return (Action(_("Show settings"), self._on_show),)

    def _on_show(self) -> None:
        self._window.navigate("settings", section="moving")
