"""The command line: how long a short command takes from a cold start, and the import of a large tenant."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from cpdesk.base.clock import SystemClock
from tests.benchmarks import children
from tests.benchmarks.credentials import ADMIN, PASSWORD
from tests.benchmarks.many_switches import prepare
from tests.benchmarks.results import Result, measured, tell
from tests.support.exports import E3_NAME, PREMIUM_NAME, person, write

PEOPLE = 10_000
ROUNDS = 5
IMPORTS = 3
_ACCOUNT = "1"


def commands(folder: Path) -> Iterator[Result]:
    """Each in a process of its own, signing in included."""
    prepare(folder / "prepared", 1, SystemClock().now())
    tell("command line")
    licenses = ["licenses", "list", _ACCOUNT, "--json"]
    yield measured("licenses list --json", "ms", [_run(folder, licenses) for _ in range(ROUNDS)], "from a cold start")
    people = (person(f"person{number}@tenant.example", PREMIUM_NAME, E3_NAME) for number in range(PEOPLE))
    export = write(folder / "users.csv", *people)
    imports = ["users", "import", _ACCOUNT, str(export), "--add-seats", "--json"]
    yield measured(
        "users import", "ms", [_run(folder, imports) for _ in range(IMPORTS)], f"{PEOPLE} people, two licenses each"
    )


def _run(folder: Path, words: list[str]) -> float:
    """Milliseconds, on a fresh copy of the database."""
    data = folder / "copy"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(folder / "prepared", data)
    signed_in = {"CPDESK_OPERATOR": ADMIN, "CPDESK_PASSWORD": PASSWORD}
    started = time.perf_counter()
    children.run(["-m", "cpdesk", *words], children.environment(folder, data) | signed_in)
    return 1000 * (time.perf_counter() - started)
