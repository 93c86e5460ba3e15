"""Files and folders that nobody but their owner can read: customers, prices and keys lie in them.

They are made so, whatever the umask says: what is narrowed a moment later may have been opened in between. What an
earlier version, or somebody's copying, has left wider is narrowed when the data folder is opened. Windows has lists of
who may do what instead of modes; there the folders get one, which is handed down to all that is in them: see
`owner_acl`.
"""

import logging
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock

from cpdesk.base import durable

FILE = 0o600
FOLDER = 0o700

_OURS = re.compile(r"cpdesk.*|window\.ini.*|apply-due.*|alive\.lock|backups|logs|.*\.cpdesk-unfinished")
"""The names in a data folder that the program gives. Next to others it is a folder that somebody uses for more."""
_BINARY = getattr(os, "O_BINARY", 0)
_asking = Lock()

_log = logging.getLogger(__name__)


def opener(path: str, flags: int) -> int:
    """Open a file for its owner alone, also one that an earlier version made for all: for `open`."""
    opened = os.open(path, flags, FILE)
    found = stat.S_IMODE(os.fstat(opened).st_mode)
    if found & ~FOLDER:
        set_rights(opened, found & FOLDER)
    return opened


def make_empty(path: Path) -> None:
    """Make an empty file where there is none. Raises FileExistsError where something is, and other OSError."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE))


def provide(path: Path) -> None:
    """Have a file be there before others write to it, who keep the rights that it has. Raises OSError."""
    with suppress(FileExistsError):
        make_empty(path)


def write(path: Path, data: bytes) -> None:
    """Write a whole file, over one that is there. Raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
    with os.fdopen(opener(str(path), flags), "wb") as file:
        file.write(data)


def make_folder(folder: Path) -> None:
    """Make a folder, and what it stands in, unless they are there, with names that last. Raises OSError."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        # Somebody else may make it at the same time.
        place.mkdir(mode=FOLDER, exist_ok=True)
        durable.flush_folder(place.parent)
    if missing:
        _restrict_on_windows(folder)
    elif not folder.is_dir():
        raise FileExistsError(f"{folder.name} is no folder")


def narrow(folder: Path) -> int:
    """Take the rights of all others away from a data folder and what is ours in it; how many were too wide.

    A folder that holds other things too keeps its rights: somebody uses it for more than this program. Never raises:
    what belongs to somebody else, or lies on a disk without rights, stays as it is.
    """
    with suppress(OSError):
        names = os.listdir(folder)
        ours = [folder / name for name in names if _OURS.fullmatch(name)]
        alone = [folder] if len(ours) == len(names) else []
        wide = sum(map(_narrowed, [*alone, *_within(ours)]))
        _restrict_on_windows(*(alone or ours))
        if wide:
            _log.info("files and folders that others could read, narrowed to their owner: %d", wide)
        return wide
    return 0


def narrow_all(folder: Path) -> None:
    """The same for a folder in which nothing but ours can be, with all that is in it."""
    for path in _within([folder]):
        _narrowed(path)


def rights_of_new(most: int = 0o666) -> int:
    """The mode that the operator's umask gives what they want made in a place of their choice."""
    # The system tells it only in exchange for another one: a narrower one, for files that are made meanwhile.
    with _asking:
        kept = os.umask(0o077)
        os.umask(kept)
    return most & ~kept


def is_own(found: os.stat_result) -> bool:
    """Whether something belongs to whoever runs the program; on Windows, which says nothing of that, it does."""
    return sys.platform == "win32" or found.st_uid == os.geteuid()


def set_rights(file: int | Path, mode: int) -> None:
    """Give an open file or a path this mode, where the disk knows modes and it is ours."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.chmod(file, mode)


def _within(places: list[Path]) -> Iterator[Path]:
    for place in places:
        yield place
        if place.is_dir() and not place.is_symlink():
            for folder, folders, files in os.walk(place):
                yield from (Path(folder) / name for name in (*folders, *files))


def _narrowed(path: Path) -> bool:
    """Whether it was too wide, and could be narrowed."""
    if sys.platform == "win32":
        return False
    with suppress(OSError):
        found = path.lstat()
        theirs = stat.S_IMODE(found.st_mode) & 0o077
        # Through a link it might be anything; a folder with this bit, /tmp, is everybody's.
        is_ours = is_own(found) and not stat.S_ISLNK(found.st_mode) and not found.st_mode & stat.S_ISVTX
        if theirs and is_ours:
            path.chmod(stat.S_IMODE(found.st_mode) & 0o700)
            return True
    return False


def _restrict_on_windows(*paths: Path) -> None:
    if sys.platform == "win32":
        from cpdesk.base import owner_acl

        for path in paths:
            owner_acl.restrict(path)
