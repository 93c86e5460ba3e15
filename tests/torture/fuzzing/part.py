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

from tests.torture.fuzzing.dirt import worsened
from tests.torture.fuzzing.engines import atheris_is_there
from tests.torture.fuzzing.facts import worsened_facts
from tests.torture.fuzzing.judge import INPUT, LONGEST_SECONDS, MOST_MEGABYTES
from tests.torture.fuzzing.targets import TARGETS
from tests.torture.trial import SkippedError, Trial

_LEAST, _ROUND = 3.0, 40.0
"""Seconds that a target of weight 1 gets before the next has its turn: to begin takes a second or two."""
_FOR_LETTERS = (worsened, worsened_facts)
"""How texts are made worse: databases and archives are too large, and too deeply made, for changes of single bytes."""
_GRACE = 90.0
"""Seconds for which a process may be silent after its time: a slow machine, not a hang."""
_TOP = Path(__file__).parents[3]
_MEMORY = Path("/dev/shm")
KEPT = _TOP / "build" / "fuzzing"
"""Where inputs stay that broke a promise."""


def bad_files(trial: Trial) -> None:
    """Every reader in turn for its share, with either engine; rounds go on while there is time."""
    if sys.platform == "win32":
        raise SkippedError("the limits of a process are those of POSIX")
    jobs = [(target, "own") for target in TARGETS]
    if atheris_is_there():
        jobs += [(target, "atheris") for target in TARGETS if target.worsen in _FOR_LETTERS]
    else:
        trial.notes.append("atheris is not installed (the extra cpdesk[fuzz]): fuzzed with mutations of our own alone")
    while True:
        # Where there is not even time for all of them, those of another seed are others.
        trial.dice.shuffle(jobs)
        weights = sum(target.weight for target, _engine in jobs)
        for target, engine in jobs:
            if trial.counts["inputs"] and not trial.time_left():
                return
            share = trial.seconds_left() * target.weight / weights
            weights -= target.weight
            _one(trial, target.name, engine, min(max(_LEAST, share), _ROUND * target.weight))


def _one(trial: Trial, target: str, engine: str, seconds: float) -> None:
    seed = trial.dice.getrandbits(31)
    where = f"{target} with {engine}, seed {seed}"
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else trial.folder) as folder:
        words = [target, folder, "--seconds", str(seconds), "--seed", str(seed), "--engine", engine]
        told = _last_line([sys.executable, "-m", "tests.torture.fuzzing.child", *words], seconds + _GRACE)
        if isinstance(told, str):
            # What it was given last is still there.
            given = b"".join(file.read_bytes() for file in Path(folder).glob(f"{INPUT}.*"))
            trial.found(f"{target}: {told}", f"{where}, {_kept(target, given)}")
            return
    _count(trial, target, told)
    for wrong in told["wrong"]:
        data = base64.b64decode(wrong["data"])
        trial.found(f"{target}: {wrong['what']} ({wrong['times']} times)", f"{where}, {_kept(target, data)}")
    if told["peak_megabytes"] > MOST_MEGABYTES:
        trial.found(f"{target}: took {told['peak_megabytes']} MB", where)


def _count(trial: Trial, target: str, told: dict[str, Any]) -> None:
    trial.counts["inputs"] += told["inputs"]
    trial.counts[f"inputs of {target}"] += told["inputs"]
    trial.counts["inputs taken over"] += told["taken"]
    for name, value in (
        ("slowest input, ms", round(told["slowest"] * 1000)),
        ("peak MB", round(told["peak_megabytes"])),
    ):
        trial.counts[name] = max(trial.counts[name], value)


def _last_line(words: list[str], patience: float) -> dict[str, Any] | str:
    """What a process says in the end, or what became of it instead."""
    surroundings = {"PYTHONPATH": str(_TOP), "PYTHONHASHSEED": "0", "QT_QPA_PLATFORM": "offscreen", "LANGUAGE": "en"}
    environment = {**os.environ, **surroundings}
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


def _kept(target: str, content: bytes) -> str:
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / f"{target}-{hashlib.sha256(content).hexdigest()[:12]}"
    file.write_bytes(content)
    return str(file.relative_to(_TOP))
