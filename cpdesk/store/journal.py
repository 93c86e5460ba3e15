"""The only writer of the audit log, the ledger, and the counts that follow from them.

One call appends any number of audit entries with their ledger lines, and
brings subscriptions and assignments up to date: they are the ledger summed up.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cpdesk.base.progress import Tell, told
from cpdesk.domain import audit, sealing
from cpdesk.domain.book import LedgerLine
from cpdesk.domain.erasing import Texts
from cpdesk.domain.operators import Session
from cpdesk.domain.seats import LedgerKind
from cpdesk.store import connection, settings
from cpdesk.store.fields import from_utc_text, utc_text

PROGRAM = "cpdesk"
"""Who signs for what the program does by itself."""

DEMO_MARK = "demo"
"""What the first entry of a database of the demo says besides what was set up."""

GENESIS = audit.GENESIS
"""The hash before the first entry."""

HEAD_KEY = "audit_head"
"""The chain alone would not tell of entries taken away from its end."""

AUDIT_COLUMNS = (
    "id, recorded_at, effective_at, operator, role, account_id, action, subject, before, after, reason,"
    " ledger_digest, seal, hash"
)
LEDGER_COLUMNS = (
    "id, audit_id, account_id, product_id, user_id, kind, seats, assigned, seats_after, assigned_after,"
    " recorded_at, effective_at"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An audit entry to be written, with the ledger lines that it stands for."""

    action: str
    subject: str
    """What it is about, for example "user 12"."""
    account_id: int | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    lines: Sequence[LedgerLine] = field(default_factory=tuple)
    by: Session | None = None
    """None: the program itself."""
    reason: str = ""
    effective_at: datetime | None = None
    """UTC; None means: when it is recorded."""


def next_id() -> int:
    """The number that the next audit entry will get; valid while the write lock is held."""
    return _head()[0] + 1


def last_recorded() -> datetime | None:
    """The time (UTC) of the latest entry, None in a new database."""
    row = next(connection.rows_of("SELECT recorded_at FROM audit_entry ORDER BY id DESC LIMIT 1"), None)
    return _readable(row[0]) if row else None


def begun_as_demo() -> bool:
    """Whether the first entry says that the database was made by the demo. Another one can hardly be given that
    mark: every entry is chained to the first, so `check` finds a first entry that was altered."""
    return tells_of_demo(next(connection.rows_of("SELECT after FROM audit_entry ORDER BY id LIMIT 1"), None))


def tells_of_demo(first: Sequence[object] | None) -> bool:
    """The same of the facts `after` in the first entry of a database, None for an empty one."""
    return first is not None and f'"{DEMO_MARK}":true' in str(first[0])


def _readable(text: object) -> datetime | None:
    """None for a time that was altered into none: nothing else stops, so that `check` can find it."""
    try:
        instant = from_utc_text(str(text))
    except ValueError:
        return None
    return instant if instant.tzinfo else None


def head() -> str:
    """Number and hash of the latest entry, as they were noted when it was written; empty in a new database."""
    return settings.get(HEAD_KEY)


