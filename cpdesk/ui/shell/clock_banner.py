"""The banner about a clock that is off, and the way to correct what it did."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.ui.context import Action, Kind

if TYPE_CHECKING:
    from cpdesk.domain.modes import ClockWarning
    from cpdesk.ui.shell.window import Window

_BANNER = "clock"


class ClockBanner(QObject):
    """Shows what is the matter with the clock as long as it is so."""

    def __init__(self, window: "Window", look_again: Callable[[], None]) -> None:
        """`look_again` leads to `show_warning`, sooner or later."""
        super().__init__(window)
        self._window = window
        self._look_again = look_again
        self._warning: ClockWarning | None = None
        window.signed_in.connect(self._refresh)
        window.signed_out.connect(self._refresh)

    def show_warning(self, warning: "ClockWarning | None") -> None:
        """Tell what is the matter; None: nothing is."""
        self._warning = warning
        self._refresh()

    def _refresh(self) -> None:
        if self._warning is None:
            self._window.banners.clear(_BANNER)
            return
        from cpdesk.ui.choices import usual_time_zone
        from cpdesk.ui.texts import clock_text

        again = Action(_("Check again"), self._look_again)
        session = self._window.session
        corrects = session is not None and session.role is Role.RESELLER and self._warning.code == "clock_behind"
        actions = (Action(_("Correct the time"), self._on_correct), again) if corrects else (again,)
        self._window.banners.set(_BANNER, Kind.PENDING, clock_text(self._warning, usual_time_zone()), actions)

    def _on_correct(self) -> None:
        page = self._window.page
        if page is None:
            return
        from cpdesk.ui.choices import usual_time_zone
        from cpdesk.ui.parts.correct_clock import CorrectClockDialog

        dialog = CorrectClockDialog(page, page.context, usual_time_zone())
        dialog.succeeded.connect(self._on_corrected)
        dialog.read()
        dialog.open()

    def _on_corrected(self) -> None:
        self._window.notices.success(_("The time of the database was corrected."))
        self._look_again()
