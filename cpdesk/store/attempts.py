"""Failed attempts to come in where no database can be asked, in a file beside it: a new start changes nothing.

It tells no more than the table of the database does (`delays.slot`). Whoever may throw it away may read the database,
too: it is there against whoever sits at the keyboard.
"""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import MAXYEAR, datetime
from pathlib import Path
from typing import Any, Final

from cpdesk.base import durable, private
from cpdesk.base.file_lock import FileLock
from cpdesk.domain.delays import Failures

FILE: Final = "cpdesk-attempts.json"
_LOCK: Final = "cpdesk-attempts.lock"


class Attempts:
    """What is written down in a data folder. Never raises: what cannot be written is as wrong as before."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._lock = FileLock(folder / _LOCK)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """For reading and writing at one go: of many processes that count at once each one's attempt counts."""
        with ExitStack() as held:
            with suppress(OSError):
                private.make_folder(self._file.parent)
                held.enter_context(self._lock.waited_for())
            yield

    def failures(self, slot: int) -> Failures | None:
        """The failed attempts under a number; None if there are none."""
        return self._stored().get(slot)

    def put(self, slot: int, failed: Failures) -> None:
        """Remember failed attempts."""
        self._write({**self._stored(), slot: failed})

    def forget(self, slot: int) -> None:
        """Begin to count anew."""
        stored = self._stored()
        if slot in stored:
            self._write({key: failed for key, failed in stored.items() if key != slot})

    def _stored(self) -> dict[int, Failures]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
            return {int(slot): _failures(*row) for slot, row in found.items()}
        except (OSError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return {}

    def _write(self, stored: dict[int, Failures]) -> None:
        plain = {str(slot): [one.count, one.last_at.isoformat()] for slot, one in stored.items()}
        draft = self._file.with_suffix(f".{os.getpid()}.tmp")
        with suppress(OSError):
            private.make_folder(self._file.parent)
            private.write(draft, json.dumps(plain).encode())
            durable.flush_file(draft)
            draft.replace(self._file)
            durable.flush_folder(self._file.parent)


def _failures(count: Any, last_at: Any) -> Failures:
    at = datetime.fromisoformat(last_at)
    if at.tzinfo is None or at.year == MAXYEAR:
        # Nothing can be added to the last instant that there is.
        raise ValueError(last_at)
    return Failures(int(count), at)
