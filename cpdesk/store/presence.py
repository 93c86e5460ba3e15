"""Whether the file that a thread works on is still the one at its path.

A folder that is moved, deleted or disconnected while a database is open leaves an open file without a name: SQLite
goes on writing into it, and all of that is lost. And where only the folder is there again, it would make an empty one.
"""

import os
import threading
from pathlib import Path

from cpdesk.base.errors import KnownError


class Presence:
    """Remembers the file at a path: for each thread the one that it has opened."""

    def __init__(self) -> None:
        self._path = Path()
        self._seen = False
        self._here = threading.local()

    def expect(self, path: Path) -> None:
        """From now on it is about this path."""
        self._path, self._seen = path, False

    def require(self) -> None:
        """Before opening it. Raises KnownError `database_gone` where a file was and none is any more."""
        if self._seen and _identity(self._path) is None:
            raise KnownError("database_gone", path=str(self._path))

    def opened(self) -> None:
        """This thread has just opened it; a new file may come into being only later."""
        self._here.file = _identity(self._path)
        self._seen = self._seen or self._here.file is not None

    def check(self) -> None:
        """Raises KnownError `database_gone` where it is no longer the file that this thread has opened."""
        known = getattr(self._here, "file", None)
        if known is None:
            self.opened()
        elif _identity(self._path) != known:
            raise KnownError("database_gone", path=str(self._path))


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file it is; None where there is none, or none that can be reached."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
