"""Running the parts, one on each core, each for its share of the time, and adding up what they tell."""

import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple

from tests.torture.trial import Finding, Part, SkippedError, Trial

_MEMORY = "/dev/shm"
_ROOM = 1 << 30
"""Bytes that are more than enough."""
_TOLD = 5
"""Findings of a part that are told at once; all of them are in the JSON."""
_GRACE = 1800.0
"""Seconds that a part may take over its time: what it has begun it ends, on a slow machine too."""
_LAST_WORDS = 60.0
"""Seconds in which a part that is stopped says how far it came."""


class Outcome(NamedTuple):
    """What became of a part."""

    part: str
    seconds: float
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    skipped: str = ""
    """Why it was not run; empty where it was."""
    stopped: bool = False
    """Whether somebody did not wait for its end."""


class StoppedError(BaseException):
    """Somebody does not want to wait any longer. Not an Exception: no part may take it for a finding."""


class _Job(NamedTuple):
    name: str
    part: Part
    seconds: float = 0.0


class _Running(NamedTuple):
    job: _Job
    process: BaseProcess
    ends: float
    """When its time is over, by `time.monotonic`."""
    folder: Path

    def tidy(self) -> None:
        """Take back what it needed, whatever it has left."""
        self.process.join()
        shutil.rmtree(self.folder, ignore_errors=True)


def run_parts(parts: Mapping[str, Part], minutes: float, seed: int, lanes: int | None = None) -> list[Outcome]:
    """Run all parts, as many at the same time as there are cores (or `lanes`), in processes of their own.

    Ctrl+C stops them: what they have done until then is told. Outcomes are in the order of the parts.
    """
    jobs = [_Job(name, part) for name, part in parts.items()]
    # What takes long begins first.
    jobs.sort(key=lambda job: -job.part.weight)
    abreast = min(lanes or cores(), len(jobs)) if hasattr(os, "fork") else 1
    found = _Runner(jobs, time.monotonic() + 60 * minutes, seed, abreast).run()
    return [found[name] for name in parts if name in found]


def cores() -> int:
    """How many processes this one may have at work."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def summary(outcomes: list[Outcome], minutes: float, seed: int) -> dict[str, Any]:
    """One document about all of it. `totals` has at least prefixes, kills, faults and inputs."""
    totals = Counter(dict.fromkeys(("prefixes", "kills", "faults", "inputs"), 0))
    for outcome in outcomes:
        totals.update(outcome.counts)
    findings = sum(len(outcome.findings) for outcome in outcomes)
    return {
        "ok": findings == 0,
        "interrupted": any(outcome.stopped for outcome in outcomes),
        "minutes": minutes,
        "seed": seed,
        "totals": {what: number for what, number in totals.items() if what in _TOTALS},
        "findings": findings,
        "parts": [_plain(outcome) for outcome in outcomes],
    }


_TOTALS = ("prefixes", "disks", "kills", "acknowledged", "faults", "inputs", "inputs taken over", "buttons pressed")
"""What can be added up, and says something."""


def tell(text: str) -> None:
    """Say on standard error how far it has come."""
    print(f"torture: {text}", file=sys.stderr, flush=True)  # noqa: T201 - a command of the developer


class _Runner:
    """Parts at work, and those that wait for a place."""

    def __init__(self, jobs: Sequence[_Job], ends: float, seed: int, abreast: int) -> None:
        self._waiting = list(jobs)
        self._ends = ends
        self._seed = seed
        self._abreast = abreast
        self._running: dict[Connection, _Running] = {}
        self._found: dict[str, Outcome] = {}

    def run(self) -> dict[str, Outcome]:
        """What became of each part, by its name."""
        with _stoppable_at_rest():
            try:
                while self._waiting or self._running:
                    while self._waiting and len(self._running) < self._abreast:
                        self._start(self._next())
                    self._collect()
            except KeyboardInterrupt:
                tell("stopping; once more to stop without a word")
                self._stop()
            finally:
                for one in self._running.values():
                    _kill(one)
        return self._found

    def _next(self) -> _Job:
        """The next one with its time: by its weight its share of what all cores have left."""
        now = time.monotonic()
        left = max(0.0, self._ends - now)
        free = self._abreast * left - sum(max(0.0, one.ends - now) for one in self._running.values())
        weights = sum(job.part.weight for job in self._waiting)
        job = self._waiting.pop(0)
        return job._replace(seconds=min(left, max(0.0, free) * job.part.weight / weights))

    def _start(self, job: _Job) -> None:
        tell(f"{job.name} for {job.seconds:.0f} s ...")
        folder = Path(tempfile.mkdtemp(prefix=f"cpdesk-{job.name}-", dir=_quick_place()))
        if not hasattr(os, "fork"):
            self._note(_run(job, self._seed, folder))
            shutil.rmtree(folder, ignore_errors=True)
            return
        here, there = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(target=_in_process, args=(job, self._seed, folder, there))
        process.start()
        there.close()
        self._running[here] = _Running(job, process, time.monotonic() + job.seconds, folder)

    def _collect(self) -> None:
        """Take what has come to its end, or should have."""
        for here in self._ready():
            assert isinstance(here, Connection)
            one = self._running.pop(here)
            try:
                outcome = here.recv()
            except EOFError:
                one.process.join()
                outcome = _lost(one.job, f"the part itself ended with {one.process.exitcode}")
            one.tidy()
            self._note(outcome)
        for here, one in list(self._running.items()):
            if time.monotonic() > one.ends + _GRACE:
                _kill(self._running.pop(here))
                self._note(_lost(one.job, f"it went on {_GRACE:.0f} s longer than it should have"))

    def _ready(self) -> list[Any]:
        """Those that have something to say, or have ended, after a second at most. Here alone Ctrl+C is heard."""
        try:
            _mask("SIG_UNBLOCK")
            return wait(list(self._running), timeout=1.0)
        finally:
            _mask("SIG_BLOCK")

    def _stop(self) -> None:
        for one in self._running.values():
            one.process.terminate()
        ends = time.monotonic() + _LAST_WORDS
        while self._running and time.monotonic() < ends:
            self._collect()

    def _note(self, outcome: Outcome) -> None:
        self._found[outcome.part] = outcome
        tell(_line(outcome))


@contextmanager
def _stoppable_at_rest() -> Iterator[None]:
    """Ctrl+C and `kill` wait for `_ready`: no process is started and not known, no answer taken and lost."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    _mask("SIG_BLOCK")
    try:
        yield
    finally:
        _mask("SIG_UNBLOCK")
        signal.signal(signal.SIGTERM, before)


