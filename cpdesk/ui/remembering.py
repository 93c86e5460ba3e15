"""What the window remembered; a file that was damaged, or changed by hand, keeps no window from opening."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

if TYPE_CHECKING:
    from cpdesk.ui.context import Settings


def text_of(settings: "Settings", key: str) -> str:
    """What was remembered under a key; empty where nothing was, or something else than a text."""
    stored = settings.value(key)
    return stored if isinstance(stored, str) else ""


def export_key(email: str) -> str:
    """Under what the folder is kept that an operator exported to: its name may be that of a customer."""
    return f"export/folder/{email}"


def folder_of(settings: "Settings", key: str) -> Path:
    """The folder that was remembered, as long as it is there; else that for documents."""
    stored = text_of(settings, key)
    # A name can be too long for any file to have it.
    with suppress(OSError):
        if stored and Path(stored).is_dir():
            return Path(stored)
    return documents()


def documents() -> Path:
    """The folder for documents; the home folder where nobody has made one."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return folder if folder.is_dir() else Path.home()
