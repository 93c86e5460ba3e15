"""Does the program itself start as it does for people: its own threads, its log, somebody signing in?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication

from cpdesk.app import Desktop
from cpdesk.base.clock import DemoClock
from cpdesk.base.paths import log_dir
from cpdesk.demo import team
from cpdesk.demo.moments import END
from cpdesk.selftest.results import Broken
from cpdesk.selftest.screens import require_painted
from cpdesk.ui.context import MemorySettings
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.forms import Form

_LONGEST_MS = 20_000
_LOOK_MS = 20


def check_start(app: QApplication, folder: Path) -> str:
    """Open the window on a data folder, sign in, see the list of customers, and close."""
    settings = MemorySettings()
    desktop = Desktop(app, Window(settings, Theme(app, settings)), folder, DemoClock(END))
    opened: list[bool] = []
    desktop.painted.connect(lambda: opened.append(True))
    try:
        desktop.start()
        _wait("the sign-in page", lambda: bool(opened) and _place(desktop) == "sign_in")
        _sign_in(desktop)
        _wait("the list of customers", lambda: _place(desktop) == "customers" and _has_rows(desktop))
        return _seen(desktop)
    finally:
        desktop.window.close()
        desktop.close()
        desktop.window.deleteLater()
        desktop.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _sign_in(desktop: Desktop) -> None:
    form = desktop.window.page.findChild(Form) if desktop.window.page else None
    if not isinstance(form, Form):
        raise Broken("there is nothing to sign in with")
    form.set_values({"email": team.ADMINISTRATOR, "password": team.PASSWORD})
    form.submitted.emit()


def _place(desktop: Desktop) -> str:
    place = desktop.window.place
    return place.key if place else ""


def _has_rows(desktop: Desktop) -> bool:
    page = desktop.window.page
    return page is not None and any(view.model().rowCount() for view in page.findChildren(QAbstractItemView))


def _seen(desktop: Desktop) -> str:
    if desktop.window.page is not None:
        require_painted(desktop.window.page)
    if not (log_dir() / "cpdesk.log").parent.is_dir():
        raise Broken("there is no log")
    return desktop.window.windowTitle()


def _wait(name: str, seen: Callable[[], bool]) -> None:
    """Let the program run until something is seen; Broken if that takes too long."""
    loop = QEventLoop()
    limit = QTimer(singleShot=True, interval=_LONGEST_MS)
    look = QTimer(interval=_LOOK_MS)
    limit.timeout.connect(loop.quit)
    look.timeout.connect(lambda: loop.quit() if seen() else None)
    limit.start()
    look.start()
    loop.exec()
    look.stop()
    if not seen():
        raise Broken(f"{name} did not appear within {_LONGEST_MS // 1000} seconds")
