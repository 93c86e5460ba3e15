"""What a kill would leave of a folder at each moment of a task, from one run of the task.

What a process has written is the system's, whether the process lives on or not, and locks go with the process: a copy
of the folder, made while the task stands still, is what a kill leaves at that moment.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_MEMORY = "-shm"
"""Ends the name of what SQLite makes anew when it opens a database that nobody has open."""


class Left(NamedTuple):
    """What a task left in copies of its folder."""

    moments: int
    """How many it had; between some of them nothing was written."""
    died: list[Path]
    """Where it came to its end at one of them."""
    finished: Path
    """Where it was done, but not put away."""


class Copies:
    """Copies a folder whenever it is called and finds the folder as at none of the moments before."""

    def __init__(self, folder: Path, place: Path, every: int = 1) -> None:
        """The copies stand in `place`, which must not be there yet; only each so many moments it looks."""
        self.moments = 0
        self.places: list[Path] = []
        self._folder, self._place, self._every = folder, place, every
        self._last: dict[Path, bytes | None] = {}
        self._seen: set[bytes] = set()
        self._files: dict[tuple[int, int], int] = {}
        self._looking = False

    def __call__(self, *_what: object) -> None:
        """This is a moment, unless it is one of looking."""
        if self._looking:
            return
        self._looking = True
        self.moments += 1
        if self.moments % self._every == 0:
            self._look()
        self._looking = False

    def left(self) -> Left:
        """The task is done."""
        # SQLite does not pass on what is raised while it tells of a statement.
        assert not self._looking, "looking has failed"
        died, moments = list(self.places), self.moments
        self._looking = True
        self._last = {}
        self._seen.clear()
        self.moments += 1
        self._look()
        for file in self._files.values():
            os.close(file)
        return Left(moments, died, self.places[-1])

    def _look(self) -> None:
        found = {path: self._content(path) for path in self._all()}
        if found == self._last:
            return
        self._last = found
        digest = hashlib.blake2b()
        for path, content in sorted(found.items()):
            told = b"" if content is None or path.name.endswith(_MEMORY) else content
            digest.update(f"{path} {content is None} {len(told)}\n".encode() + told)
        if digest.digest() not in self._seen:
            self._seen.add(digest.digest())
            self._copy(found)

    def _all(self) -> Iterator[Path]:
        for folder, folders, files in os.walk(self._folder):
            yield from (Path(folder, name) for name in (*folders, *files))

    def _content(self, path: Path) -> bytes | None:
        """The bytes of a file; None of a folder."""
        if path.is_dir():
            return None
        known = path.stat()
        key = known.st_dev, known.st_ino
        # Kept open to the end: closing a file lets go of the locks that this process has on it by SQLite.
        if key not in self._files:
            self._files[key] = os.open(path, os.O_RDONLY)
        return os.pread(self._files[key], known.st_size, 0)

    def _copy(self, found: dict[Path, bytes | None]) -> None:
        copy = self._place / str(self.moments)
        copy.mkdir(parents=True)
        for path, content in found.items():
            target = copy / path.relative_to(self._folder)
            if content is None:
                target.mkdir()
            else:
                target.write_bytes(content)
            shutil.copystat(path, target)
        self.places.append(copy)
