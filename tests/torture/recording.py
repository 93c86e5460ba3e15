"""What a scenario does to the disk, recorded once, and how things stood each time something was said to be done."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from cpdesk.base.errors import KnownError
from cpdesk.store.backup import UNFINISHED
from tests.support.world import World, dump
from tests.torture import disk
from tests.torture.acting import FAILED
from tests.torture.aftermath import Disk, Image, Loss, lay_out, taken
from tests.torture.disk import Fault, Op, Record
from tests.torture.scenarios import OUTPUT, SCENARIOS, unlock

TOP = Path(__file__).parents[2]
BOOKS = "books"
"""The data folder, in the root."""
_PATIENCE = 120
_FOR_PEOPLE = (f"{BOOKS}/{OUTPUT}/", f"{BOOKS}/backups/")
_BESIDE = ("-wal", "-shm", "-journal")
_QUIET = {Op.CLOSE, Op.DUP, Op.READ, Op.FAULT}

Rows = Mapping[str, list[tuple[Any, ...]]]


class State(NamedTuple):
    """What a person can count on at some time."""

    rows: Rows | None
    """Of the database; None where there is none that SQLite can open."""
    files: Mapping[str, bytes]
    """That were written for people, and backups."""


@dataclass(frozen=True)
class Recording:
    """All that a process did, from before it opened the database until after it closed it."""

    name: str
    instant: str
    start: Image
    records: list[Record]
    states: list[State]
    """At the beginning, when the database was open, and after each act."""
    loose: frozenset[int] = frozenset()
    """The places of those states after an act that failed: any of it may be there, or nothing, until something else
    is synchronised."""
    halfway: Mapping[int, list[State]] = field(default_factory=dict)
    """Further states after something had failed, by how much was told: an act first settles what was not settled."""

    def acknowledged(self, position: int) -> int:
        """The place of the last state that was reached and told before a record."""
        return sum(record.op is Op.MARK for record in self.records[:position])

    def possible(self, told: int) -> list[State]:
        """As which of its states it may be found once so many were told: the last of them, or the one under way.

        Of what failed since the last one that did not, anything may have arrived; what failed tells nothing.
        """
        first = next(place for place in range(told, -1, -1) if place not in self.loose)
        return [*self.states[first : told + 2], *self.halfway.get(told, [])]

    def syncs(self) -> list[int]:
        """Which synchronisations, counted from 0, are those of a file."""
        present, found, number = Disk(self.start), [], 0
        for one in self.records:
            present.apply(one)
            if one.op is Op.SYNC:
                found += [] if present.is_folder(one.file) else [number]
                number += 1
        return found

    def positions(self) -> list[int]:
        """After how many records a crash makes a difference."""
        return [place + 1 for place, record in enumerate(self.records) if record.op not in _QUIET]


def record(name: str, folder: Path, fault: Fault | None = None) -> Recording:
    """Have a process of its own do what a scenario says, in a folder that is made for it. Raises SkippedError.

    `fault` is how its disk fails: then the acts that this is the end of are told by `failed`.
    """
    root = folder / "recorded"
    root.mkdir(parents=True)
    world = SCENARIOS[name].arrange(root / BOOKS)
    start, log = taken(root), folder / "log"
    instant = world.clock.now().isoformat()
    words = [sys.executable, "-m", "tests.torture.acting", name, str(root / BOOKS), instant]
    surroundings = os.environ | disk.environment(root, log, fault) | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        words, cwd=TOP, env=surroundings, capture_output=True, encoding="utf-8", timeout=_PATIENCE, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{name} ended with {done.returncode}: {done.stderr}")
    records = disk.read_log(log)
    _require_true(start, records, root)
    states = list(_states(start, records, folder / "state"))
    halfway = _halfway(start, records, folder / "state")
    return Recording(name, instant, start, records, states, frozenset(_loose(records)), halfway)


def _loose(records: list[Record]) -> Iterator[int]:
    """The places of the states that a failure has left open."""
    place, open_since_failure = 0, False
    for one in records:
        if one.op is Op.UNSYNCED:
            open_since_failure = True
        elif one.op is Op.SYNC:
            open_since_failure = False
        elif one.op is Op.MARK:
            place += 1
            if open_since_failure or one.name.startswith(FAILED):
                yield place


def _require_true(start: Image, records: list[Record], root: Path) -> None:
    """What was recorded has to lead to what is there; otherwise something was overlooked."""
    told = Disk(start)
    for one in records:
        told.apply(one)
    expected, present = told.image(Loss()), taken(root)
    assert expected.keys() == present.keys(), f"names were overlooked: {expected.keys() ^ present.keys()}"
    wrong = [name for name, content in present.items() if content != expected[name] and not name.endswith("-shm")]
    assert not wrong, f"writes to {wrong} were overlooked"


def _halfway(start: Image, records: list[Record], room: Path) -> dict[int, list[State]]:
    """How things stood at each synchronisation after one that failed."""
    present, told, failed = Disk(start), 0, False
    found: dict[int, list[State]] = {}
    for one in records:
        present.apply(one)
        told += one.op is Op.MARK
        failed = failed or one.op is Op.UNSYNCED
        if failed and one.op is Op.SYNC:
            found.setdefault(told, []).append(_state(present.image(Loss()), room))
    return found


def _states(start: Image, records: list[Record], room: Path) -> Iterator[State]:
    present = Disk(start)
    yield _state(start, room)
    for one in records:
        present.apply(one)
        if one.op is Op.MARK:
            yield _state(present.image(Loss()), room)


def _state(image: Image, room: Path) -> State:
    with laid_out(image, room) as folder:
        return State(rows_at(folder / BOOKS / "cpdesk.db"), for_people(image))


@contextmanager
def laid_out(image: Image, folder: Path) -> Iterator[Path]:
    """The files of an image for a while, in a folder that is not there before or after."""
    lay_out(image, folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def rows_at(path: Path) -> Rows | None:
    """What SQLite finds in a database; None where there is none."""
    unlock(World(path.parent))
    try:
        return dump(path) or None if path.exists() and path.stat().st_size else None
    except (sqlite3.DatabaseError, KnownError):
        return None


def for_people(image: Image) -> dict[str, bytes]:
    """The files that somebody can count on: not those that are told by their names to be unfinished."""
    return {
        name: content
        for name, content in image.items()
        if content is not None and name.startswith(_FOR_PEOPLE) and is_finished(name)
    }


def is_finished(name: str) -> bool:
    """Whether a file is one that somebody can count on, by its name."""
    if name.endswith(_BESIDE):
        return False
    return not any(part.startswith(".cpdesk-") or UNFINISHED in part for part in name.split("/"))
