"""The program with its window, in which somebody signs in and changes one thing after the other, for ever.

Each change goes the way of a page's: through the window's jobs, on its writer's thread, while its clockwork settles
what is due, makes the backup of the day and looks for changes of others. What is acknowledged, when the result is
back on the window's own thread, is said on standard output.
"""

import os
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from cpdesk.base.errors import KnownError
from cpdesk.domain.modes import Mode
from tests.support.world import ADMIN, PASSWORD, PREMIUM
from tests.torture.commands import CONTOSO

_EVERY_MS = 10
READY = "ready"
"""Somebody has signed in, after so many seconds."""
FAILED, BUG = "failed", "bug"
"""A change failed: for a reason that people are told, or for another one."""
BANNER = "banner"
"""What stands above the page since then."""
SEAT, USER, ASKED, KEPT = "seat", "user", "asked", "kept"
"""What was done, each with what came of it: `seat 7` seats are there, `user NAME` is there, and so on."""


def work(folder: Path, instant: datetime) -> int:
    """Open the window on a data folder at a time (UTC), and work in it until somebody kills the process."""
    began = time.monotonic()
    os.environ["CPDESK_DATA"] = str(folder)
    from cpdesk.ui import qt

    qt.load()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLineEdit, QPushButton

    from cpdesk import __main__ as program
    from cpdesk import app
    from cpdesk.base.clock import MovableClock

    clock = MovableClock(instant)

    class Operated(app.Desktop):
        """Signs in as soon as the form is there, and goes on from then."""

        def start(self) -> None:
            super().start()
            self._numbers = count()
            self._looking = QTimer(self, interval=_EVERY_MS)
            self._looking.timeout.connect(self._look)
            self._looking.start()

        def _look(self) -> None:
            if self.window.session is not None:
                self._looking.stop()
                _say(f"{READY} {time.monotonic() - began}")
                self._go_on()
                return
            fields = [field for field in self.window.findChildren(QLineEdit) if field.isVisible()]
            if len(fields) == 2 and not fields[1].text():
                fields[0].setText(ADMIN)
                fields[1].setText(PASSWORD)
                next(one for one in self.window.findChildren(QPushButton) if one.text() == "Log In").click()

        def _go_on(self) -> None:
            change = _changes(self._database.services, self.window.session, next(self._numbers))
            self.jobs.change(self.window, change, self._on_done, self._on_failed)

        def _on_done(self, said: str) -> None:
            _say(said)
            self._go_on()

        def _on_failed(self, error: Exception) -> None:
            _say(f"{FAILED} {error.code}" if isinstance(error, KnownError) else f"{BUG} {error!r}")
            self._failed = error
            QTimer.singleShot(_EVERY_MS, self, self._look_up)

        def _look_up(self) -> None:
            """As somebody does whose change was refused; who has put things right does not wait for the next look."""
            if isinstance(self._failed, KnownError) and self._fault.concerns(self._failed):
                banner = self.window.banners.text("fault")
                is_seen = bool(banner) and self.window.banners.isVisible()
                _say(f"{BANNER} {' '.join(banner.split())}" if is_seen else f"{BUG} no banner for {self._failed!r}")
                self._fault.try_again()
            self._go_on()

    vars(app).update(SystemClock=lambda: clock, Desktop=Operated)
    return program.main([])


def _say(text: str) -> None:
    # At once, and in one piece.
    os.write(1, f"{text}\n".encode())


def _changes(services: Any, by: Any, number: int) -> Callable[[], str]:
    """A change that says what came of it."""
    return partial((_buy, _add_user, _buy, _toggle)[number % 4], services, by)


def _buy(services: Any, by: Any) -> str:
    account = services.accounts.find(by, CONTOSO).id
    return f"{SEAT} {services.licenses.add_seats(by, account, PREMIUM, 1).value.seats}"


def _add_user(services: Any, by: Any) -> str:
    account = services.accounts.find(by, CONTOSO).id
    upn = f"user{os.urandom(8).hex()}@{CONTOSO}"
    services.users.add(by, account, upn, "Somebody")
    return f"{USER} {upn}"


def _toggle(services: Any, by: Any) -> str:
    """Ask for Usage Mode, or keep Purchase Mode."""
    account = services.accounts.find(by, CONTOSO)
    if account.pending is not None:
        services.modes.keep(by, account.id)
        return KEPT
    services.modes.change(by, account.id, Mode.USAGE, services.modes.forecast(by, account.id, Mode.USAGE))
    return ASKED
