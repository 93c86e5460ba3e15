"""Processes that are killed at any moment: commands, and the program with its window.

Real processes, and a real SIGKILL. After each the program opens the data folder, `check` finds nothing, what was
acknowledged is there, and what was under way is there whole or not at all.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from cpdesk.base.errors import CodedError
from cpdesk.domain.moving import SUFFIX
from cpdesk.store.moving import prove
from tests.support.world import World
from tests.torture.aftermath import taken
from tests.torture.commands import CONTOSO, LINES, OUTPUT, Line, Templates, counts_of, is_as_before, problems_of
from tests.torture.operator import ASKED, KEPT, READY, SEAT, USER
from tests.torture.recording import is_finished, rows_at
from tests.torture.replaying import SETTLED_TWICE
from tests.torture.serving import Command, Ended, Server
from tests.torture.trial import Trial

KILLED = -9
_WINDOWS = 0.5
"""The share of the time that windows are killed in."""
_LATE = 1.5
"""Seconds in which a window is killed after it was ready."""
_PATIENCE = 100.0
"""Seconds that a window may take on a slow machine."""
_EARLY = 0.25
"""How many are killed before."""
_ACTION_OF = {SEAT: "seats.added", USER: "user.added", ASKED: "mode.requested", KEPT: "mode.withdrawn"}
_ACTIONS = f"SELECT action, count(*) FROM audit_entry WHERE action IN {tuple(_ACTION_OF.values())} GROUP BY action"
_SEATS = (
    "SELECT subscription.seats FROM subscription JOIN account ON account.id = account_id"
    " JOIN product ON product.id = product_id WHERE domain = ? AND part_number = 'SPB'"
)
_CHAIN = 5
"""Windows one after the other on one data folder."""


def kill(trial: Trial) -> None:
    """Kill commands and windows as long as there is time, each at least once."""
    templates = Templates(trial.folder / "templates")
    with Server(trial.folder / "scratch", failing=False) as server:
        commands = [_Killed(trial, server, templates, name) for name in LINES]
        windows = _Windows(trial, server, templates)
        windows.chain()
        trial.dice.choice(commands).once()
        while trial.time_left():
            spent = windows.seconds / trial.seconds
            if spent < _WINDOWS:
                windows.chain()
            else:
                trial.dice.choice(commands).once()


class _Killed:
    """One command line."""

    def __init__(self, trial: Trial, server: Server, templates: Templates, name: str) -> None:
        self._trial = trial
        self._server = server
        self._templates = templates
        self._name = name
        self._line = LINES[name]
        self._root = trial.folder / "root"
        self._seconds = 0.0
        self._counts: dict[str, int] = {}
        self._files: dict[str, Any] = {}

    def once(self) -> None:
        """One command, one kill."""
        if not self._seconds:
            self._rehearse()
        folder = self._templates.copy(self._line, self._root)
        before, files = rows_at(folder / "cpdesk.db"), taken(self._root / OUTPUT)
        moment = self._trial.dice.uniform(0, self._seconds)
        ended = self._run(folder, moment)
        self._trial.counts["kills" if ended.code == KILLED else "outran"] += 1
        for trouble in self._troubles(folder, ended, before, files):
            where = f"{self._name} killed after {moment:.4f} s"
            self._trial.found(f"{trouble}\n{ended.code}: {ended.out}{ended.err}", where)

    def _rehearse(self) -> None:
        folder = self._templates.copy(self._line, self._root)
        ended = self._run(folder)
        if ended.code:
            raise RuntimeError(f"{self._name} ended with {ended.code}: {ended.err}")
        self._seconds = ended.seconds
        self._counts, self._files = counts_of(rows_at(folder / "cpdesk.db")), taken(self._root / OUTPUT)

    def _is_whole(self, name: str, contents: tuple[Any, Any, Any]) -> bool:
        """One to move with is another one each time."""
        found, *known = contents
        if found in known:
            return True
        if not name.endswith(SUFFIX):
            return False
        try:
            prove(self._root / OUTPUT / name)
        except CodedError:
            return False
        return True

    def _run(self, folder: Path, kill_after: float | None = None) -> Ended:
        command = Command(self._line.at(self._root), folder, self._line.instant)
        return self._server.run(command if kill_after is None else replace(command, kill_after=kill_after))

    def _troubles(self, folder: Path, ended: Ended, before: Any, files: dict[str, Any]) -> Iterator[str]:
        after = rows_at(folder / "cpdesk.db")
        unchanged, done = is_as_before(self._line, before, after), counts_of(after) == self._counts
        if ended.out and not done:
            yield "what it told is not there"
        if not unchanged and not done:
            yield "it is done in part"
        present = taken(self._root / OUTPUT)
        for name, content in present.items():
            if is_finished(name) and not self._is_whole(name, (content, files.get(name), self._files.get(name))):
                yield f"{name} is not whole"
        if unchanged and not done:
            again = self._run(folder)
            if again.code or counts_of(rows_at(folder / "cpdesk.db")) != self._counts:
                yield f"done again it ends with {again.code}: {again.err.strip()}"
        yield from problems_of(folder, self._line)


class _Windows:
    """Windows on a data folder, one after the other; a change that is due waits for the first of them."""

    def __init__(self, trial: Trial, server: Server, templates: Templates) -> None:
        self._trial = trial
        self._server = server
        self._templates = templates
        self._root = trial.folder / "window"
        self._ready = 0.0
        """Seconds until somebody has signed in; 0 while that is not known."""
        self.seconds = 0.0
        """How long they took so far."""

    def chain(self) -> None:
        """Some windows; what one leaves the next one finds."""
        began, line = self._trial.seconds, LINES["settle"]
        folder = self._templates.copy(line, self._root)
        for number in range(_CHAIN):
            if number and not self._trial.time_left():
                break
            self._once(folder, line)
        self.seconds += self._trial.seconds - began

    def _once(self, folder: Path, line: Line) -> None:
        moment = self._moment(folder, line)
        before = Found(folder, line)
        ended = self._server.run(Command(None, folder, line.instant, kill_after=moment))
        self._trial.counts["kills"] += 1
        self._trial.counts["windows"] += 1
        told = said_by(ended)
        self._trial.counts["acknowledged"] += len(told)
        after = Found(folder, line)
        troubles = [*lost_of(told, before, after), *after.problems]
        if ended.code != KILLED:
            troubles.append(f"it ended by itself with {ended.code}")
        for trouble in troubles:
            self._trial.found(f"{trouble}\n{ended.err}", f"window killed after {moment:.4f} s")

    def _moment(self, folder: Path, line: Line) -> float:
        """Mostly when it is at work."""
        patience = _LATE
        while not self._ready:
            ended = self._server.run(Command(None, folder, line.instant, kill_after=patience))
            first = ended.out.split()[1:2] if ended.out.startswith(READY) else ["0"]
            self._ready, patience = float(first[0]), 2 * patience
            if patience > _PATIENCE:
                raise RuntimeError(f"nobody can sign in: {ended.err}")
        early = self._trial.dice.random() < _EARLY
        return self._trial.dice.uniform(*((0, self._ready) if early else (self._ready, self._ready + _LATE)))


def said_by(ended: Ended) -> list[list[str]]:
    """What was said to be done, in words."""
    lines = [said.split() for said in ended.out.splitlines(keepends=True) if said.endswith("\n")]
    return [words for words in lines if words[0] in _ACTION_OF]


class Found:
    """What the program finds in a data folder."""

    def __init__(self, folder: Path, line: Line) -> None:
        world = World(folder, line.instant)
        world.open()
        try:
            self.problems = [f"check: {problem}" for problem in world.problems()]
            self.twice = world.stored(SETTLED_TWICE)
            ((self.seats,),) = world.stored(_SEATS, CONTOSO)
            self.users = {upn for (upn,) in world.stored("SELECT upn FROM user")}
            self.changes = Counter(dict(world.stored(_ACTIONS)))
        finally:
            world.close()


def lost_of(told: list[list[str]], before: Found, after: Found, unsure: int = 1) -> Iterator[str]:
    """What was acknowledged and is not there, or there though nobody asked for it.

    So many changes may be there that were not acknowledged: one was under way.
    """
    asked = Counter(_ACTION_OF[what] for what, *_ in told)
    found = after.changes - before.changes
    if asked - found:
        yield f"acknowledged and missing: {dict(asked - found)}"
    if (found - asked).total() > unsure:
        yield f"more than {unsure} that were not acknowledged: {dict(found - asked)}"
    names = {name for what, *rest in told for name in rest if what == USER}
    if names - after.users:
        yield f"users are missing: {sorted(names - after.users)}"
    seats = [int(rest[0]) for what, *rest in told if what == SEAT]
    if seats and not 0 <= after.seats - seats[-1] <= unsure:
        yield f"there are {after.seats} seats, and {seats[-1]} were acknowledged"
    yield from (f"settled twice: {subject}" for (subject,) in after.twice)
