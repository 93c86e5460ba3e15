"""Disks that fail under a command: full, broken, write-protected.

Whatever fails, the command ends with a code of its own and a sentence, has done all or nothing, and has done it where
it says so. When the disk works again `check` finds nothing, and the same command does what it is asked for.
"""

import errno
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cpdesk.store.backup import UNFINISHED
from tests.torture.aftermath import taken
from tests.torture.commands import LINES, OUTPUT, Line, Templates, counts_of, is_as_before, problems_of
from tests.torture.disk import Fault, Op
from tests.torture.recording import Rows, rows_at
from tests.torture.serving import Command, Ended, Server
from tests.torture.trial import Trial
from tests.torture.window_failing import Window

_REACH = 1 << 29
"""More operations than any command has."""
_KINDS: tuple[tuple[frozenset[Op], tuple[int, ...], tuple[int, ...]], ...] = (
    (frozenset({Op.WRITE, Op.MKDIR}), (errno.ENOSPC, errno.EDQUOT), (_REACH,)),
    (frozenset({Op.WRITE, Op.TRUNCATE}), (errno.EIO,), (1, _REACH)),
    (frozenset({Op.SYNC}), (errno.EIO,), (1, _REACH)),
    (frozenset({Op.READ}), (errno.EIO,), (1, _REACH)),
    (frozenset({Op.OPEN, Op.RENAME, Op.LINK, Op.MKDIR, Op.UNLINK}), (errno.EACCES, errno.EROFS), (1, _REACH)),
)
"""Operations that fail together, with which errors, and how often."""
_COMMANDS = 25
"""For each window, which takes as long."""
_BEHAVED = {0, 1, 3}
"""Exit codes: done, refused (the operator's file cannot be read), the surroundings."""


def fail(trial: Trial) -> None:
    """Let the disk fail under each kind of command once at least, then under more as long as there is time."""
    templates = Templates(trial.folder / "templates")
    with Server(trial.folder / "scratch", failing=True) as server:
        tests = [_Failing(trial, server, templates, name) for name in LINES]
        trial.dice.shuffle(tests)
        for test in tests:
            if trial.counts["faults"] and not trial.time_left():
                return
            test.once()
        while trial.time_left():
            ops, errors, _times = trial.dice.choice(_KINDS)
            Window(trial, server, templates).once(Fault(ops, trial.dice.choice(errors)))
            for _ in range(_COMMANDS):
                if trial.time_left():
                    trial.dice.choice(tests).once()


class _Failing:
    """One command line."""

    def __init__(self, trial: Trial, server: Server, templates: Templates, name: str) -> None:
        self._trial = trial
        self._server = server
        self._templates = templates
        self._name = name
        self._line = LINES[name]
        self._root = trial.folder / "root"
        self._operations: dict[frozenset[Op], int] = {}
        self._counts: dict[str, int] = {}

    def once(self) -> None:
        """One command, one fault."""
        ops, errors, times = self._trial.dice.choice(_KINDS)
        if ops not in self._operations:
            self._rehearse(ops)
        if not self._operations[ops]:
            return
        after = self._trial.dice.randrange(self._operations[ops])
        fault = Fault(ops, self._trial.dice.choice(errors), after, self._trial.dice.choice(times))
        folder = self._templates.copy(self._line, self._root)
        before, files = rows_at(folder / "cpdesk.db"), taken(self._root / OUTPUT)
        ended = self._run(folder, fault)
        self._trial.counts["faults"] += 1
        for trouble in self._troubles(folder, fault, ended, before, files):
            self._trial.found(f"{trouble}\n{ended.code}: {ended.err.strip()}", f"{self._name}, {fault.text}")

    def _rehearse(self, ops: frozenset[Op]) -> None:
        """How often the disk could fail so, and what the command comes to where it does not."""
        folder = self._templates.copy(self._line, self._root)
        ended = self._run(folder, Fault(ops, errno.EIO, _REACH))
        if ended.code:
            raise RuntimeError(f"{self._name} on a good disk ended with {ended.code}: {ended.err}")
        self._operations[ops] = ended.seen
        self._counts = counts_of(rows_at(folder / "cpdesk.db"))

    def _run(self, folder: Path, fault: Fault | None = None) -> Ended:
        words = [*self._line.at(self._root), "--json"]
        return self._server.run(Command(words, folder, self._line.instant, fault))

    def _troubles(
        self, folder: Path, fault: Fault, ended: Ended, before: Rows | None, files: Mapping[str, Any]
    ) -> Iterator[str]:
        yield from _troubles_of_telling(ended, self._line)
        after = rows_at(folder / "cpdesk.db")
        done = self._is_done(after, fault)
        if ended.code == 0 and not done:
            yield "it says that it was done, and it was not"
        unchanged = is_as_before(self._line, before, after)
        if ended.code and not unchanged and not (done and self._may_be_done(fault)):
            yield "it says that it was not done, and something was"
        if not self._may_be_done(fault):
            yield from self._troubles_of_files(files, told=ended.code == 0)
        if ended.code and unchanged:
            again = self._run(folder)
            if again.code:
                yield f"afterwards it ends with {again.code}: {again.err.strip()}"
            elif not self._is_done(rows_at(folder / "cpdesk.db"), fault):
                yield "afterwards it does not come to the same"
        yield from problems_of(folder, self._line)

    def _is_done(self, after: Rows | None, fault: Fault) -> bool:
        """A database that cannot be read counts as damaged: it is kept, and replaced with more to be audited."""
        apart = set(self._line.traces)
        if Op.READ in fault.ops and self._line.words[0] in {"restore", "move"}:
            apart.add("audit_entry")
        found = counts_of(after)
        return {name for name in found | self._counts if found.get(name) != self._counts.get(name)} <= apart

    def _may_be_done(self, fault: Fault) -> bool:
        """Whether it may be done though something is told to be wrong.

        What could not be synchronised may still arrive; what is to be shown may be what cannot be read; and what is
        due is settled anyway.
        """
        return fault.ops <= {Op.SYNC, Op.READ} or self._line.words == ("apply-due",)

    def _troubles_of_files(self, before: Mapping[str, Any], *, told: bool) -> Iterator[str]:
        after = {name: content for name, content in taken(self._root / OUTPUT).items() if UNFINISHED not in name}
        if not told and after != before:
            changed = sorted(name for name in after.keys() | before.keys() if after.get(name) != before.get(name))
            yield f"it says that it was not done, and left {changed}"


def _troubles_of_telling(ended: Ended, line: Line) -> Iterator[str]:
    if ended.code not in _BEHAVED:
        yield f"exit code {ended.code}"
    if ended.code == 0 or (line.words == ("check",) and ended.code == 1):
        return
    if not ended.err.strip() or "Traceback" in ended.err:
        yield "no sentence that says what is wrong"
    try:
        code = json.loads(ended.out)["error"]["code"]
    except (ValueError, KeyError):
        yield f"no error in JSON but {ended.out!r}"
    else:
        if code == "internal_error":
            yield "a fault of the disk is told as a bug"
