"""A process that makes statements of the accounts of `billed_accounts`. Prints how long it took and what it held.

The data folder comes from the environment.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from cpdesk.base import paths
from cpdesk.base.clock import MovableClock
from cpdesk.composition import compose
from cpdesk.domain.billing import Statement
from cpdesk.services import billed
from cpdesk.services.bundle import Services
from cpdesk.store import accounts
from cpdesk.store.store import Store
from tests.benchmarks.billed_accounts import LATER, MONTH, seat_days
from tests.benchmarks.credentials import ADMIN, PASSWORD

ROUNDS = 15
SeatDays = dict[tuple[int, int], int]


def main() -> None:
    """One account often and all of them once, each against one query that counts the same seats."""
    folder = paths.data_dir()
    store, services = compose(folder, MovableClock(LATER))
    store.open()
    found = _one(services, folder) | _all(store, folder)
    store.disconnect()
    sys.stdout.write(json.dumps(found))


def _one(services: Services, folder: Path) -> dict[str, float]:
    """The account with the crowd; milliseconds, medians."""
    by = services.operators.sign_in(ADMIN, PASSWORD)
    rounds = [
        (
            _timed(lambda: _seat_days([services.statements.show(by, 1, MONTH)])),
            _timed(lambda: seat_days(folder, MONTH, 1)),
        )
        for _ in range(ROUNDS)
    ]
    assert all(ours[1] == bare[1] for ours, bare in rounds)
    ours, bare = ([took for took, _found in side] for side in zip(*rounds, strict=True))
    return {"one": median(ours), "one_bare": median(bare), "one_longest": max(ours)}


def _all(store: Store, folder: Path) -> dict[str, float]:
    """Every account, in milliseconds; and the most memory that the process ever had, in MB."""
    took, counted = _timed(lambda: _of_all(store))
    bare_took, bare = _timed(lambda: seat_days(folder, MONTH))
    assert counted == bare
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"all": took, "all_bare": bare_took, "memory": held}


def _of_all(store: Store) -> SeatDays:
    with store.read() as moment:
        return _seat_days(billed.statements(sorted(accounts.all_ids()), MONTH, moment.now))


def _seat_days(statements: Iterable[Statement]) -> SeatDays:
    found: SeatDays = {}
    for statement in statements:
        for row in statement.lines:
            key = statement.account_id, row.product_id
            found[key] = found.get(key, 0) + row.seats * row.days
    return found


def _timed(work: Callable[[], SeatDays]) -> tuple[float, SeatDays]:
    started = time.perf_counter()
    found = work()
    return 1000 * (time.perf_counter() - started), found


if __name__ == "__main__":
    main()
