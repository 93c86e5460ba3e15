"""A disk that fails for a while under the window at work.

The window stays, says for each change that it failed and why, has a banner above the page where that is the disk's
fault, loses nothing that was acknowledged, and goes on when the disk works again. Errors come from the system's calls
(`disk.c`), so that SQLite and Qt meet them as well.
"""

from collections.abc import Iterator
from pathlib import Path

from tests.torture.commands import LINES, Templates
from tests.torture.disk import Fault, Op
from tests.torture.killing import KILLED, Found, lost_of, said_by
from tests.torture.operator import BANNER, BUG, FAILED
from tests.torture.serving import Command, Ended, Server
from tests.torture.trial import Trial

_MOST_OPERATIONS = 1200
"""After how many the disk fails at the latest: somebody has signed in after some hundred."""
_FAILURES = 40
"""How often it fails."""
_SECONDS = 8.0


class Window:
    """One window, one fault."""

    def __init__(self, trial: Trial, server: Server, templates: Templates) -> None:
        self._trial = trial
        self._server = server
        self._templates = templates

    def once(self, fault: Fault) -> None:
        """Let a disk fail so, but from another moment on, and not for ever."""
        after, times = self._trial.dice.randrange(_MOST_OPERATIONS), self._trial.dice.randint(1, _FAILURES)
        fault, line = fault._replace(after=after, times=times), LINES["settle"]
        folder = self._templates.copy(line, self._trial.folder / "window")
        before = Found(folder, line)
        ended = self._server.run(Command(None, folder, line.instant, fault, _SECONDS))
        failed = sum(said.startswith(FAILED) for said in ended.out.splitlines())
        banners = sum(said.startswith(BANNER) for said in ended.out.splitlines())
        self._trial.counts.update({"windows": 1, "failed changes": failed, "banners": banners, "faults": 1})
        # What could not be synchronised may have arrived; it is found when the database is opened the next time.
        unsure = 1 + failed if fault.ops <= {Op.SYNC, Op.READ} else 1
        for trouble in _troubles(folder, ended, before, unsure):
            self._trial.found(f"{trouble}\n{ended.err}", f"window, {fault.text} {times} times")


def _troubles(folder: Path, ended: Ended, before: Found, unsure: int) -> Iterator[str]:
    if ended.code != KILLED:
        yield f"it ended by itself with {ended.code}"
    yield from (said for said in ended.out.splitlines() if said.startswith(BUG))
    for log in (folder / "logs").glob("cpdesk*.log"):
        text = log.read_text(encoding="utf-8", errors="replace")
        if " CRITICAL " in text:
            yield f"it was told as a crash:\n{text[-2000:]}"
    after = Found(folder, LINES["settle"])
    yield from lost_of(said_by(ended), before, after, unsure)
    yield from after.problems
