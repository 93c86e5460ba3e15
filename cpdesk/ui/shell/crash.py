"""What happens after a bug: one sentence, a report to copy, a fresh start."""

import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.dialog import ModalDialog, Side
from cpdesk.ui.widgets.labels import Label


def report_of(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> str:
    """A report for whoever mends it: versions, thread and traceback; nothing out of the database."""
    # Loaded for the one case in a thousand: start-up counts.
    import platform
    import traceback

    lines = traceback.format_exception(kind, error, trace)
    python = platform.python_version()
    head = f"cpdesk {_version()}, Python {python}, Qt {qVersion()}, {platform.platform()}"
    return f"{head}\nthread: {threading.current_thread().name}\n\n{''.join(lines)}"


def _version() -> str:
    """Our version; a report is written even if that cannot be found out."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("cpdesk")
    except PackageNotFoundError:
        return "(not installed)"


class CrashReporter(QObject):
    """Brings reports from any thread to the window. It only queues: a hook must not touch a widget."""

    reported = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window: QWidget | None = None
        self._restart: Callable[[], object] | None = None
        self._dialog: CrashDialog | None = None
        self.reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    def attach(self, window: QWidget, restart: Callable[[], object]) -> None:
        """Show reports over this window; `restart` starts the program anew."""
        self._window = window
        self._restart = restart

    def report_error(self, error: Exception) -> None:
        """Show an exception that was carried here instead of raised."""
        self.reported.emit(report_of(type(error), error, error.__traceback__))

    def _on_reported(self, report: str) -> None:
        if self._window is None or not self._window.isVisible():
            if sys.__stderr__ is not None:
                sys.__stderr__.write(report)
            return
        if self._dialog is not None:
            self._dialog.add(report)
            return
        self._dialog = CrashDialog(self._window, report, self._restart or self._window.close)
        self._dialog.finished.connect(self._on_finished)
        self._dialog.open()

    def _on_finished(self) -> None:
        self._dialog = None


class CrashDialog(ModalDialog):
    """Says that something went wrong that should not have."""

    def __init__(self, parent: QWidget, report: str, restart: Callable[[], object]) -> None:
        super().__init__(parent, _("Something went wrong inside cpdesk"))
        self._restart = restart
        self.details = QPlainTextEdit(report)
        self._copy = secondary(_("Copy the report"))
        self._anew = primary(_("Restart cpdesk"))
        self._on = secondary(_("Go on"))
        self._build_report()

    def add(self, report: str) -> None:
        """Something else went wrong meanwhile."""
        self.details.appendPlainText(report)

    def _build_report(self) -> None:
        sentence = Label(_("What you did last may not have been carried out; everything before it is kept."), wrap=True)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("Report"))
        self.details.setMinimumHeight(theme.current().fonts.scaled(200))
        self.content.addWidget(sentence)
        self.content.addWidget(self.details)
        self.add_button(self._copy, Side.START)
        self.add_button(self._on)
        self.add_button(self._anew)
        self._copy.clicked.connect(self._on_copy)
        self._anew.clicked.connect(self._on_restart)
        self._on.clicked.connect(self.reject)
        self.set_first(self._anew)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())

    def _on_restart(self) -> None:
        self.accept()
        self._restart()
