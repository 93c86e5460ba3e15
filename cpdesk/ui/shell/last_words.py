"""Telling of a bug where there is no window to tell it in: a program with an icon has no terminal either."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from cpdesk.base import paths
from cpdesk.base.i18n import _

_NOBODY_LOOKS = frozenset({"offscreen", "minimal"})


def say() -> None:
    """Say it in a box of the system's, and wait until that is closed; nothing where nobody would see it."""
    if QApplication.instance() is None or QGuiApplication.platformName() in _NOBODY_LOOKS:
        return
    text = _("cpdesk could not be opened. Your data is as it was.")
    more = _("Details are in the log folder: {folder}").format(folder=paths.log_dir())
    QMessageBox.critical(None, "cpdesk", f"{text}\n\n{more}")
