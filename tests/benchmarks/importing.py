"""Previewing and importing the export of a large tenant, and how long one waits for a sign of life meanwhile."""

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from cpdesk.base.clock import SystemClock
from cpdesk.composition import compose
from tests.benchmarks.credentials import ADMIN, PASSWORD
from tests.benchmarks.results import Result, measured, tell
from tests.support.exports import E3_NAME, PREMIUM_NAME, person, write

SIZES = (10_000, 100_000)
"""Rows."""


class _Times(NamedTuple):
    """Milliseconds."""

    preview: float
    run: float
    silence: float
    """The longest time between two tellings of the progress."""


def importing(folder: Path) -> Iterator[Result]:
    """Every row a new user with two licenses; books, ledger and audit log are checked afterwards."""
    for rows in SIZES:
        tell(f"importing {rows} users")
        times = _import(folder / str(rows), rows)
        note = f"{rows} rows, two licenses each"
        yield measured("import of users, preview", "ms", [times.preview], note)
        yield measured("import of users, run", "ms", [times.run], note)
        yield measured("import of users, longest silence", "ms", [times.silence], note)


def _import(folder: Path, rows: int) -> _Times:
    store, services = compose(folder, SystemClock())
    store.open(create=True)
    try:
        by = services.setup.set_up(ADMIN, PASSWORD).session
        account = services.accounts.create(by, "Contoso", "contoso.example", activate=True).value.id
        people = (person(f"user{number}@contoso.example", PREMIUM_NAME, E3_NAME) for number in range(rows))
        file = write(folder / "users.csv", *people)
        started = time.perf_counter()
        shown = services.imports.preview(by, account, file)
        previewed = time.perf_counter()
        told = [time.perf_counter()]
        services.imports.run(
            by, account, file, shown=shown, progress=lambda _done, _whole: told.append(time.perf_counter())
        )
        told.append(time.perf_counter())
        assert services.checks.run() == []
    finally:
        store.disconnect()
    silence = max(after - before for before, after in pairwise(told))
    return _Times(*(1000 * seconds for seconds in (previewed - started, told[-1] - told[0], silence)))
