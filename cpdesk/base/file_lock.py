"""A lock that the system takes back when the process ends, however it ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cpdesk.base import private

_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class FileLock:
    """Held from `take` to `release`, on a file that nothing is written to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    @property
    def held(self) -> bool:
        """Whether we have it."""
        return self._file is not None

    def take(self) -> bool:
        """Take the lock without waiting; False if another process, or another lock of this one, holds it.

        Raises OSError where there can be no such file, or where it belongs to somebody else.
        """
        return self._take(wait=False)

    def release(self) -> None:
        """Let it go, if it is held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    @contextmanager
    def waited_for(self) -> Iterator[None]:
        """Hold it once nobody else does, for what takes a moment. Raises what `take` raises."""
        self._take(wait=True)
        try:
            yield
        finally:
            self.release()

    def _take(self, *, wait: bool) -> bool:
        file = os.open(self._path, _FLAGS, private.FILE)
        try:
            _require_own(file, self._path)
            taken = _lock(file, wait=wait)
        except BaseException:
            os.close(file)
            raise
        if taken:
            self._file = file
        else:
            os.close(file)
        return taken


def _require_own(file: int, path: Path) -> None:
    """In a folder for everybody, somebody else could hold a lock on us for ever."""
    if sys.platform != "win32" and os.fstat(file).st_uid != os.getuid():
        raise PermissionError(f"{path} belongs to somebody else")


if sys.platform == "win32":

    def _lock(file: int, *, wait: bool) -> bool:
        import msvcrt

        try:
            # Waiting means ten times a second at most.
            msvcrt.locking(file, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            if wait:
                raise
            return False
        return True

else:

    def _lock(file: int, *, wait: bool) -> bool:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