def append(now: datetime, *entries: Entry, progress: Tell | None = None) -> None:
    """Write entries recorded at `now` (UTC), in this order, and the counts that follow from their lines.

    `progress` is told the ledger lines.
    """
    audit_id, previous = _head()
    ledger_id = _last_ledger_id()
    recorded = utc_text(now)
    placed: list[_Placed] = []
    audit_rows: list[tuple[object, ...]] = []
    for entry in entries:
        audit_id += 1
        effective = recorded if entry.effective_at is None else utc_text(entry.effective_at)
        place = _Placed(entry, audit_id, ledger_id, (recorded, effective))
        ledger_id += len(entry.lines)
        row = _audit_row(place, audit.ledger_digest(place.ledger_rows()), previous)
        previous = str(row[-1])
        audit_rows.append(row)
        placed.append(place)
    connection.execute_many(_insert("audit_entry", AUDIT_COLUMNS), audit_rows)
    settings.put(HEAD_KEY, f"{audit_id} {previous}")
    lines = sum(len(entry.lines) for entry in entries)
    # Made as they are written: those of a large import all at once would take more room than everything else.
    ledger_rows = (row for place in placed for row in place.ledger_rows())
    connection.execute_many(_insert("seat_entry", LEDGER_COLUMNS), told(ledger_rows, lines, progress))
    _bring_counts_up_to_date((line for entry in entries for line in entry.lines), recorded)


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry with what it gets by being the next one."""

    entry: Entry
    audit_id: int
    last_ledger_id: int
    """Of the ledger line before its own."""
    times: tuple[str, str]
    """Recorded and effective."""

    def ledger_rows(self) -> Iterator[tuple[object, ...]]:
        """The rows of its lines, in the order of LEDGER_COLUMNS."""
        recorded, effective = self.times
        for number, line in enumerate(self.entry.lines, self.last_ledger_id + 1):
            account, product, user, kind, seats, assigned, seats_after, assigned_after = line
            yield (
                number,
                self.audit_id,
                account,
                product,
                user,
                str(kind),
                seats,
                assigned,
                seats_after,
                assigned_after,
                recorded,
                effective,
            )


def rewrite(entries: Mapping[int, Texts]) -> dict[int, str]:
    """Put what is left of entries, by number, once a person is erased; returns the digest of each as it is then.

    The hashes stay. An entry that vouches for the digests has to be appended in the same transaction.
    """
    rows = ((one.before, one.after, one.reason, one.seal, one.operator, number) for number, one in entries.items())
    sql = "UPDATE audit_entry SET before = ?, after = ?, reason = ?, seal = ?, operator = ? WHERE id = ?"
    connection.execute_many(sql, rows)
    stored = ((number, _stored(number)) for number in entries)
    return {number: sealing.row_digest(row) for number, row in stored}


def _stored(number: int) -> tuple[Any, ...]:
    return next(connection.rows_of(f"SELECT {AUDIT_COLUMNS} FROM audit_entry WHERE id = ?", number))


def sealed(row: Sequence[object], previous: str) -> str:
    """The hash that an audit row (in the order of AUDIT_COLUMNS) must have after the hash of the one before.

    Empty for one that nobody can have sealed, and the stored one where that proves nothing (`domain.sealing`).
    """
    before, after, reason, ledger_digest, seal = (str(value) for value in row[8:13])
    if sealing.proves_nothing(seal):
        return str(row[-1])
    digests = sealing.digests(seal) if seal else (audit.digest(before), audit.digest(after))
    if digests:
        return audit.entry_hash(previous, [*row[:8], reason, ledger_digest], *digests)
    try:
        said = sealing.read(before, after, reason, seal=seal, operator=str(row[3]))
        return sealing.entry_hash(previous, [*row[:8], ledger_digest], said, seal)
    except sealing.UnsealableError:
        return ""


def _audit_row(place: _Placed, ledger_digest: str, previous: str) -> tuple[object, ...]:
    entry = place.entry
    row = (
        place.audit_id,
        *place.times,
        entry.by.email if entry.by else PROGRAM,
        str(entry.by.role) if entry.by else PROGRAM,
        entry.account_id,
        entry.action,
        entry.subject,
        sealing.stored(entry.before),
        sealing.stored(entry.after),
        entry.reason,
        ledger_digest,
        sealing.fresh(),
    )
    return (*row, sealed(row, previous))


def _bring_counts_up_to_date(lines: Iterable[LedgerLine], since: str) -> None:
    """`since` is the stored form of the time of what is assigned now."""
    counts: dict[tuple[int, int], tuple[int, int]] = {}
    gained: dict[tuple[int, int], int] = {}
    lost: set[tuple[int, int]] = set()
    for account, product, user, kind, _seats, _assigned, seats_after, assigned_after in lines:
        counts[account, product] = (seats_after, assigned_after)
        if user is None:
            continue
        if kind is LedgerKind.ASSIGN:
            gained[user, product] = account
        elif gained.pop((user, product), None) is None:
            lost.add((user, product))
    connection.execute_many(
        "INSERT INTO subscription (account_id, product_id, seats, assigned) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (account_id, product_id) DO UPDATE SET seats = excluded.seats, assigned = excluded.assigned",
        [(*where, *count) for where, count in counts.items()],
    )
    connection.execute_many("DELETE FROM assignment WHERE user_id = ? AND product_id = ?", sorted(lost))
    connection.execute_many(
        "INSERT INTO assignment (account_id, user_id, product_id, since) VALUES (?, ?, ?, ?)",
        ((account, user, product, since) for (user, product), account in gained.items()),
    )


def _insert(table: str, columns: str) -> str:
    marks = ", ".join("?" * (columns.count(",") + 1))
    return f"INSERT INTO {table} ({columns}) VALUES ({marks})"


def _head() -> tuple[int, str]:
    row = next(connection.rows_of("SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1"), None)
    last = (int(row[0]), str(row[1])) if row else (0, audit.GENESIS)
    # Entries cut off at the end leave a gap: their numbers are not given again, which would hide the cut.
    number, _, sealed_as = head().partition(" ")
    return (int(number), sealed_as) if number.isdecimal() and int(number) > last[0] else last


def _last_ledger_id() -> int:
    row = next(connection.rows_of("SELECT max(id) FROM seat_entry"))
    return int(row[0] or 0)
