"""A database in which thousands of switches are due at once, and the row changes that settling them makes."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cpdesk.base import zones
from cpdesk.base.clock import MovableClock
from cpdesk.composition import compose
from cpdesk.domain import switching
from cpdesk.domain.accounts import NewAccount
from cpdesk.domain.book import Book
from cpdesk.domain.modes import Mode
from cpdesk.store import accounts, journal, switches
from cpdesk.store.fields import utc_text
from tests.benchmarks.credentials import ADMIN, PASSWORD

REQUESTED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DUE = datetime(2026, 12, 1, 5, 1, tzinfo=UTC)
"""A minute after what was requested on REQUESTED is due."""
ZONE = "America/New_York"
PRODUCTS = 2
SEATS = 5


def prepare(folder: Path, count: int, requested: datetime = REQUESTED) -> None:
    """Make a database of `count` accounts in Purchase Mode, each with idle seats and a switch that is pending."""
    store, services = compose(folder, MovableClock(requested))
    store.open(create=True)
    services.setup.set_up(ADMIN, PASSWORD, time_zone=ZONE)
    day = switching.effective_date(requested, zones.zone(ZONE))
    due_at = switching.first_instant(day, zones.zone(ZONE))
    with store.write() as moment:
        rows = [_account(number, moment.now) for number in range(1, count + 1)]
        accounts.set_modes((number, Mode.PURCHASE) for number in range(1, count + 1))
        _queue(rows, moment.now, day.isoformat(), due_at)
    store.disconnect()


def _account(number: int, now: datetime) -> tuple[NewAccount, Book]:
    new = NewAccount(
        id=number,
        name=f"Account {number}",
        domain=f"account-{number}.example",
        country="US",
        currency="USD",
        time_zone=ZONE,
        active=True,
    )
    accounts.insert(now, [new])
    book = Book(number, Mode.PURCHASE, ())
    for product_id in range(1, PRODUCTS + 1):
        book.add_seats(product_id, SEATS, product="")
    return new, book


def _queue(rows: list[tuple[NewAccount, Book]], now: datetime, day: str, due_at: datetime) -> None:
    """Three entries an account: its creation, the immediate switch with its pool, and the request for Usage Mode."""
    entries, stored = [], []
    first = journal.next_id()
    for offset, (new, book) in enumerate(rows):
        bought = _switch(new.id, Mode.PURCHASE, (now, now), day, first + 3 * offset + 1)
        asked = _switch(new.id, Mode.USAGE, (now, due_at), day, first + 3 * offset + 2)
        stored += [bought, asked]
        entries += [_created(new), _entry("mode.completed", bought, book), _entry("mode.requested", asked, None)]
    journal.append(now, *entries)
    switches.save(tuple(switch.values()) for switch in stored)


def _switch(account_id: int, to: Mode, times: tuple[datetime, datetime], day: str, audit_id: int) -> dict[str, Any]:
    """A stored switch; `times`: when it was requested, and when it is due."""
    requested, due_at = (utc_text(time) for time in times)
    done = to is Mode.PURCHASE
    return {
        "id": 2 * account_id - done,
        "account_id": account_id,
        "from_mode": str(to.other),
        "to_mode": str(to),
        "state": "done" if done else "pending",
        "requested_at": requested,
        "requested_by": ADMIN,
        "effective_on": day,
        "time_zone": ZONE,
        "due_at": due_at,
        "ended_at": requested if done else None,
        "ended_by": ADMIN if done else None,
        "audit_id": audit_id,
    }


def _created(new: NewAccount) -> journal.Entry:
    return journal.Entry(action="account.created", subject=f"account {new.id}", account_id=new.id, after=new.as_plain())


def _entry(action: str, switch: dict[str, Any], book: Book | None) -> journal.Entry:
    return journal.Entry(
        action=action,
        subject=f"switch {switch['id']}",
        account_id=switch["account_id"],
        after={"switch": switch},
        lines=tuple(book.lines) if book else (),
    )


Changes = list[tuple[str, list[tuple[Any, ...]]]]
"""Statements, each with the rows that it runs for."""


def changes_of_settling(before: Path, after: Path, batch: int) -> list[Changes]:
    """The row changes between two copies of the database, as one list of statements per transaction."""
    old, new = sqlite3.connect(before), sqlite3.connect(after)
    audit_id = old.execute("SELECT max(id) FROM audit_entry").fetchone()[0]
    ledger_id = old.execute("SELECT max(id) FROM seat_entry").fetchone()[0]
    entries = new.execute("SELECT * FROM audit_entry WHERE id > ? ORDER BY id", (audit_id,)).fetchall()
    lines = new.execute("SELECT * FROM seat_entry WHERE id > ? ORDER BY id", (ledger_id,)).fetchall()
    settled = new.execute(
        "SELECT state, ended_at, ended_by, audit_id, id FROM mode_switch WHERE audit_id > ? ORDER BY audit_id",
        (audit_id,),
    ).fetchall()
    old.close()
    new.close()
    per_switch = len(lines) // len(entries)
    return [
        _transaction(
            entries[start : start + batch],
            lines[start * per_switch : (start + batch) * per_switch],
            settled[start : start + batch],
        )
        for start in range(0, len(entries), batch)
    ]


def _transaction(entries: list[Any], lines: list[Any], settled: list[Any]) -> Changes:
    return [
        (f"INSERT INTO audit_entry VALUES ({', '.join('?' * len(entries[0]))})", entries),
        (f"INSERT INTO seat_entry VALUES ({', '.join('?' * len(lines[0]))})", lines),
        (
            "UPDATE subscription SET seats = ?, assigned = ? WHERE account_id = ? AND product_id = ?",
            [(line[8], line[9], line[2], line[3]) for line in lines],
        ),
        ("UPDATE mode_switch SET state = ?, ended_at = ?, ended_by = ?, audit_id = ? WHERE id = ?", settled),
        ("UPDATE account SET mode = 'usage' WHERE id = ?", [(entry[5],) for entry in entries]),
    ]


def run_plainly(path: Path, transactions: list[Changes]) -> None:
    """The same row changes with nothing but sqlite3, the same pragmas and the same transactions."""
    plain = sqlite3.connect(path, isolation_level=None)
    for pragma, value in (("foreign_keys", 1), ("synchronous", "FULL"), ("cache_size", -8000), ("journal_mode", "WAL")):
        plain.execute(f"PRAGMA {pragma} = {value}")
    for changes in transactions:
        plain.execute("BEGIN IMMEDIATE")
        for statement, rows in changes:
            plain.executemany(statement, rows)
        plain.execute("COMMIT")
    plain.close()
