"""Importing the export of a large tenant: against plain `csv` and `sqlite3`, in memory, and in the window."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from cpdesk.base.clock import SystemClock
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.composition import compose
from tests.benchmarks import children
from tests.benchmarks.credentials import ADMIN, PASSWORD
from tests.benchmarks.results import Result, compared, tell, worst
from tests.support.crowd import crowd
from tests.support.exports import write

ROWS = 100_000
ROUNDS = 3
DEMAND = 4.0
MOST_MEMORY = 200.0
"""MB more than the import of a handful of rows takes."""
FILE = "users.csv"
"""What the window imports; it lies beside the data folder."""
LONGEST_PAUSE = 100.0
"""Milliseconds."""
_DOMAIN = "crowded.example"


def importing(folder: Path) -> Iterator[Result]:
    """`cpdesk users import` from the start of the process to its end, signing in included: everybody is new, then
    nobody has changed, then a tenth of them have. Books, ledger and audit log are checked afterwards.

    The bare program reads the same file with `csv.reader` and writes into the same tables, by `executemany` in one
    transaction, the very rows that cpdesk has written, which it has at hand.
    """
    few, files = _files(folder)
    _prepare(folder / "empty")
    bare, found = list[float](), {name: list[dict[str, float]]() for name in files}
    least = [_import(folder, "empty", few) for _ in range(ROUNDS)]
    for number in range(ROUNDS):
        tell(f"importing {ROWS} users, {number + 1} of {ROUNDS}")
        found["new"].append(_import(folder, "empty", files["new"], keep="full"))
        bare.append(_bare(folder, files["new"]))
        for name in ("same", "changed"):
            found[name].append(_import(folder, "full", files[name]))
    yield from _in_the_window(folder, files["new"])
    for name, times in found.items():
        note = f"{ROWS} rows, {name}; the whole command against csv and sqlite3 writing what came of the new ones"
        yield compared(f"users import, {name}", "ms", [one["ms"] for one in times], bare, DEMAND, note)
        grown = [one["peak"] - least[0]["peak"] for one in times]
        yield worst(f"users import, {name}, memory", "MB", grown, MOST_MEMORY, f"{ROWS} rows, over 10 rows")


def _files(folder: Path) -> tuple[Path, dict[str, Path]]:
    """A small one, and the large ones by what is in them."""
    large = {"new": crowd(ROWS), "same": crowd(ROWS), "changed": crowd(ROWS, changed_every=10)}
    return write(folder / "few.csv", *crowd(10)), {
        name: write(folder / f"{name}.csv", *rows) for name, rows in large.items()
    }


def _prepare(data: Path) -> None:
    store, services = compose(data, SystemClock())
    store.open(create=True)
    by = services.setup.set_up(ADMIN, PASSWORD).session
    services.accounts.create(by, "Crowded Ltd", _DOMAIN, activate=True)
    store.disconnect()


def _in_the_window(folder: Path, file: Path) -> Iterator[Result]:
    """The longest time in which the window answers nothing, from choosing the file to the end of the import."""
    window = folder / "window"
    shutil.copytree(folder / "empty", window / "prepared")
    shutil.copy(file, window / FILE)
    found = []
    for number in range(ROUNDS):
        tell(f"importing {ROWS} users in the window, {number + 1} of {ROUNDS}")
        found.append(children.at_work("importing_in_window", window))
    for step in found[0]:
        pauses = [one[step] for one in found]
        yield worst(f"Import Users, longest pause: {step}", "ms", pauses, LONGEST_PAUSE, f"{ROWS} rows")


def _import(folder: Path, data: str, file: Path, *, keep: str = "") -> dict[str, float]:
    """Milliseconds of the command and MB of its peak, on a fresh copy of a database; `keep` is the copy's name."""
    copy = _copy(folder, data, keep or "copy")
    signed_in = {"CPDESK_OPERATOR": ADMIN, "CPDESK_PASSWORD": PASSWORD}
    words = ["-m", "tests.benchmarks.importing_at_work", "users", "import", _DOMAIN, str(file), "--json"]
    started = time.perf_counter()
    peak = children.run_told(words, children.environment(folder, copy) | signed_in)
    taken = 1000 * (time.perf_counter() - started)
    _require_sound(copy)
    return {"ms": taken, "peak": float(peak)}


def _bare(folder: Path, file: Path) -> float:
    """Milliseconds."""
    databases = [str(folder / "full" / DATABASE_FILE), str(_copy(folder, "empty", "bare") / DATABASE_FILE)]
    words = ["-m", "tests.benchmarks.bare_importing", str(file), *databases]
    return float(children.run(words, children.environment(folder, folder)))


def _copy(folder: Path, data: str, name: str) -> Path:
    made = folder / name
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(folder / data, made)
    return made


def _require_sound(data: Path) -> None:
    store, services = compose(data, SystemClock())
    store.open()
    assert services.checks.run() == []
    store.disconnect()
