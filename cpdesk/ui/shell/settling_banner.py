"""The word about due changes that cannot be completed, and about a clock that is wrong."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cpdesk.base.errors import CodedError
from cpdesk.base.i18n import _
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.shell.clock_banner import ClockBanner

if TYPE_CHECKING:
    from cpdesk.domain.settlements import SettlingReport
    from cpdesk.jobs import DueTimer
    from cpdesk.ui.shell.fault_banner import FaultBanner
    from cpdesk.ui.shell.window import Window

_BANNER = "settling"


class SettlingBanner(QObject):
    """Listens to the completing of what is due; what is in its way stays said until it is done."""

    def __init__(self, window: "Window", timer: "DueTimer", fault: "FaultBanner") -> None:
        super().__init__(window)
        self._window = window
        self._timer = timer
        self._fault = fault
        self._clock = ClockBanner(window, timer.settle_now)
        timer.settled.connect(self._on_done)
        timer.settling_failed.connect(self._on_failed)

    def _on_done(self, report: "SettlingReport") -> None:
        self._window.banners.clear(_BANNER)
        self._clock.show_warning(report.warning)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, CodedError):
            self._window.report(error)
            return
        if self._fault.concerns(error):
            self._window.banners.clear(_BANNER)
            return
        from PySide6.QtGui import QGuiApplication

        from cpdesk.base.messages import message

        later = _("Changes of mode that are due stay pending until it can be written.")
        copy = partial(QGuiApplication.clipboard().setText, str(error.params.get("path", "")))
        actions = (Action(_("Copy path"), copy), Action(_("Try again"), self._timer.settle_now))
        self._window.banners.set(_BANNER, Kind.ERROR, f"{message(error)} {later}", actions)
