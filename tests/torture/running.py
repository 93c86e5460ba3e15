"""Running parts one after the other, each for its share of the time, and adding up what they tell."""

import os
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.torture.trial import Finding, Part, SkippedError, Trial

_MEMORY = "/dev/shm"
_ROOM = 1 << 30
"""Bytes that are more than enough."""


_TOLD = 5
"""Findings of a part that are told at once; all of them are in the JSON."""


class Outcome(NamedTuple):
    """What became of a part."""

    part: str
    seconds: float
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    skipped: str = ""
    """Why it was not run; empty where it was."""


def run_parts(parts: Mapping[str, Part], minutes: float, seed: int) -> list[Outcome]:
    """Run all parts; what one of them leaves of its time is the others'."""
    ends, outcomes = time.monotonic() + 60 * minutes, []
    left = sum(part.weight for part in parts.values())
    for name, part in parts.items():
        now = time.monotonic()
        tell(f"{name} ...")
        outcomes.append(_run(name, part, seed, max(0.0, ends - now) * part.weight / left))
        tell(_line(outcomes[-1]))
        left -= part.weight
    return outcomes


def summary(outcomes: list[Outcome], minutes: float, seed: int) -> dict[str, Any]:
    """One document about all of it. `totals` has at least prefixes, kills, faults and inputs."""
    totals = Counter(dict.fromkeys(("prefixes", "kills", "faults", "inputs"), 0))
    for outcome in outcomes:
        totals.update(outcome.counts)
    findings = sum(len(outcome.findings) for outcome in outcomes)
    return {
        "ok": findings == 0,
        "minutes": minutes,
        "seed": seed,
        "totals": dict(totals),
        "findings": findings,
        "parts": [_plain(outcome) for outcome in outcomes],
    }


def tell(text: str) -> None:
    """Say on standard error how far it has come."""
    print(f"torture: {text}", file=sys.stderr, flush=True)  # noqa: T201 - a command of the developer


def _run(name: str, part: Part, seed: int, seconds: float) -> Outcome:
    folder = Path(tempfile.mkdtemp(prefix=f"cpdesk-{name}-", dir=_quick_place()))
    trial = Trial(name, folder, seed, seconds)
    skipped = ""
    try:
        part.run(trial)
    except SkippedError as error:
        skipped = str(error)
    except Exception:  # noqa: BLE001 - a part that breaks proves nothing, and the others still run
        trial.found(f"the part itself broke:\n{traceback.format_exc()}", name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Outcome(name, round(trial.seconds, 1), dict(trial.counts), tuple(trial.findings), skipped)


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
    return f"{outcome.part}: {counts or 'nothing'} in {outcome.seconds} s, {len(outcome.findings)} findings{found}"
