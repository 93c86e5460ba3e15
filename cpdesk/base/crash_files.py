"""What the interpreter says when it crashes, a segmentation fault for instance, and telling it at the next start.

Each process writes to a file of its own in the log folder: whoever finds one that is not empty, and can have it,
knows that its process has crashed, whichever it was.
"""

import faulthandler
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from cpdesk.base import private, scrubbing
from cpdesk.base.paths import log_dir

_NAME = re.compile(r"crash(?:-(\d+))?\.log")
"""With the number of the process; the first version had one file for all."""
_ARCHIVE = "crashes"
_KEPT = 5


def listen(folder: Path) -> TextIO | None:
    """Have a crash written to a file in this folder.

    None where somebody else wants to hear of crashes already, a test runner for instance: it goes on to. Raises
    OSError where the folder cannot be written.
    """
    if faulthandler.is_enabled():
        return None
    # Open for as long as the process lives.
    file = open(folder / f"crash-{os.getpid()}.log", "a", encoding="utf-8", opener=private.opener)  # noqa: SIM115
    faulthandler.enable(file)
    return file


def end(file: TextIO) -> None:
    """Undo `listen`. What was written was no crash: the program lives on."""
    faulthandler.disable()
    file.close()
    _put_away(Path(file.name))


def take() -> str:
    """What processes that have crashed have said since the last time, "" if nothing. It is kept in the archive."""
    try:
        files = sorted(path for path in log_dir().iterdir() if _NAME.fullmatch(path.name))
    except OSError:
        return ""
    return "\n".join(filter(None, map(_said, files)))


def _said(path: Path) -> str:
    try:
        if path.stat().st_size == 0:
            if not _is_awaited(path):
                path.unlink()
            return ""
        text = path.read_text(encoding="utf-8", errors="backslashreplace")
        head = f"crash of {_ended(path):%Y-%m-%dT%H:%M:%SZ}"
    except OSError:
        return ""
    # Windows does not let go of the file of a process that lives: what that has written was no crash.
    return f"{head}\n{scrubbing.masked(text)}" if _put_away(path) else ""


def _put_away(path: Path) -> bool:
    """Move the file of a crash into the archive, which keeps the latest ones; an empty one goes. Whether it went."""
    try:
        if path.stat().st_size == 0:
            path.unlink()
            return True
        archive = path.parent / _ARCHIVE
        private.make_folder(archive)
        path.replace(archive / f"{_ended(path):%Y%m%dT%H%M%SZ}-{path.name}")
        for old in sorted(archive.iterdir())[:-_KEPT]:
            old.unlink()
    except OSError:
        return False
    return True


def _ended(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _is_awaited(path: Path) -> bool:
    """Whether a process that lives may still write to an empty file."""
    found = _NAME.fullmatch(path.name)
    # Windows keeps the file of a process that lives, and has no harmless way to ask.
    if found is None or found.group(1) is None or sys.platform == "win32":
        return False
    try:
        os.kill(int(found.group(1)), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
