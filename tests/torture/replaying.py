"""Crashes of the whole machine: what is on the disk after each operation of a recorded process is opened and checked.

For each prefix of a recording several disks are made that a power failure may have left there (`aftermath`). On each
of them the program opens, `check` finds nothing, what was said to be done is there, and what was under way is there
whole or not at all.

The same after a synchronisation has failed once and the program went on: what was said to be done before and after is
there, though all that was to be written then may be lost.
"""

import errno
import shutil
import traceback
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from tests.support.world import World
from tests.torture import disk
from tests.torture.aftermath import AllContent, AllNames, Chance, Disk, Earlier, Everything, Image, Loss, Sizes
from tests.torture.disk import Fault, Op
from tests.torture.recording import BOOKS, Recording, Rows, State, for_people, laid_out, record, rows_at
from tests.torture.scenarios import SCENARIOS, unlock
from tests.torture.trial import Trial

_EXTREMES = (Loss(), Everything(), AllContent(), AllNames(), Earlier(), Sizes())
_CHANCES = 3
_WHOLE = 0.65
"""The share of the time in which no synchronisation fails."""
_TURN = 0.02
"""The share of one recording, once each had its turn."""
_TOGETHER = 12
"""Places that are visited in one pass through a recording."""
SETTLED_TWICE = "SELECT subject FROM audit_entry WHERE action = 'mode.completed' GROUP BY subject HAVING count(*) > 1"
_UPGRADES = "schema_migration"
"""The table that says when the database was brought to which schema."""


def replay(trial: Trial) -> None:
    """Crash as many recordings at as many places as there is time for, each at a few places at least."""
    disk.library()
    names = list(SCENARIOS)
    trial.dice.shuffle(names)
    recorded: list[Crashes] = []
    for number, name in enumerate(names):
        if recorded and not trial.time_left():
            return
        recorded.append(Crashes(trial, record(name, trial.folder / f"{number}"), trial.folder / "image"))
        recorded[-1].some(until=_WHOLE * (number + 1) / len(names))
        if number == 0:
            _fail_once(trial, recorded[-1])
    while trial.time_left():
        trial.dice.choice(recorded).some(until=trial.share + _TURN)
        _fail_once(trial, trial.dice.choice(recorded))


def _fail_once(trial: Trial, whole: "Crashes") -> None:
    """Have the same done once more with one synchronisation of a file that fails, and crash from there on.

    Not of a folder: where names cannot be written, the file systems of Linux write nothing any more.
    """
    syncs = whole.recording.syncs()
    if not syncs:
        return
    name, fault = whole.recording.name, Fault(frozenset({Op.SYNC}), errno.EIO, trial.dice.choice(syncs), 1)
    folder = trial.folder / "failing"
    recording = record(name, folder, fault)
    shutil.rmtree(folder)
    trial.counts.update({"failed syncs": 1, "faults": 1})
    begins = next((place for place, one in enumerate(recording.records) if one.op is Op.UNSYNCED), None)
    if begins is not None:
        crashes = Crashes(trial, recording, trial.folder / "image", f"{name}, {fault.text}", begins)
        crashes.some(until=trial.share + _TURN)


class Crashes:
    """The crashes of one recording."""

    def __init__(self, trial: Trial, recording: Recording, room: Path, told: str = "", begins: int = 0) -> None:
        """`room`: where disks are laid out; `told`: what a finding calls it; `begins`: before which nothing crashes."""
        self._trial = trial
        self.recording = recording
        self._room = room
        self._told = told or recording.name
        self._begins = begins
        self._seen: set[int] = set()
        """Hashes of the disks that were looked at, with what had been said by then."""
        self._visited: set[int] = set()

    def some(self, until: float) -> None:
        """Crash at places in any order, a few at least, until this share of the time is over."""
        places = [place for place in self.recording.positions() if place > self._begins]
        self._trial.dice.shuffle(places)
        for begin in range(0, len(places), _TOGETHER):
            if begin and not self._trial.time_left(until):
                return
            self.at(sorted(places[begin : begin + _TOGETHER]))

    def at(self, places: Sequence[int]) -> None:
        """Crash after so many operations each, in rising order."""
        present, done = Disk(self.recording.start), 0
        for place in places:
            for one in self.recording.records[done:place]:
                present.apply(one)
            done = place
            for loss in self._losses():
                self._look_at(present.image(loss), place, loss)
            self._trial.counts["prefixes"] += place not in self._visited
            self._visited.add(place)

    def _losses(self) -> Iterator[Loss]:
        yield from _EXTREMES
        for _ in range(_CHANCES):
            yield Chance(self._trial.dice.getrandbits(32))

    def _look_at(self, image: Image, place: int, loss: Loss) -> None:
        known = hash((self.recording.acknowledged(place), tuple(sorted(image.items()))))
        if known in self._seen:
            return
        self._seen.add(known)
        self._trial.counts["disks"] += 1
        for fault in faults_of(self.recording, image, place, self._room):
            where = f"{self._told} after {place} operations, lost: {loss.name}"
            self._trial.found(fault, where)


