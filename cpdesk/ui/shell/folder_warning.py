"""The word about a data folder at a place that is bad for a database."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cpdesk.base.folder_words import folder_warning
from cpdesk.base.i18n import _
from cpdesk.ui.context import Action, Kind

if TYPE_CHECKING:
    from cpdesk.jobs import Jobs
    from cpdesk.services.bundle import Services
    from cpdesk.services.surroundings import DataFolder
    from cpdesk.ui.context import Settings
    from cpdesk.ui.shell.window import Window

_BANNER = "folder"
_DISMISSED = "folder/warning_dismissed"
"""The setting that keeps the kind and the place about which somebody has heard enough."""


class FolderWarning(QObject):
    """Looks where the data folder lies when it is told to, off the GUI thread, and warns until that is dismissed."""

    def __init__(self, window: "Window", jobs: "Jobs", services: "Services", settings: "Settings") -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._services = services
        self._settings = settings
        self._heard = ""

    def look(self) -> None:
        """Find out where the data folder lies, and say so if that is bad for it."""
        self._jobs.run(self, self._services.surroundings.folder, self._on_seen)

    def _on_seen(self, folder: "DataFolder") -> None:
        self._heard = f"{folder.kind}:{folder.path}"
        text = folder_warning(folder.kind, str(folder.path))
        if text and self._settings.value(_DISMISSED) != self._heard:
            enough = Action(_("Do not warn again"), self._on_dismissed)
            self._window.banners.set(_BANNER, Kind.PENDING, text, (enough,))

    def _on_dismissed(self) -> None:
        self._settings.setValue(_DISMISSED, self._heard)
        self._window.banners.clear(_BANNER)
