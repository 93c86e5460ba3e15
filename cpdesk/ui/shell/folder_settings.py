"""Where the window remembers itself: a file in the data folder."""

import logging
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings

from cpdesk.base import private
from cpdesk.ui.shell.settings_text import is_harmless

_MOST = 1_000_000
"""Bytes; what is remembered takes some thousands."""
_log = logging.getLogger(__name__)


class FolderSettings:
    """Forgets rather than makes a folder anew that was moved away: who puts it back would find the place taken."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "window.ini"
        _put_aside_if_foreign(self._file)
        self._stored = QSettings(str(self._file), QSettings.Format.IniFormat)
        self._was_there = folder.is_dir()

    def value(self, key: str, default: object = None, /) -> object:
        """What was remembered under a key."""
        return self._stored.value(key, default)

    def setValue(self, key: str, value: object, /) -> None:  # noqa: N802 - Qt's spelling
        """Remember something."""
        is_there = self._folder.is_dir()
        if is_there or not self._was_there:
            self._provide()
            self._stored.setValue(key, value)
        self._was_there = self._was_there or is_there

    def _provide(self) -> None:
        """Qt writes a new file as the umask says; one that is there keeps its rights, from the first byte on."""
        with suppress(OSError):
            private.make_folder(self._folder)
            private.provide(self._file)


def _put_aside_if_foreign(file: Path) -> None:
    """A file that nobody here has written, of another computer for instance, is not given to Qt."""
    with suppress(OSError):
        with file.open("rb") as opened:
            content = opened.read(_MOST + 1)
        if len(content) > _MOST or not is_harmless(content.decode("utf-8", "replace")):
            file.replace(file.with_suffix(".damaged"))
            _log.warning("what the window remembered was damaged, and is put aside")
