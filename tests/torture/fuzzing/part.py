"""The part of the torture that feeds bad files to every reader, each in a process of its own."""

import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.torture.fuzzing.engines import atheris_is_there
from tests.torture.fuzzing.judge import LONGEST_SECONDS, MOST_MEGABYTES
from tests.torture.fuzzing.targets import BACKUP, TABLES
from tests.torture.trial import SkippedError, Trial

_ROUND = 30.0
"""Seconds at most that one target gets before the next has its turn."""
_GRACE = 90.0
"""Seconds for which a process may be silent after its time: a slow machine, not a hang."""
_TOP = Path(__file__).parents[3]
_MEMORY = Path("/dev/shm")
KEPT = _TOP / "build" / "fuzzing"
"""Where inputs stay that broke a promise."""


def bad_files(trial: Trial) -> None:
    """Every reader in turn, with either engine; the shares are equal, and rounds go on while there is time."""
    if sys.platform == "win32":
        raise SkippedError("the limits of a process are those of POSIX")
    engines = ["own", "atheris"] if atheris_is_there() else ["own"]
    jobs = [(target.name, engine) for engine in engines for target in TABLES]
    jobs += [(BACKUP.name, "own")] * len(engines) * 2
    while True:
        for place, (target, engine) in enumerate(jobs):
            left = trial.seconds_left() / (len(jobs) - place)
            _one(trial, target, engine, min(max(1.0, left), _ROUND))
        if not trial.time_left():
            return


def _one(trial: Trial, target: str, engine: str, seconds: float) -> None:
    seed = trial.dice.getrandbits(31)
    where = f"{target} with {engine}, seed {seed}"
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else trial.folder) as folder:
        words = [target, folder, "--seconds", str(seconds), "--seed", str(seed), "--engine", engine]
        told = _last_line([sys.executable, "-m", "tests.torture.fuzzing.child", *words], seconds + _GRACE)
    if isinstance(told, str):
        trial.found(told, where)
        return
    _count(trial, told)
    for wrong in told["wrong"]:
        trial.found(f"{target}: {wrong['what']} ({wrong['times']} times)", f"{where}, {_kept(target, wrong['data'])}")
    if told["peak_megabytes"] > MOST_MEGABYTES:
        trial.found(f"{target}: took {told['peak_megabytes']} MB", where)


def _count(trial: Trial, told: dict[str, Any]) -> None:
    trial.counts["inputs"] += told["inputs"]
    trial.counts["inputs taken over"] += told["taken"]
    for name, value in (
        ("slowest input, ms", round(told["slowest"] * 1000)),
        ("peak MB", round(told["peak_megabytes"])),
    ):
        trial.counts[name] = max(trial.counts[name], value)


def _last_line(words: list[str], patience: float) -> dict[str, Any] | str:
    """What a process says in the end, or what became of it instead."""
    environment = {**os.environ, "PYTHONPATH": str(_TOP), "PYTHONHASHSEED": "0"}
    try:
        done = subprocess.run(
            words,
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=patience,
            cwd=_TOP,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        return f"an input was not done with after more than {LONGEST_SECONDS:g} s"
    lines = done.stdout.strip().splitlines()
    if not lines or not lines[-1].startswith("{"):
        return f"the process ended with {done.returncode}: {done.stderr[-600:]}"
    told: dict[str, Any] = json.loads(lines[-1])
    return told


def _kept(target: str, data: str) -> str:
    KEPT.mkdir(parents=True, exist_ok=True)
    content = base64.b64decode(data)
    file = KEPT / f"{target}-{hashlib.sha256(content).hexdigest()[:12]}"
    file.write_bytes(content)
    return str(file.relative_to(_TOP))