def faults_of(recording: Recording, image: Image, place: int, room: Path) -> list[str]:
    """What is not as it was promised after a crash that left this image, after so many operations."""
    told = recording.acknowledged(place)
    possible = recording.possible(told)
    faults = list(_faults_of_files(recording, image, possible))
    if SCENARIOS[recording.name].keeps:
        faults += _faults_of_keeping(recording, image, room)
    try:
        with laid_out(image, room) as folder:
            faults += _faults_of_books(recording, folder / BOOKS, possible)
    except Exception:  # noqa: BLE001 - whatever the program stumbles over is what is looked for
        faults.append(f"it does not open:\n{traceback.format_exc()}")
    return faults


def _faults_of_books(recording: Recording, folder: Path, possible: Sequence[State]) -> Iterator[str]:
    scenario = SCENARIOS[recording.name]
    world = World(folder, datetime.fromisoformat(recording.instant))
    try:
        unlock(world)
        (scenario.recover or World.open)(world)
        problems = world.problems()
        twice = world.stored(SETTLED_TWICE)
    finally:
        world.close()
    yield from (f"check: {problem}" for problem in problems)
    yield from (f"settled twice: {subject}" for (subject,) in twice)
    found = rows_at(world.store.path)
    expected = _expected(recording, possible)
    if expected and not any(_same(found, state.rows) for state in expected):
        yield f"neither as before nor as after: {_difference(found, expected[0])}"


def _expected(recording: Recording, possible: Sequence[State]) -> Sequence[State]:
    """As which of them the database may be found; none where anything is right that can be gone on from."""
    scenario, last = SCENARIOS[recording.name], recording.states[-1]
    if scenario.opens:
        return possible
    if recording.loose:
        return []
    if scenario.recover is None:
        # Whoever opens it finishes what was begun.
        return [last]
    return [last] if possible[0] is last else []


def _faults_of_files(recording: Recording, image: Image, possible: Sequence[State]) -> Iterator[str]:
    present = for_people(image)
    for name in frozenset[str].intersection(*(frozenset(state.files) for state in possible)):
        if name not in present:
            yield f"{name} is missing"
    known = {name for state in recording.states for name in state.files}
    for name, content in present.items():
        # What failed in the end may have been there for a while.
        if recording.loose and name not in known:
            continue
        if content not in [state.files.get(name) for state in recording.states]:
            yield f"{name} is not whole: {len(content)} bytes"


def _faults_of_keeping(recording: Recording, image: Image, room: Path) -> Iterator[str]:
    """Once something else is in its place, what was there is among the backups."""
    last = recording.states[-1]
    with laid_out(image, room) as folder:
        found = rows_at(folder / BOOKS / "cpdesk.db")
    if found is not None and not _same(found, recording.states[0].rows):
        present = for_people(image)
        yield from (f"{name} was not kept" for name in last.files if name not in present)


def _same(one: Rows | None, other: Rows | None) -> bool:
    if one is None or other is None:
        return one is other
    return {**one, _UPGRADES: []} == {**other, _UPGRADES: []}


def _difference(found: Rows | None, expected: State) -> str:
    if found is None or expected.rows is None:
        return "no database" if found is None else "a database"
    tables = sorted(found.keys() | expected.rows.keys())
    counts = {name: (len(found.get(name, ())), len(expected.rows.get(name, ()))) for name in tables}
    changed = [name for name in tables if found.get(name) != expected.rows.get(name)]
    return ", ".join(f"{name}: {counts[name][0]} rows, before {counts[name][1]}" for name in changed)
