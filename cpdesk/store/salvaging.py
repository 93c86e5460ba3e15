"""Copying what can still be read of a damaged database into a new one of the same schema."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cpdesk.base.progress import Tell, part
from cpdesk.store import cipher, connection, journal, migrate
from cpdesk.store.pages import Pages, Record
from cpdesk.store.wreck import Lost, Shape, Wreck, shapes

_STEPS = 1000
"""In which the progress is told: one half looks at the pages, the other one copies."""
_PART = 500
"""Rows written at one go."""
_PROVEN = frozenset(
    {
        "account",
        "account_contact",
        "account_domain",
        "account_schedule",
        "account_zone",
        "assignment",
        "audit_entry",
        "default_schedule",
        "issued_statement",
        "mode_switch",
        "planned_change",
        "price",
        "price_schedule",
        "schedule_proration",
        "seat_entry",
        "seat_threshold",
        "statement_correction",
        "subscription",
        "user",
    }
)
"""Tables that `check` compares with the audit log, row by row: an old row in them is found."""


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """What became of one table."""

    name: str
    columns: tuple[str, ...]
    kept: int
    """Rows that were copied."""
    lost: Lost
    is_numbered: bool = True
    """Whether the rows have a number of their own."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that was read and cannot be kept, because what it belongs to is lost."""

    table: str
    parent: str
    """The table of what it belongs to."""
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class Copy:
    """What was copied."""

    tables: tuple[CopiedTable, ...]
    strays: tuple[int, ...]
    """Pages with rows of which nobody can tell the table."""

    @property
    def is_whole(self) -> bool:
        """Whether everything could be read."""
        return not self.strays and all(not one.lost.rows and one.lost.is_exact for one in self.tables)


def _opened(path: Path) -> Pages:
    """Raises KnownError `passphrase_needed` where it is encrypted and its key is not known."""
    salt = cipher.salt_of(path)
    return Pages(path, cipher.lock_of(salt, path) if salt else None)


def encrypt_like(draft: Path, path: Path, point: Callable[[], None]) -> None:
    """Have the opened, still empty `draft` encrypted as the damaged database is, and open it again by `point`."""
    salt = cipher.salt_of(path)
    if salt:
        from cpdesk.store import recoding

        connection.disconnect()
        recoding.rewrite(draft, cipher.lock_of(salt, path))
        point()
        connection.connect()


def steps_seen(path: Path) -> tuple[str, ...]:
    """Names of the migrations that a damaged database has seen, as far as that can be read; () where it cannot.

    Raises KnownError `disk_trouble` where the file cannot be read at all.
    """
    with connection.known_errors(path), _opened(path) as pages:
        wreck = Wreck(pages, (Shape(*migrate.HISTORY_SHAPE, indexes=()),))
        rows = [row for _number, row in wreck.rows(migrate.HISTORY) if row is not None]
        return tuple(sorted(str(row[1]) for row in rows))


