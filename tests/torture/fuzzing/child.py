"""One target in a process of its own, with a limit to its memory: prints a line of JSON about what came of it.

    python -m tests.torture.fuzzing.child TARGET FOLDER --seconds N --seed NUMBER [--engine own|atheris]

With atheris each line tells all up to then: libFuzzer ends the process as it likes.
"""

import argparse
import base64
import importlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.torture.fuzzing.engines import Tally

_LIMIT = 2_000_000_000
"""Bytes of address space for data: far over what is allowed, and far below what would hurt the machine."""
_TELL_EVERY = 2.0
_KEPT = 2_000_000
"""Bytes of an input that broke a promise: a database whole."""
_READERS = (
    "cpdesk.gateways.text_files",
    "cpdesk.gateways.user_files",
    "cpdesk.gateways.account_files",
    "cpdesk.gateways.bulk_files",
    "cpdesk.gateways.price_lists",
    "cpdesk.gateways.product_files",
)


def main() -> int:
    """Fuzz one target; returns the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("target")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--engine", choices=("own", "atheris"), default="own")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_DATA, (_LIMIT, _LIMIT))
    if options.engine == "atheris":
        _instrument()
    _fuzz(options)
    return 0


def _instrument() -> None:
    fuzzer: Any = importlib.import_module("atheris")
    with fuzzer.instrument_imports(include=["cpdesk.domain", "cpdesk.gateways"]):
        for name in _READERS:
            importlib.import_module(name)


def _fuzz(options: argparse.Namespace) -> None:
    from tests.torture.fuzzing import engines
    from tests.torture.fuzzing.judge import Judge
    from tests.torture.fuzzing.targets import BY_NAME

    target = BY_NAME[options.target]
    judge = Judge(target, options.folder)
    seeds = target.seeds(judge.material)
    ends = time.monotonic() + options.seconds
    if options.engine == "atheris":
        teller = _Teller(ends)
        engines.atheris(judge, seeds, _words(options, seeds), teller.tell, target.worsen)
    tally = engines.own(judge, seeds, lambda _tally: time.monotonic() < ends, options.seed, target.worsen)
    judge.close()
    _print(tally)


def _words(options: argparse.Namespace, seeds: Any) -> list[str]:
    corpus = options.folder / "corpus"
    corpus.mkdir()
    for number, data in enumerate(seeds):
        (corpus / str(number)).write_bytes(data)
    artifacts = f"-artifact_prefix={options.folder}/"
    limits = (artifacts, f"-max_total_time={max(1, round(options.seconds))}", f"-seed={options.seed % 2**31 or 1}")
    return [*limits, "-rss_limit_mb=0", "-timeout=600", "-verbosity=0", "-print_final_stats=0", str(corpus)]


class _Teller:
    """Prints a line every other second."""

    def __init__(self, ends: float) -> None:
        self._ends = ends
        self._next = 0.0

    def tell(self, tally: "Tally") -> None:
        """Print how far it is, if it is time to."""
        now = time.monotonic()
        if now >= self._next or now > self._ends - 0.5:
            self._next = now + _TELL_EVERY
            _print(tally)


def _print(tally: "Tally") -> None:
    told = {
        "inputs": tally.inputs,
        "taken": tally.taken,
        "reached": tally.reached,
        "slowest": round(tally.slowest, 3),
        "peak_megabytes": round(tally.peak_megabytes, 1),
        "wrong": [
            {"what": what, "times": tally.times[what], "data": base64.b64encode(data[:_KEPT]).decode()}
            for what, data in tally.wrong.items()
        ],
    }
    sys.__stdout__.write(json.dumps(told) + "\n")  # type: ignore[union-attr]
    sys.__stdout__.flush()  # type: ignore[union-attr]


if __name__ == "__main__":
    sys.exit(main())
