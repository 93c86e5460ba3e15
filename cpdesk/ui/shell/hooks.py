"""Catches what nobody caught: exceptions of all threads, and what Qt has to say."""

import logging
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from cpdesk.ui.shell.crash import CrashReporter

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)
_qt = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Hooks:
    """Installed for as long as the window runs. Hooks log and queue; they never touch a widget."""

    def __init__(self, reporter: CrashReporter) -> None:
        self._reporter = reporter
        self._before = (sys.excepthook, threading.excepthook)
        self._qt_before: Callable[..., object] | None = None

    def install(self) -> None:
        """Take over."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        self._qt_before = qInstallMessageHandler(_on_qt_message)

    def remove(self) -> None:
        """Give back what was there before."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(self._qt_before)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("uncaught", exc_info=(kind, error, trace))
        self._reporter.report_error(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    _qt.log(_LEVELS.get(kind, logging.WARNING), text)