def copy(path: Path, draft: sqlite3.Connection, tell: Tell | None = None) -> Copy:
    """Copy all rows that can be read into `draft`, a new database of the same schema, whose own rows go.

    Foreign keys are left to `leave_out_orphans`. `tell` is told how far it is. Raises KnownError `disk_trouble`,
    `disk_full`.
    """
    with connection.known_errors(path), _opened(path) as pages:
        known = tuple(one for one in shapes(draft) if one.name != migrate.HISTORY)
        wreck = Wreck(pages, known, _PROVEN, part(tell, 0, _STEPS // 2, _STEPS))
        tell = part(tell, _STEPS // 2, _STEPS, _STEPS)
        draft.execute("PRAGMA foreign_keys = OFF")
        draft.execute("BEGIN IMMEDIATE")
        done = tuple(_copied(wreck, shape, draft, tell) for shape in known)
        draft.execute("COMMIT")
        return Copy(done, wreck.strays)


def _copied(wreck: Wreck, shape: Shape, draft: sqlite3.Connection, tell: Tell | None) -> CopiedTable:
    draft.execute(f'DELETE FROM "{shape.name}"')
    found: set[int] = set()
    unread: list[int] = []
    rows = wreck.rows(shape.name)
    while some := list(islice(rows, _PART)):
        if tell:
            tell(*wreck.progress)
        readable = [(rowid, row) for rowid, row in some if row is not None and rowid not in found]
        unread += [rowid for rowid, row in some if row is None]
        kept = list(_inserted(draft, shape, readable))
        unread += sorted({rowid for rowid, _row in readable} - set(kept))
        found.update(kept)
    lost = wreck.lost(shape.name, found, unread)
    return CopiedTable(shape.name, shape.columns, len(found), lost, shape.number is not None)


def _inserted(draft: sqlite3.Connection, shape: Shape, rows: Sequence[tuple[int, Record]]) -> Iterator[int]:
    """Write rows, and give the numbers of those that the rules of the table let in."""
    numbered = shape.number is None
    columns = ", ".join(f'"{name}"' for name in (("rowid",) if numbered else ()) + shape.columns)
    marks = ", ".join("?" * (len(shape.columns) + numbered))
    sql = f'INSERT INTO "{shape.name}" ({columns}) VALUES ({marks})'
    values = [(rowid, *row) if numbered else row for rowid, row in rows]
    draft.execute("SAVEPOINT part")
    try:
        draft.executemany(sql, values)
    except cipher.errors() as error:
        _require_constraint(error)
        draft.execute("ROLLBACK TO part")
        for (rowid, _row), one in zip(rows, values, strict=True):
            try:
                draft.execute(sql, one)
            except cipher.errors() as error:
                _require_constraint(error)
                continue
            yield rowid
    else:
        yield from (rowid for rowid, _row in rows)
    finally:
        draft.execute("RELEASE part")


def _require_constraint(error: Exception) -> None:
    """Raise anything but that a row breaks a rule of its table."""
    if not getattr(error, "sqlite_errorname", "").startswith("SQLITE_CONSTRAINT"):
        raise error


def leave_out_orphans(draft: sqlite3.Connection) -> tuple[LeftOut, ...]:
    """Delete the rows of `draft` that belong to something that is not there, and say which."""
    found: list[LeftOut] = []
    while broken := draft.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, parent, _key in dict.fromkeys(broken):
            cursor = draft.execute(f'DELETE FROM "{table}" WHERE rowid = ? RETURNING *', (rowid,))
            names = [column[0] for column in cursor.description]
            found += [LeftOut(table, parent, dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    return tuple(found)


def insert(table: str, rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """Write rows into the opened database unless they are there already, and give those that were written."""
    written = []
    for row in rows:
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        sql = f'INSERT OR IGNORE INTO "{table}" ({columns}) VALUES ({marks})'
        if connection.plain().execute(sql, tuple(row.values())).rowcount:
            written.append(dict(row))
    return written


def latest_entry(path: Path) -> int | None:
    """The number of the latest audit entry as a damaged database noted it; None where that cannot be read."""
    shape = Shape("setting", ("key", "value"), (str, str), (False, False), None, ())
    with connection.known_errors(path), _opened(path) as pages:
        for _number, row in Wreck(pages, (shape,)).rows(shape.name):
            if row is not None and row[0] == journal.HEAD_KEY:
                number = str(row[1]).partition(" ")[0]
                return int(number) if number.isdecimal() else None
    return None


def account_times() -> dict[int, dict[str, str | None]]:
    """When each account was created and had Microsoft 365 enabled, as the audit log says, by account id."""
    found: dict[int, dict[str, str | None]] = {}
    for account, action, at in connection.rows_of(
        "SELECT account_id, action, recorded_at FROM audit_entry"
        " WHERE action IN ('account.created', 'service.activated') ORDER BY id"
    ):
        if action == "account.created":
            found[account] = {"created_at": at, "service_since": None}
        elif account in found:
            found[account]["service_since"] = at
    return found


def holding_since() -> dict[tuple[int, int], str]:
    """When the seat that a user holds was given, as the ledger says, by user id and product id."""
    rows = connection.rows_of(
        "SELECT user_id, product_id, recorded_at FROM seat_entry WHERE kind = 'assign' ORDER BY id"
    )
    return {(user, product): at for user, product, at in rows}


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called, by their ids."""

    accounts: Mapping[int, str]
    users: Mapping[object, str]
    """UPNs."""
    products: Mapping[object, str]
    account_of_user: Mapping[object, int]


def names() -> Names:
    """All of them in the opened database."""
    users = list(connection.rows_of("SELECT id, upn, account_id FROM user"))
    return Names(
        dict(connection.rows_of("SELECT id, name FROM account")),
        {user: upn for user, upn, _account in users},
        dict(connection.rows_of("SELECT id, name FROM product")),
        {user: account for user, _upn, account in users},
    )


@contextmanager
def without_foreign_keys() -> Iterator[None]:
    """A write transaction in which rows may come before what they belong to."""
    connection.database.pragma("foreign_keys", 0)
    try:
        with connection.writing():
            yield
    finally:
        connection.database.pragma("foreign_keys", 1)
