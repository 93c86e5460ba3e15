"""Licenses of five thousand users in one go: the change itself against plain sqlite3, and how the window feels."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from cpdesk.base.clock import MovableClock
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.composition import compose
from cpdesk.domain.people import UserQuery
from tests.benchmarks import children
from tests.benchmarks.credentials import ADMIN, PASSWORD
from tests.benchmarks.many_switches import Changes, run_plainly
from tests.benchmarks.many_users import MADE, prepare
from tests.benchmarks.results import Result, compared, tell, worst

USERS = 5_000
ROUNDS = 5
LONGEST = 2000.0
LONGEST_PAUSE = 100.0
"""Both in milliseconds."""
GIVEN, OLD, NEW = "VISIOCLIENT", "SPB", "SPE_E3"
"""Everybody gets the first; who has the second gets the third in its place."""


def assigning(folder: Path) -> Iterator[Result]:
    """Each round starts from a copy of the same database; books, ledger and audit log are checked afterwards."""
    tell(f"importing {USERS} users")
    prepare(folder / "prepared", USERS)
    changes = _changes(folder)
    ours, bare = [], []
    for number in range(ROUNDS):
        tell(f"licenses of {USERS} users, {number + 1} of {ROUNDS}")
        ours.append(_assign(_copy(folder)))
        bare.append(_run_plainly(_copy(folder), changes))
    note = f"{USERS} users, {len(changes[1][1])} licenses given and taken, one transaction"
    yield worst("bulk assignment", "ms", ours, LONGEST, note)
    yield compared("bulk assignment, against plain sqlite3", "ms", ours, bare, note=note)
    found = [children.at_work("assigning_at_work", folder) for _ in range(3)]
    for action in found[0]:
        pauses = [one[action] for one in found]
        yield worst(f"License Assignment, longest pause: {action}", "ms", pauses, LONGEST_PAUSE, f"{USERS} users")


def _copy(folder: Path) -> Path:
    target = folder / "copy"
    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(folder / "prepared", target))


def _assign(data: Path, *, check: bool = False) -> float:
    """Milliseconds."""
    store, services = compose(data, MovableClock(MADE))
    store.open()
    by = services.operators.sign_in(ADMIN, PASSWORD)
    (account,) = services.accounts.rows(by)
    ids = services.users.find_ids(by, account.id, UserQuery())
    guids = {product.part_number: product.guid for product in services.licenses.products()}
    assign, replace = [guids[GIVEN]], {guids[OLD]: guids[NEW]}
    started = time.perf_counter()
    done = services.licenses.change(by, account.id, ids, assign=assign, replace=replace)
    took = time.perf_counter() - started
    assert done.value.users == USERS
    assert not check or services.checks.run() == []
    store.disconnect()
    return 1000 * took


def _changes(folder: Path) -> Changes:
    """The row changes of one assignment, found by making it once."""
    data = _copy(folder)
    _assign(data, check=True)
    path, before = data / DATABASE_FILE, folder / "prepared" / DATABASE_FILE
    old, new = sqlite3.connect(before), sqlite3.connect(path)
    last = {table: old.execute(f"SELECT max(id) FROM {table}").fetchone()[0] for table in ("audit_entry", "seat_entry")}
    rows = {
        table: new.execute(f"SELECT * FROM {table} WHERE id > ? ORDER BY id", (since,)).fetchall()
        for table, since in last.items()
    }
    lines = new.execute(
        "SELECT account_id, product_id, user_id, kind, recorded_at FROM seat_entry WHERE id > ?", (last["seat_entry"],)
    ).fetchall()
    counts = new.execute("SELECT seats, assigned, account_id, product_id FROM subscription").fetchall()
    old.close()
    new.close()
    inserts = [
        (f"INSERT INTO {table} VALUES ({', '.join('?' * len(listed[0]))})", listed) for table, listed in rows.items()
    ]
    return [
        *inserts,
        (
            "INSERT INTO subscription (seats, assigned, account_id, product_id) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (account_id, product_id) DO UPDATE SET seats = excluded.seats, assigned = excluded.assigned",
            counts,
        ),
        (
            "DELETE FROM assignment WHERE user_id = ? AND product_id = ?",
            [(user, product) for _account, product, user, kind, _at in lines if kind == "unassign"],
        ),
        (
            "INSERT INTO assignment (account_id, user_id, product_id, since) VALUES (?, ?, ?, ?)",
            [(account, user, product, at) for account, product, user, kind, at in lines if kind == "assign"],
        ),
    ]


def _run_plainly(data: Path, changes: Changes) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    run_plainly(data / DATABASE_FILE, [changes])
    return 1000 * (time.perf_counter() - started)
