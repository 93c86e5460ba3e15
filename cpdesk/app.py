"""The window's composition root: builds everything, opens the database, and keeps the clockwork going.

The window is painted first: empty (see `opening`), then with its first page. What it does not need for that, Peewee
above all, is loaded afterwards by the thread that needs it.
"""

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from cpdesk.base.clock import Clock, SystemClock
from cpdesk.base.errors import CodedError
from cpdesk.base.i18n import _
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.database import Database, LaterServices
from cpdesk.domain import topics
from cpdesk.domain.operators import Role, Session
from cpdesk.jobs import EVERYTHING, ChangeWatcher, Daily, DueTimer, GarbageCollector, Jobs
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.customers.pending_count import PendingCount
from cpdesk.ui.pages.start import SET_UP
from cpdesk.ui.remembering import text_of
from cpdesk.ui.shell.alerts import Alerts
from cpdesk.ui.shell.backup_banner import BackupBanner
from cpdesk.ui.shell.crash import CrashReporter
from cpdesk.ui.shell.due_interval import due_interval
from cpdesk.ui.shell.fault_banner import FaultBanner
from cpdesk.ui.shell.folder_warning import FolderWarning
from cpdesk.ui.shell.hooks import Hooks
from cpdesk.ui.shell.language import SETTING, apply_language
from cpdesk.ui.shell.moved_banner import MovedBanner
from cpdesk.ui.shell.session_watch import SessionWatch
from cpdesk.ui.shell.settling_banner import SettlingBanner
from cpdesk.ui.shell.unlocking import Unlocking
from cpdesk.ui.shell.window import Window, WindowParts

if TYPE_CHECKING:
    from datetime import datetime

    from cpdesk.base.log import Log
    from cpdesk.domain.backups import BackupRow
    from cpdesk.domain.settlements import Settlement, SettlingReport
    from cpdesk.gateways.single_instance import SingleInstance
    from cpdesk.services.bundle import Services

_PATIENCE_MS = 1000
_TOGETHER_MS = 300
"""Settlements that follow each other within this time are told, and shown, at once."""

_log = logging.getLogger(__name__)


def desktop_on(app: QApplication, window: Window, folder: Path, instance: "SingleInstance") -> "Desktop":
    """The program on a data folder, in a window that may be seen already."""
    desktop = Desktop(app, window, folder, SystemClock())
    desktop.painted.connect(instance.listen)
    desktop.restarting.connect(instance.release)
    instance.raised.connect(desktop.come_forward)
    return desktop


