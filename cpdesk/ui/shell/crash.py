"""What happens after a bug: one sentence, a report to copy, a fresh start."""

import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, qVersion

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from cpdesk.ui.shell.crash_dialogs import CrashDialog


def report_of(error: BaseException) -> str:
    """A report for whoever mends it: versions, thread, kinds and places of the errors; nothing about people."""
    # Loaded for the one case in a thousand: start-up counts.
    from cpdesk.base import scrubbing

    return f"{_head()}\nthread: {threading.current_thread().name}\n\n{scrubbing.described(error)}"


def _head() -> str:
    import platform

    return f"cpdesk {_version()}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"


def _version() -> str:
    """Our version; a report is written even if that cannot be found out."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("cpdesk")
    except PackageNotFoundError:
        return "(not installed)"


class CrashReporter(QObject):
    """Brings reports from any thread to the window. It only queues: a hook must not touch a widget.

    A fault that happens again and again is shown once: people who go on are not asked every second.
    """

    reported = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window: QWidget | None = None
        self._restart: Callable[[], object] | None = None
        self._dialog: CrashDialog | None = None
        self._shown: set[str] = set()
        self.reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    def attach(self, window: "QWidget", restart: "Callable[[], object]") -> None:
        """Show reports over this window; `restart` starts the program anew."""
        self._window = window
        self._restart = restart

    def report_error(self, error: BaseException) -> None:
        """Show an error to the person before the window. Any thread."""
        self.reported.emit(report_of(error))

    def tell_past(self, said: str) -> None:
        """Show what an earlier run of the program said when the interpreter crashed."""
        from cpdesk.ui.shell.crash_dialogs import PastCrashDialog

        if self._window is not None:
            PastCrashDialog(self._window, f"{_head()}\n\n{said}").open()

    def _on_reported(self, report: str) -> None:
        if self._window is None or not self._window.isVisible():
            if sys.__stderr__ is not None:
                sys.__stderr__.write(report)
        elif report not in self._shown:
            self._shown.add(report)
            self._show(self._window, report)

    def _show(self, window: "QWidget", report: str) -> None:
        if self._dialog is not None:
            self._dialog.add(report)
            return
        from cpdesk.ui.shell.crash_dialogs import CrashDialog

        self._dialog = CrashDialog(window, report, self._restart or window.close)
        self._dialog.finished.connect(self._on_finished)
        # Closed with all else where somebody leaves a locked window.
        self._dialog.destroyed.connect(self._on_finished)
        self._dialog.open()

    def _on_finished(self) -> None:
        self._dialog = None
