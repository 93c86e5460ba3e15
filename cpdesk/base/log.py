"""The log file, for the person who has to find out what went wrong.

What may be logged: what the program did, on which records by number, error codes, durations, versions.
What may not: names, addresses, user principal names, domains, passwords, prices, texts typed by people, and
file names chosen by them. A log must be fit to be sent to a stranger without reading it first.
"""

import faulthandler
import logging
import time
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from cpdesk.base.paths import log_dir

_FORMAT = "%(asctime)s.%(msecs)03dZ %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s"
_BYTES = 1_000_000
_KEPT = 5


@dataclass(frozen=True)
class Log:
    """An open log: its file, and the file that a crash of the interpreter would be written to."""

    file: Path
    handler: RotatingFileHandler
    crashes: TextIO

    def close(self) -> None:
        """Stop logging and let go of both files."""
        faulthandler.disable()
        self.crashes.close()
        logging.getLogger().removeHandler(self.handler)
        self.handler.close()


def start(level: int = logging.INFO) -> Log | None:
    """Log to `cpdesk.log` (times in UTC, six files of 1 MB) and crashes to `crash.log`, in the log folder.

    Returns None if the folder cannot be written: a program without a log is better than none.
    """
    folder = log_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        crashes = (folder / "crash.log").open("a", encoding="utf-8")
    except OSError:
        return None
    faulthandler.enable(crashes)
    handler = _handler(folder / "cpdesk.log")
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    return Log(folder / "cpdesk.log", handler, crashes)


def _handler(file: Path) -> RotatingFileHandler:
    handler = RotatingFileHandler(file, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    formatter = logging.Formatter(_FORMAT, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    return handler
