"""Having what was written, and its name, survive a power failure: the system keeps both in memory for a while.

A file is on the disk once it is synchronised; its name, and that of a new folder, once the folder that it stands in is.
"""

import errno
import os
import sys
from pathlib import Path
from typing import Final

_NOT_POSSIBLE: Final = frozenset({errno.EACCES, errno.EPERM, errno.EINVAL, errno.ENOTSUP, errno.EBADF})
"""A folder that may be written to and not read, and file systems (networks above all) that know no such thing."""


def synchronise(file: int) -> None:
    """Wait until the content of an open file is on the disk. Raises OSError."""
    if sys.platform == "darwin":
        import fcntl

        # There fsync leaves it in the disk's own memory.
        fcntl.fcntl(file, fcntl.F_FULLFSYNC)
    else:
        os.fsync(file)


def flush_file(path: Path) -> None:
    """Wait until the content of a file that is not open is on the disk. Raises OSError."""
    # Windows flushes only what could be written.
    file = os.open(path, os.O_RDWR)
    try:
        synchronise(file)
    finally:
        os.close(file)


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows sees to that by itself. Raises OSError."""
    if os.name != "posix":
        return
    try:
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        if error.errno not in _NOT_POSSIBLE:
            raise


def make_folders(folder: Path, mode: int = 0o777) -> None:
    """Make a folder and those that it stands in, unless they are there, with names that last. Raises OSError.

    `mode` is for the folder itself.
    """
    if folder.is_dir():
        return
    if not folder.parent.exists():
        make_folders(folder.parent)
    folder.mkdir(mode, exist_ok=True)
    flush_folder(folder.parent)
