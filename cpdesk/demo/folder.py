"""The folder of one run of the demo, and what runs that crashed have left."""

import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from cpdesk.base.file_lock import FileLock

_PREFIX = "cpdesk-demo-"
_ALIVE = "alive.lock"
"""Locked as long as the run that the folder belongs to is alive."""


class RunFolder:
    """A temporary folder that is removed at the end of the run; if that is a crash, at the next start of a demo."""

    def __init__(self) -> None:
        _remove_left_behind()
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._alive = FileLock(self.path / _ALIVE)
        self._alive.take()

    def remove(self) -> None:
        """Remove it with all that is in it. The database in it must be closed."""
        self._alive.release()
        _remove(self.path)


def _remove_left_behind() -> None:
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if _is_ours(path) and _is_dead(path):
                _remove(path)


def _is_ours(path: Path) -> bool:
    """Not a link, nor a folder that another person put there."""
    found = path.lstat()
    return path.is_dir() and not path.is_symlink() and (sys.platform == "win32" or found.st_uid == os.getuid())


def _is_dead(path: Path) -> bool:
    if not (path / _ALIVE).exists():
        # Just being made by another start.
        return False
    lock = FileLock(path / _ALIVE)
    dead = lock.take()
    lock.release()
    return dead


def _remove(path: Path) -> None:
    """The mark goes last: where something else cannot be removed, the next start tries again."""
    for child in path.iterdir():
        if child.name != _ALIVE:
            with suppress(OSError):
                shutil.rmtree(child) if child.is_dir() else child.unlink()
    with suppress(OSError):
        if [child.name for child in path.iterdir()] == [_ALIVE]:
            shutil.rmtree(path)