def _mask(how: str) -> None:
    """Keep Ctrl+C and `kill` back, or let them through again. Windows, where nothing is forked, cannot."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(getattr(signal, how), {signal.SIGINT, signal.SIGTERM})


def _kill(one: _Running) -> None:
    """With the processes that it has started: all of them are in its session, once it is in one of its own."""
    with suppress(ProcessLookupError):
        os.killpg(one.process.pid or 0, signal.SIGKILL)
    one.process.kill()
    one.tidy()


def _lost(job: _Job, what: str) -> Outcome:
    return Outcome(job.name, job.seconds, {}, (Finding(what, f"--only {job.name}"),))


def _in_process(job: _Job, seed: int, folder: Path, there: Connection) -> None:
    # Ctrl+C is for the one process that tells all others; one that came before the next line is forgotten.
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _stop)
    there.send(_run(job, seed, folder))
    there.close()
    # Without what is left of databases, windows and threads.
    os._exit(0)


def _stop(_signal: int, _frame: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise StoppedError


def _run(job: _Job, seed: int, folder: Path) -> Outcome:
    trial = Trial(job.name, folder, seed, job.seconds)
    skipped, stopped = "", False
    try:
        _mask("SIG_UNBLOCK")
        job.part.run(trial)
        _mask("SIG_BLOCK")
    except SkippedError as error:
        skipped = str(error)
    except (StoppedError, KeyboardInterrupt):
        stopped = True
    except Exception:  # noqa: BLE001 - a part that breaks proves nothing, and the others still run
        trial.found(f"the part itself broke:\n{traceback.format_exc()}", job.name)
    seconds = round(trial.seconds, 1)
    return Outcome(
        job.name, seconds, dict(trial.counts), tuple(trial.findings), tuple(trial.notes), skipped, stopped=stopped
    )


def _quick_place() -> str | None:
    """In memory where there is room: whether a program waits for the disk is seen without one."""
    return _MEMORY if os.path.isdir(_MEMORY) and shutil.disk_usage(_MEMORY).free > _ROOM else None


def _plain(outcome: Outcome) -> dict[str, Any]:
    return {**outcome._asdict(), "findings": [finding._asdict() for finding in outcome.findings]}


def _line(outcome: Outcome) -> str:
    if outcome.skipped:
        return f"{outcome.part} skipped: {outcome.skipped}"
    counts = ", ".join(f"{number} {what}" for what, number in outcome.counts.items())
    found = "".join(f"\n  FOUND {finding.what}\n    {finding.repeat}" for finding in outcome.findings[:_TOLD])
    notes = "".join(f"\n  {note}" for note in outcome.notes)
    how = "stopped after" if outcome.stopped else "in"
    told = f"{counts or 'nothing'} {how} {outcome.seconds} s, {len(outcome.findings)} findings"
    return f"{outcome.part}: {told}{notes}{found}"
