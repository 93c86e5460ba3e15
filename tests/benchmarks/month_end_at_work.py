"""A process that prepares the month-end pack of `billed_accounts`, or writes it. Prints what that took.

The data folder comes from the environment.
"""

import json
import resource
import sys
import time
from pathlib import Path

from cpdesk.base import paths
from cpdesk.base.clock import MovableClock
from cpdesk.composition import compose
from cpdesk.domain.month_end import MonthEndFigures
from cpdesk.domain.operators import Session
from cpdesk.services.bundle import Services
from tests.benchmarks.billed_accounts import LATER, MONTH
from tests.benchmarks.credentials import ADMIN, PASSWORD


def main() -> None:
    """The part that the argument names: "figures" or "files"."""
    folder = paths.data_dir()
    store, services = compose(folder, MovableClock(LATER))
    store.open()
    by = services.operators.sign_in(ADMIN, PASSWORD)
    started = time.perf_counter()
    figures, size = (_figures if sys.argv[1] == "figures" else _files)(services, by, folder)
    found = {
        "seconds": round(time.perf_counter() - started, 1),
        "lines": figures.lines,
        "megabytes": round(size / 1e6, 1),
        "memory": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }
    store.disconnect()
    sys.stdout.write(json.dumps(found))


def _figures(services: Services, by: Session, _folder: Path) -> tuple[MonthEndFigures, int]:
    return services.month_end.prepare(by, MONTH), 0


def _files(services: Services, by: Session, folder: Path) -> tuple[MonthEndFigures, int]:
    summary = services.month_end.write(by, MONTH, folder.parent)
    return summary.figures, sum(file.stat().st_size for file in summary.files)


if __name__ == "__main__":
    main()
