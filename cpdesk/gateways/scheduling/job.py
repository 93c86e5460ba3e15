"""What the system's scheduler is asked to do: run `apply-due` of one program on one data folder."""

import os
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cpdesk.base import private
from cpdesk.base.errors import KnownError
from cpdesk.gateways.exports import write_whole

MINUTE: Final = 5
"""Of each hour, at which it runs."""

_MARK: Final = "apply-due.ran"
"""The file in the data folder whose time says when it ran last."""


@dataclass(frozen=True, slots=True)
class Job:
    """A program by the words that start it, and the data folder it works on."""

    program: Sequence[str]
    folder: Path

    @property
    def name(self) -> str:
        """What the scheduler knows it by: each data folder has a job of its own."""
        return f"cpdesk-apply-due-{zlib.crc32(os.fsencode(self.folder)):08x}"

    @property
    def words(self) -> tuple[str, ...]:
        """The whole command."""
        return (*self.program, "--data", str(self.folder), "apply-due")

    def last_run(self) -> datetime | None:
        """When it ran last (UTC), whoever started it; None if that is not known."""
        try:
            return datetime.fromtimestamp(self._mark.stat().st_mtime, UTC)
        except OSError:
            return None

    def ran(self, now: datetime) -> None:
        """Remember that it ran at `now` (UTC). A data folder that cannot be written remembers nothing."""
        with suppress(OSError):
            private.provide(self._mark)
            os.utime(self._mark, (now.timestamp(), now.timestamp()))

    @property
    def _mark(self) -> Path:
        return self.folder / _MARK


class JobScheduler:
    """What all schedulers have in common: one job, and a memory of its last run."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def ran(self, now: datetime) -> None:
        """Remember that it ran at `now` (UTC), as far as that can be written down."""
        self._job.ran(now)


def write(path: Path, data: bytes) -> None:
    """Write a file of the scheduler's, whole. Raises KnownError, what `exports.write_csv` does."""
    try:
        private.make_folder(path.parent)
    except PermissionError as error:
        raise KnownError("file_not_writable", path=str(path)) from error
    except OSError as error:
        raise KnownError("disk_trouble", path=str(path), reason=error.strerror or "") from error
    write_whole(path, lambda: data, private.FILE)


def read(path: Path) -> bytes | None:
    """What a file of the scheduler's says; None if there is none to be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def remove(*paths: Path) -> None:
    """Delete files, as far as they are there. Raises KnownError `file_not_writable`."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise KnownError("file_not_writable", path=str(path)) from error
