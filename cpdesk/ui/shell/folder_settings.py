"""Where the window remembers itself: a file in the data folder."""

from pathlib import Path

from PySide6.QtCore import QSettings


class FolderSettings:
    """Forgets rather than makes a folder anew that was moved away: who puts it back would find the place taken."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stored = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self._was_there = folder.is_dir()

    def value(self, key: str, default: object = None, /) -> object:
        """What was remembered under a key."""
        return self._stored.value(key, default)

    def setValue(self, key: str, value: object, /) -> None:  # noqa: N802 - Qt's spelling
        """Remember something."""
        is_there = self._folder.is_dir()
        if is_there or not self._was_there:
            self._stored.setValue(key, value)
        self._was_there = self._was_there or is_there
