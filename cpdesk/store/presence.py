"""Whether the file that a thread works on is still the one at its path.

A folder that is moved, deleted or disconnected while a database is open leaves an open file without a name: SQLite
goes on writing into it, and all of that is lost. And where only the folder is there again, it would make an empty one.
Where another file took its place, the write-ahead log of the old one is still there: SQLite would apply it to the new
one and ruin it.
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
        self._latest: tuple[int, int] | None = None
        self._log: tuple[int, int] | None = None
        self._here = threading.local()

    def expect(self, path: Path) -> None:
        """From now on it is about this path."""
        self._path, self._seen, self._latest, self._log = path, False, None, None

    def require(self) -> None:
        """Before opening it. Raises KnownError `database_gone` where a file was and none is any more."""
        if self._seen and _identity(self._path) is None:
            raise KnownError("database_gone", path=str(self._path))

    def replaced(self) -> bool:
        """Whether another file is at the path than the one that was opened last; a missing one is none."""
        now = _identity(self._path)
        return self._latest is not None and now is not None and now != self._latest

    def opened(self) -> None:
        """This thread has just opened it; a new file may come into being only later."""
        self._here.file = self._latest = _identity(self._path)
        self._seen = self._seen or self._here.file is not None

    def check(self) -> None:
        """Raises KnownError `database_gone` where it is no longer the file that this thread has opened."""
        known = getattr(self._here, "file", None)
        if known is None:
            self.opened()
        elif _identity(self._path) != known:
            raise KnownError("database_gone", path=str(self._path))
        elif self._log is None:
            self._log = _identity(_log_of(self._path))

    def set_log_aside(self) -> None:
        """Take the write-ahead log of a file that was replaced away from the one that took its place.

        Nobody in this process may have either open. It is kept, under a name that means nothing to SQLite.
        """
        log = _log_of(self._path)
        if self._log is not None and _identity(log) == self._log:
            log.replace(log.with_name(f"{log.name}.replaced-{self._log[1]}"))
            self._path.with_name(f"{self._path.name}-shm").unlink(missing_ok=True)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file it is; None where there is none, or none that can be reached."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
