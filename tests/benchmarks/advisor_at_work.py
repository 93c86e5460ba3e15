"""A process that asks the mode advisor about the accounts of `billed_accounts`. Prints how long it took.

The data folder comes from the environment.
"""

import json
import resource
import sqlite3
import sys
import time
from pathlib import Path

from cpdesk.base import paths
from cpdesk.base.clock import MovableClock
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.composition import compose
from tests.benchmarks.billed_accounts import LATER
from tests.benchmarks.credentials import ADMIN, PASSWORD

_START, _END = "2025-11-01", "2026-11-01"
"""Twelve complete months; all accounts are in UTC."""
_MONTHS = 12

# What several entries of one instant lead to is one count, and what was there before the first month counts, too.
_POOLS = """
    SELECT account_id, product_id, max(assigned_after) FROM seat_entry WHERE id IN (
        SELECT max(id) FROM seat_entry WHERE effective_at >= :start AND effective_at < :end
        GROUP BY account_id, product_id, effective_at
    ) OR id IN (
        SELECT max(id) FROM seat_entry WHERE effective_at < :start GROUP BY account_id, product_id
    ) GROUP BY account_id, product_id
"""

Pools = dict[tuple[int, int], int]


def main() -> None:
    """All accounts once, and one query for the smallest pools alone."""
    folder = paths.data_dir()
    store, services = compose(folder, MovableClock(LATER))
    store.open()
    by = services.operators.sign_in(ADMIN, PASSWORD)
    started = time.perf_counter()
    advices = services.advisor.advise_all(by, months=_MONTHS)
    took = time.perf_counter() - started
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    store.disconnect()
    pools = {(advice.account_id, product.product_id): product.pool for advice in advices for product in advice.products}
    started = time.perf_counter()
    assert pools == _pools(folder)
    bare = time.perf_counter() - started
    assert all(advice.months == _MONTHS for advice in advices)
    sys.stdout.write(json.dumps({"all": took, "bare": bare, "memory": held}))


def _pools(folder: Path) -> Pools:
    plain = sqlite3.connect(folder / DATABASE_FILE)
    rows = plain.execute(_POOLS, {"start": _START, "end": _END}).fetchall()
    plain.close()
    return {(account, product): pool for account, product, pool in rows if pool}


if __name__ == "__main__":
    main()
