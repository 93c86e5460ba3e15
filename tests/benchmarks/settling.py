"""Settling thousands of switches at once, against plain sqlite3 making the same row changes."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from cpdesk.base.clock import MovableClock
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.composition import compose
from cpdesk.services.settling import BATCH
from tests.benchmarks.many_switches import DUE, Changes, changes_of_settling, prepare, run_plainly
from tests.benchmarks.results import Result, compared, tell

SWITCHES = 10_000
ROUNDS = 5
DEMAND = 5.0


def settling(folder: Path) -> Iterator[Result]:
    """Each round starts from a copy of the same database; books, ledger and audit log are checked afterwards."""
    tell(f"settling {SWITCHES} switches")
    prepare(folder / "prepared", SWITCHES)
    changes = _changes(folder)
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(_settle(_copy(folder)))
        bare.append(_run_plainly(_copy(folder), changes))
    note = f"{SWITCHES} switches in {len(changes)} transactions each"
    yield compared("settling, against plain sqlite3", "ms", ours, bare, DEMAND, note)


def _copy(folder: Path) -> Path:
    target = folder / "copy"
    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(folder / "prepared", target))


def _changes(folder: Path) -> list[Changes]:
    """What settling changes, found by settling once."""
    settled = _copy(folder)
    _settle(settled)
    _require_right_books(settled)
    return changes_of_settling(folder / "prepared" / DATABASE_FILE, settled / DATABASE_FILE, BATCH)


def _settle(data: Path) -> float:
    """Milliseconds."""
    store, services = compose(data, MovableClock(DUE))
    store.open()
    started = time.perf_counter()
    report = services.settler.apply_due()
    took = time.perf_counter() - started
    store.disconnect()
    assert len(report.applied) == SWITCHES
    return 1000 * took


def _require_right_books(data: Path) -> None:
    store, services = compose(data, MovableClock(DUE))
    store.open()
    findings = services.checks.run()
    store.disconnect()
    assert findings == []


def _run_plainly(data: Path, changes: list[Changes]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    run_plainly(data / DATABASE_FILE, changes)
    return 1000 * (time.perf_counter() - started)
