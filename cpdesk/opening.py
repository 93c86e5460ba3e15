"""The first moment of the program: its window is seen, empty, while what goes into it is still being loaded.

Loading and building takes about as long as Qt's own start. Whoever waits sees by then that the program has started,
and the system puts the window in its place meanwhile.
"""

import os
import signal
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from cpdesk.gateways.single_instance import SingleInstance
from cpdesk.ui.shell.folder_settings import FolderSettings
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme
from cpdesk.ui.theme.theme import STYLE, STYLE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from cpdesk.app import Desktop

_PATIENCE_MS = 100
"""A window that starts minimised, or that the system is slow to place, is not waited for."""

_TURN = 0.0005
"""Seconds for which a thread may compute while another one waits: opening a page waits a hundred times, once for each
call of Qt that lets others compute, and is held up by all of them while the audit log is verified."""


def main(folder: Path) -> int:
    """Run the window on a data folder until it is closed; returns the exit code."""
    app = application()
    instance = SingleInstance(folder, app)
    if not instance.take() and instance.show_first():
        return 0
    # Whoever starts while the last changes are carried out gets a window.
    app.aboutToQuit.connect(instance.release)
    settings = FolderSettings(folder)
    window = Window(settings, Theme(app, settings))

    def furnish() -> "Desktop":
        from cpdesk.app import desktop_on

        return desktop_on(app, window, folder, instance)

    return run(app, window, furnish)


def application() -> QApplication:
    """Qt's application, made ready for ours."""
    # Qt waits outside Python, where Ctrl+C in a terminal would not be noticed.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.setswitchinterval(_TURN)
    os.environ[STYLE_VARIABLE] = STYLE
    app = QApplication(sys.argv[:1])
    app.setApplicationName("cpdesk")
    return app


def run(app: QApplication, window: Window, furnish: "Callable[[], Desktop]") -> int:
    """Show a window, let `furnish` make the program in it, and run that until it is closed.

    Returns the exit code; raises what `furnish` raises.
    """
    opening = _Opening(window, furnish)
    window.show()
    code = app.exec()
    if opening.failed is not None:
        raise opening.failed
    if opening.desktop is not None:
        opening.desktop.close()
    return code


def _on_painted(desktop: "Desktop") -> None:
    from cpdesk.ui.shell.missing_fonts import tell_missing_fonts

    tell_missing_fonts(desktop.window)
    desktop.warm_up()


class _Opening(QObject):
    """Waits until the window is seen."""

    def __init__(self, window: Window, furnish: "Callable[[], Desktop]") -> None:
        super().__init__()
        self._window = window
        self._furnish = furnish
        self._begun = False
        self.desktop: Desktop | None = None
        self.failed: Exception | None = None
        window.installEventFilter(self)
        QTimer.singleShot(_PATIENCE_MS, self, self._begin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Where the content covers all of a window, nothing of the window itself is painted: it is only asked to.
        if event.type() in (QEvent.Type.Paint, QEvent.Type.UpdateRequest):
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._begin)
        return False

    def _begin(self) -> None:
        # Somebody may have closed it already.
        if self._begun or not self._window.isVisible():
            return
        self._begun = True
        try:
            desktop = self.desktop = self._furnish()
            desktop.painted.connect(partial(_on_painted, desktop))
            desktop.start()
        except Exception as error:  # noqa: BLE001 - raised again outside of Qt, by `run`
            self.failed = error
            QApplication.exit(1)
