"""One input, and whether the promises were kept: refused and nothing changed, or taken over and the books right."""

import resource
import shutil
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cpdesk.base.errors import CodedError, UserError
from cpdesk.base.messages import message
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.store import connection
from tests.support.world import World, dump
from tests.torture.fuzzing import window_files
from tests.torture.fuzzing.targets import Accounts, Material, Target, arranged

LONGEST_SECONDS = 5.0
"""Of computing: what another process takes from this one is not its fault."""
MOST_MEGABYTES = 300
INPUT = "input"
"""What the file is called that is judged."""
_ATTEMPTS = "cpdesk-attempts"
_THROUGH = 8
"""One in so many of the files that cannot even be read is given to the use cases all the same."""
LONGEST_TEXT = 7_000
"""Letters of what an operator is told: of twenty rows that are named with what is wrong each has some hundred."""


class HangError(BaseException):
    """It takes too long. Not an Exception: nothing may take it for one of its own."""


class Verdict(NamedTuple):
    """What became of one input."""

    refused: bool
    wrong: str = ""
    """What promise was broken, with where; nothing where none was."""


class Judge:
    """A database in a folder, put right again after each file that was taken over."""

    def __init__(self, target: Target, folder: Path) -> None:
        self._target = target
        self._folder = folder / "books"
        self._pristine = folder / "pristine"
        world, self._accounts = arranged(self._folder)
        self.material = _material(target, world, self._accounts, folder)
        world.close()
        if target.fresh:
            shutil.rmtree(self._folder)
            self._folder.mkdir()
        shutil.copytree(self._folder, self._pristine)
        self._before = {} if target.fresh else dump(self._pristine / DATABASE_FILE)
        self._names = _names_in(self._pristine)
        self.file = folder / f"{INPUT}{target.ending}"
        """The one that is judged."""
        self._world = self._opened()
        self._inputs = 0

    def close(self) -> None:
        """Let go of the database."""
        self._world.close()

    def judge(self, data: bytes) -> Verdict:
        """Give the file to the use case."""
        self.file.write_bytes(data)
        before = _changes()
        try:
            with _at_most(LONGEST_SECONDS):
                self._read_first()
                self._target.run(self._world, self._accounts, self.file)
        except CodedError as error:
            return Verdict(refused=True, wrong=self._after_refusal(error, before))
        except HangError:
            return self._broken(f"took more than {LONGEST_SECONDS:g} s of computing")
        except MemoryError:
            return self._broken("ran out of memory")
        except Exception:  # noqa: BLE001 - that is what is looked for
            return self._broken(_where())
        return Verdict(refused=False, wrong=self._after_change(before))

    def _read_first(self) -> None:
        """Raise the refusal of what cannot even be read; one in so many is left to the use cases all the same."""
        self._inputs += 1
        if self._target.read is None or self._inputs % _THROUGH == 0:
            return
        try:
            self._target.read(self.file)
        except UserError as error:
            # In that case people are asked, and may go on.
            if error.code != "file_encoding_unknown":
                raise

    def _broken(self, what: str) -> Verdict:
        self._reset()
        return Verdict(refused=False, wrong=what)

    def _after_refusal(self, error: CodedError, before: int) -> str:
        wrong = _of_the_words(error)
        if not isinstance(error, UserError) and error.code not in self._target.troubles:
            wrong = wrong or f"not a refusal but {error.code}"
        names = _names_in(self._folder)
        # The counter goes on with what is rolled back as well: where it stands still nothing can have changed.
        if _changes() != before or names != self._names:
            changed = sorted(names ^ self._names) + self._changed()
            wrong = wrong or (f"refused with {error.code}, yet changed {changed}" if changed else "")
            self._reset()
        return wrong

    def _changed(self) -> list[str]:
        if self._target.fresh:
            return []
        self._world.close()
        after = dump(self._world.store.path)
        self._world = self._opened()
        return [table for table, rows in after.items() if rows != self._before[table]]

    def _after_change(self, before: int) -> str:
        if _changes() == before and _names_in(self._folder) == self._names:
            return ""
        if self._target.fresh:
            self._world.open()
        problems = self._world.problems()
        self._reset()
        return f"check is not content: {[problem.code for problem in problems]}" if problems else ""

    def _reset(self) -> None:
        self._world.close()
        shutil.rmtree(self._folder)
        shutil.copytree(self._pristine, self._folder)
        self._world = self._opened()

    def _opened(self) -> World:
        world = World(self._folder)
        if not self._target.fresh:
            world.open()
        return world


def _material(target: Target, world: World, accounts: Accounts, folder: Path) -> Material:
    backup, export = folder / "backup.db", folder / "export.zip"
    world.services.backups.make(world.by, backup)
    world.services.account_exports.write(world.by, accounts.usage, export)
    # Only where it is needed: a window takes its time and much memory.
    window = window_files.remembered(world, accounts.usage, folder) if target.ending == ".ini" else b""
    return Material(backup.read_bytes(), export.read_bytes(), window)


def _changes() -> int:
    """How much was changed by the connection that is open; -1 without one."""
    return connection.plain().total_changes if connection.is_connected() else -1


def _names_in(folder: Path) -> frozenset[str]:
    """The files in the data folder, but for those that come and go with the database, which is none while empty.

    Attempts to sign in are counted, too.
    """
    found = (str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    return frozenset(name for name in found if not name.startswith((f"{DATABASE_FILE}-", _ATTEMPTS)))


def peak_megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _of_the_words(error: CodedError) -> str:
    """What is wrong with what the operator is told."""
    text = message(error)
    if len(text) > LONGEST_TEXT:
        return f"{error.code} is told in {len(text)} letters"
    if any(letter < " " and letter != "\n" for letter in text):
        return f"{error.code} is told with control characters"
    return ""


def _where() -> str:
    """The error and the last of our own lines on its way: one finding for each, however many inputs get there."""
    text = traceback.format_exc().rstrip().splitlines()
    ours = [line.strip() for line in text if "/cpdesk/" in line and line.strip().startswith("File")]
    return f"{text[-1][:300]} at {ours[-1] if ours else text[-3].strip()}"


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    def end(_signal: int, _frame: object) -> None:
        raise HangError

    former = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


__all__ = ["Accounts", "Judge", "Verdict", "peak_megabytes"]
