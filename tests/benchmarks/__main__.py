"""Measure start-up, memory, settling and the window, and print what was found as one JSON document.

    python3 packaging/dev.py bench [--only NAME ...]

The exit code is 1 if a demand is missed.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.advisor import advisor
from tests.benchmarks.assigning import assigning
from tests.benchmarks.children import ROOT
from tests.benchmarks.commands import commands
from tests.benchmarks.encryption import encryption
from tests.benchmarks.importing import importing
from tests.benchmarks.installed import installed
from tests.benchmarks.jump import jump
from tests.benchmarks.month_end import month_end
from tests.benchmarks.results import Result, tell
from tests.benchmarks.settling import settling
from tests.benchmarks.start_up import memory, start_up
from tests.benchmarks.statements import statements
from tests.benchmarks.users import users
from tests.benchmarks.walk import walk
from tests.benchmarks.window import window

Benchmark = Callable[[Path], Iterator[Result]]

BENCHMARKS: dict[str, Benchmark] = {
    "start-up": start_up,
    "memory": memory,
    "settling": settling,
    "window": window,
    "users": users,
    "jump": jump,
    "walk": walk,
    "importing": importing,
    "assigning": assigning,
    "commands": commands,
    "statements": statements,
    "month-end": month_end,
    "advisor": advisor,
    "encryption": encryption,
    "installed": installed,
}


def main() -> int:
    """Run the benchmarks that were asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench", description="measure, and print what was found as JSON")
    parser.add_argument("--only", nargs="+", choices=BENCHMARKS, default=list(BENCHMARKS), metavar="NAME")
    found = [result for name in parser.parse_args().only for result in _run(BENCHMARKS[name])]
    ok = all(result.ok for result in found)
    document = {"ok": ok, "machine": _machine(), "results": [asdict(result) for result in found]}
    sys.stdout.write(json.dumps(document, indent=2) + "\n")
    return 0 if ok else 1


def _run(benchmark: Benchmark) -> list[Result]:
    # In the build folder: temporary folders of the system may lie in memory, and settling is about a disk.
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as folder:
        found = list(benchmark(Path(folder)))
    for result in found:
        tell(f"{'ok    ' if result.ok else 'MISSED'} {result.name}: {result.ours} {result.unit}, ratio {result.ratio}")
    return found


def _machine() -> dict[str, object]:
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


if __name__ == "__main__":
    sys.exit(main())
