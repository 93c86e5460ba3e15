"""The log file, for the person who has to find out what went wrong.

What may be logged: what the program did, on which records by number, error codes, durations, versions.
What may not: names, addresses, user principal names, domains, passwords, prices, texts typed by people, and
file names chosen by them. A log must be fit to be sent to a stranger without reading it first: errors are
written as `cpdesk.base.scrubbing` describes them.
"""

import logging
import time
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

from cpdesk.base import crash_files, private, scrubbing
from cpdesk.base.paths import log_dir

_FORMAT = "%(asctime)s.%(msecs)03dZ %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s"
_BYTES = 1_000_000
_KEPT = 5

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


@dataclass(frozen=True)
class Log:
    """An open log: its file, and the file that a crash of the interpreter would be written to, if it is ours."""

    file: Path
    handler: RotatingFileHandler
    crashes: TextIO | None

    def close(self) -> None:
        """Stop logging and let go of both files."""
        if self.crashes is not None:
            crash_files.end(self.crashes)
        logging.getLogger().removeHandler(self.handler)
        self.handler.close()


def start(level: int = logging.INFO) -> Log | None:
    """Log to `cpdesk.log` (times in UTC, six files of 1 MB) and crashes beside it, readable by their owner alone.

    Returns None if the folder cannot be written: a program without a log is better than none.
    """
    folder = log_dir()
    try:
        private.make_folder(folder)
        private.narrow_all(folder)
        crashes = crash_files.listen(folder)
    except OSError:
        return None
    handler = _Handler(folder / "cpdesk.log")
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    return Log(folder / "cpdesk.log", handler, crashes)


class _Handler(RotatingFileHandler):
    """Never a second failure: a log that cannot be written stops nothing, and is not told at length."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
        formatter = _Formatter(_FORMAT, "%Y-%m-%dT%H:%M:%S")
        formatter.converter = time.gmtime
        self.setFormatter(formatter)

    def doRollover(self) -> None:  # noqa: N802 - called by logging
        # Where another process has the file open, Windows does not rename it: it grows until that has ended.
        with suppress(OSError):
            super().doRollover()
        if self.stream is None:
            self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - called by logging
        """Do without."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", errors="backslashreplace", opener=private.opener)


class _Formatter(logging.Formatter):
    """Leaves out what is about people."""

    def format(self, record: logging.LogRecord) -> str:
        # What another formatter has made of the error would be taken for ours, and ours for theirs.
        kept, record.exc_text = record.exc_text, None
        try:
            return scrubbing.masked(super().format(record))
        finally:
            record.exc_text = kept

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - called by logging
        return scrubbing.described(ei[1]).rstrip() if ei[1] is not None else ""
