"""The composition root of the demo's window: the program as it is, on sample data, with a clock that can be moved."""

import os
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication

from cpdesk.app import Desktop
from cpdesk.base.clock import Clock, DemoClock, SystemClock
from cpdesk.base.errors import KnownError
from cpdesk.base.formats import format_instant
from cpdesk.base.i18n import _
from cpdesk.base.paths import DATA_VARIABLE
from cpdesk.database import Database, DemoDatabase, LaterServices
from cpdesk.demo import moving, team
from cpdesk.demo.folder import RunFolder
from cpdesk.demo.moments import END, TIME_ZONE
from cpdesk.domain.operators import Role, Session
from cpdesk.jobs import EVERYTHING
from cpdesk.opening import application, run
from cpdesk.ui.context import MemorySettings
from cpdesk.ui.shell.demo_banner import DemoBanner, password_text
from cpdesk.ui.shell.tour import Tour
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from cpdesk.domain.settlements import Settlement
    from cpdesk.services.bundle import Services

_OPERATORS = {Role.RESELLER: team.ADMINISTRATOR, Role.CUSTOMER: team.CUSTOMER, Role.AUDITOR: team.AUDITOR}


def main() -> int:
    """Run the demo until its window is closed; nothing of it is left. Returns the exit code."""
    try:
        folder = RunFolder()
    except OSError as error:
        return _without_folder(error)
    # In the environment, so that the log follows.
    os.environ[DATA_VARIABLE] = str(folder.path)
    app = application()
    settings = MemorySettings()
    window = Window(settings, Theme(app, settings))
    code = run(app, window, lambda: DemoDesktop(app, window, folder.path))
    folder.remove()
    return code


def _without_folder(error: OSError) -> int:
    from cpdesk.cli.main import refused

    return refused(KnownError("disk_trouble", path=tempfile.gettempdir(), reason=error.strerror or ""))


class DemoDesktop(Desktop):
    """The program on a database of the demo, with somebody signed in."""

    def __init__(self, app: QApplication, window: Window, folder: Path) -> None:
        self.clock = DemoClock(END)
        self.banner = DemoBanner(self.clock, TIME_ZONE, team.PASSWORD)
        super().__init__(app, window, folder, self.clock)
        self.window.banners.put("demo", self.banner)
        self.window.lock.hint = partial(password_text, team.PASSWORD)
        # By the demo's, a day would have passed without a key whenever it is moved on.
        self.window.lock.idleness.go_by(SystemClock())
        services = cast("Services", LaterServices(self._database))
        self.tour = Tour(self.window, services, self.jobs, self.banner.next_month, team.SWITCHING_DOMAIN)
        self.banner.tour_asked.connect(self._on_tour_asked)
        self.window.signed_out.connect(self.tour.end)

    def _make_database(self, folder: Path, clock: Clock) -> Database:
        return DemoDatabase(folder, clock, self.settled.emit)

    def _wire(self) -> None:
        super()._wire()
        self.banner.next_day_asked.connect(partial(self._move, moving.next_day))
        self.banner.next_month_asked.connect(partial(self._move, moving.first_of_next_month))
        self.banner.role_asked.connect(self._on_role_asked)
        self.window.signed_in.connect(self.banner.set_signed_in)
        self.window.signed_out.connect(self.banner.set_signed_out)

    def _show_first_page(self) -> None:
        self._show_page("preparing")

    def _open(self) -> None:
        self._sign_in(Role.RESELLER)

    def _sign_in(self, role: Role) -> None:
        work = partial(self._signed_in, _OPERATORS[role])
        self.jobs.change(self, work, self._on_signed_in, self._on_open_failed)

    def _signed_in(self, email: str) -> Session:
        return self._database.services.operators.sign_in(email, team.PASSWORD)

    def _on_signed_in(self, session: Session) -> None:
        self.window.sign_in(session)
        self._start_clockwork()

    def _on_role_asked(self, role: Role) -> None:
        from cpdesk.ui.pages.start.sign_in import SignInPage

        page = self.window.page
        if isinstance(page, SignInPage):
            # Asked there, whoever has another password or a second factor by now can give it.
            page.entry.start_over()
            page.entry.answer({"email": _OPERATORS[role], "password": team.PASSWORD})
        else:
            self._sign_in(role)

    def _on_tour_asked(self) -> None:
        assert self.window.session is not None
        self.tour.start(self.window.session)

    def _move(self, target: "Callable[[datetime], datetime]") -> None:
        self.window.notices.clear()  # what they announced may be past by then
        self.jobs.change(self, partial(self._moved, target), self._on_moved)

    def _moved(self, target: "Callable[[datetime], datetime]") -> "Settlement":
        mover = moving.Mover(self.clock, self._database.services.settler)
        return mover.move(target)

    def _on_moved(self, settled: "Settlement") -> None:
        self.banner.tick()
        self.jobs.announce(EVERYTHING)
        if not settled:
            now = format_instant(self.clock.now(), TIME_ZONE)
            self.window.notices.info(_("It is {now}. Nothing was due until then.").format(now=now))