class Desktop(QObject):
    """The running program: one window, one database, and what happens by the clock."""

    settled = Signal(object)
    """Switches were completed, planned changes carried out; emitted from any thread."""

    painted = Signal()
    """The window is seen: now there is time for what needs some."""

    restarting = Signal()
    """Another process is about to take this one's place."""

    def __init__(self, app: QApplication, window: Window, folder: Path, clock: Clock) -> None:
        super().__init__()
        settings = window.settings
        database = self._database = self._make_database(folder, clock)
        self.jobs = Jobs(database.connect, database.disconnect, self._on_error, self)
        self._reporter = CrashReporter(self)
        self._hooks = Hooks(self._reporter)
        self._hooks.install()
        apply_language(app, text_of(settings, SETTING) or None)
        services = cast("Services", LaterServices(database))
        self.window = window
        window.furnish(WindowParts(registry=all_pages(), services=services, jobs=self.jobs, clock=clock, home=home))
        PendingCount(self.window, self.jobs, services)
        Alerts(self.window, self.jobs, services)
        self._folder_warning = FolderWarning(self.window, self.jobs, services, settings)
        look = partial(due_interval, settings)
        self._due_timer = DueTimer(self.jobs, clock, self._apply_due, self._next_due_at, self, interval=look)
        self._watcher = ChangeWatcher(self.jobs, self._data_version, self)
        self._backup = Daily(self.jobs, clock, self._make_backup, self)
        BackupBanner(self.window, self.jobs, self._backup)
        self._unlocking = Unlocking(window, folder / DATABASE_FILE, database.offer, self._open)
        self._fault = FaultBanner(self.window, self.jobs, folder / DATABASE_FILE, self._try_out)
        SettlingBanner(self.window, self._due_timer, self._fault)
        MovedBanner(self.window, self.jobs, services)
        SessionWatch(self.window, self.jobs, services)
        self._garbage = GarbageCollector(self)
        self._untold: Settlement | None = None
        self._telling = QTimer(self, singleShot=True, interval=_TOGETHER_MS)
        self._begun = False
        self._written: Log | None = None
        self._wire()

    def start(self) -> None:
        """Show the window; the database is opened once it is painted."""
        self._show_first_page()
        self.window.installEventFilter(self)
        self.window.show()
        # A window that starts minimised is not painted.
        QTimer.singleShot(_PATIENCE_MS, self, self._begin)

    def come_forward(self) -> None:
        """Put the window before all others."""
        state = self.window.windowState() & ~Qt.WindowState.WindowMinimized
        self.window.setWindowState(state | Qt.WindowState.WindowActive)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def warm_up(self) -> None:
        """Load what has not been needed yet, while nobody uses the window."""
        from cpdesk.ui.shell.warming import Warmer

        Warmer(self.window).start()

    def settle_now(self) -> None:
        """Complete what is due without waiting for the next tick."""
        self._due_timer.settle_now()

    def close(self) -> None:
        """Carry out what was asked for, and stop."""
        self._due_timer.stop()
        self._backup.stop()
        self._watcher.stop()
        if not self.jobs.close():
            _log.error("closed while a change was still being carried out")
        self._hooks.remove()
        if self._written is not None:
            self._written.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Where the page covers all of the window, nothing of the window itself is painted: then it is only asked to.
        if event.type() in (QEvent.Type.Paint, QEvent.Type.UpdateRequest):
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._begin)
        return False

    def _make_database(self, folder: Path, clock: Clock) -> Database:
        return Database(folder, clock, self.settled.emit)

    def _wire(self) -> None:
        self._reporter.attach(self.window, self._restart)
        self.settled.connect(self._on_settled, Qt.ConnectionType.QueuedConnection)
        self._telling.timeout.connect(self._on_telling)
        # Queued: the first page is opened after the signal, and opening a page takes its notices away.
        self.window.signed_in.connect(self._tell_settled, Qt.ConnectionType.QueuedConnection)
        self.window.crashed.connect(self._on_crashed)
        self.jobs.changed.connect(self._on_changed)
        self._fault.ended.connect(self.settle_now)
        self._fault.wanted_rescue.connect(self._show_trouble)

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._garbage.start()
            self._start_log()
            self._open()
            self.painted.emit()

    def _start_log(self) -> None:
        from cpdesk.base import crash_files, log

        said = crash_files.take()
        self._written = log.start()
        if said:
            self._reporter.tell_past(said)

    def _open(self) -> None:
        if self._database.exists():
            self.jobs.change(self, self._look_inside, self._on_opened, self._on_open_failed)
        else:
            self._show_setup()

    def _show_first_page(self) -> None:
        if not self._database.exists():
            self._show_setup()
        elif self._database.is_encrypted():
            self._unlocking.wait()
        else:
            self._show_page("sign_in")

    def _show_setup(self) -> None:
        self._database.may_create = True
        self._show_page("setup", folder=self._database.folder)

    def _show_page(self, key: str, **params: object) -> None:
        """Opening a page again would take the cursor from where somebody is typing already."""
        place = self.window.place
        if place is None or place.key != key:
            self.window.navigate(key, **params)

    def _look_inside(self) -> tuple[bool, int]:
        """Whether somebody can sign in, and the version of what will be read from now on."""
        version = self._data_version()
        return self._database.is_set_up(), version

    def _on_opened(self, found: tuple[bool, int]) -> None:
        is_set_up, version = found
        if not is_set_up:
            self._show_setup()
            return
        if self.window.session is None:
            self._show_page("sign_in")
        else:
            # Somebody was quicker: what the page has read may be older than the version that is known.
            self.jobs.announce(EVERYTHING)
        self._start_clockwork(version)
        self._backup.look()
        # Damage tells its banner; everything else that is wrong tells whoever works with the database.
        self.jobs.change(self, self._look_for_damage, _nothing, self._on_not_looked)

    def _on_not_looked(self, error: Exception) -> None:
        if not isinstance(error, CodedError):
            self.window.report(error)

    def _on_open_failed(self, error: Exception) -> None:
        if not isinstance(error, CodedError):
            self.window.report(error)
        elif error.code == "not_set_up":
            self._show_setup()
        elif not self._unlocking.takes(error):
            _log.warning("the database cannot be opened: %s", error.code)
            self._show_trouble(error)

    def _show_trouble(self, error: CodedError) -> None:
        self.window.navigate("trouble", error=error, retry=self._open_again)

    def _open_again(self) -> None:
        self._fault.forget()
        self._open()

    def _start_clockwork(self, version: int | None = None) -> None:
        self._watcher.start(version)
        self._due_timer.start()
        self._folder_warning.look()
        self._backup.start()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if SET_UP in topics:
            self._start_clockwork()

    def _apply_due(self) -> "SettlingReport":
        return self._database.services.settler.apply_due()

    def _next_due_at(self) -> "datetime | None":
        return self._database.services.settler.next_due_at()

    def _make_backup(self) -> "BackupRow | None":
        return self._database.services.backups.make_daily()

    def _try_out(self) -> None:
        self._database.store.try_out()

    def _look_for_damage(self) -> None:
        self._database.store.look_for_damage()

    def _data_version(self) -> int:
        return self._database.store.data_version()

    def _on_settled(self, settled: "Settlement") -> None:
        self._untold = self._untold + settled if self._untold else settled
        self._telling.start()

    def _on_telling(self) -> None:
        self.jobs.changed.emit(topics.MODES | topics.LICENSES | topics.PLANS, self)
        self._tell_settled()

    def _tell_settled(self) -> None:
        """Tell the operator what was completed; what belongs to accounts of others is not told to them."""
        session = self.window.session
        if session is None or not self._untold:
            return
        from cpdesk.ui.settlement_notices import tell

        self._untold = tell(self._untold, session, self.window)

    def _on_error(self, error: Exception) -> None:
        self.window.report(error)

    def _on_crashed(self, error: Exception) -> None:
        _log.critical("a job failed", exc_info=error)
        self._reporter.report_error(error)

    def _restart(self) -> None:
        from cpdesk.ui.shell.restart import start_again

        self.restarting.emit()
        if start_again():
            self.window.close()
        else:
            self.window.notices.error(_("cpdesk could not be started anew. Close it, and start it yourself."))


def _nothing(_outcome: object) -> None:
    return None


def home(session: Session) -> tuple[str, dict[str, Any]]:
    """Where an operator starts: the list, or the one account that exists for a customer administrator."""
    if session.role is Role.CUSTOMER:
        return "my_services", {"account": session.account_id}
    return "customers", {}
