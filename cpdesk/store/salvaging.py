"""Copying what can still be read of a damaged database into a new one of the same schema."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cpdesk.base.progress import Tell
from cpdesk.store import connection, migrate
from cpdesk.store.pages import Pages, Record
from cpdesk.store.wreck import Lost, Shape, Wreck, shapes

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
    strays: int
    """Pages with rows of which nobody can tell the table."""

    @property
    def is_whole(self) -> bool:
        """Whether everything could be read."""
        return not self.strays and all(not one.lost.rows and one.lost.is_exact for one in self.tables)


def steps_seen(path: Path) -> tuple[str, ...]:
    """Names of the migrations that a damaged database has seen, as far as that can be read; () where it cannot.

    Raises KnownError `disk_trouble` where the file cannot be read at all.
    """
    with connection.known_errors(path), Pages(path) as pages:
        wreck = Wreck(pages, (Shape(*migrate.HISTORY_SHAPE, indexes=()),))
        rows = [row for _number, row in wreck.rows(migrate.HISTORY) if row is not None]
        return tuple(sorted(str(row[1]) for row in rows))


def copy(path: Path, draft: sqlite3.Connection, tell: Tell | None = None) -> Copy:
    """Copy all rows that can be read into `draft`, a new database of the same schema, whose own rows go.

    Foreign keys are left to `leave_out_orphans`. `tell` is told the tables. Raises KnownError `disk_trouble`,
    `disk_full`.
    """
    with connection.known_errors(path), Pages(path) as pages:
        known = tuple(one for one in shapes(draft) if one.name != migrate.HISTORY)
        wreck = Wreck(pages, known, _PROVEN)
        draft.execute("PRAGMA foreign_keys = OFF")
        draft.execute("BEGIN IMMEDIATE")
        done = []
        for number, shape in enumerate(known):
            if tell:
                tell(number, len(known))
            done.append(_copied(wreck, shape, draft))
        draft.execute("COMMIT")
        return Copy(tuple(done), len(wreck.strays))


def _copied(wreck: Wreck, shape: Shape, draft: sqlite3.Connection) -> CopiedTable:
    draft.execute(f'DELETE FROM "{shape.name}"')
    found: set[int] = set()
    unread: list[int] = []
    rows = wreck.rows(shape.name)
    while part := list(islice(rows, _PART)):
        readable = [(rowid, row) for rowid, row in part if row is not None and rowid not in found]
        unread += [rowid for rowid, row in part if row is None]
        kept = list(_inserted(draft, shape, readable))
        unread += sorted({rowid for rowid, _row in readable} - set(kept))
        found.update(kept)
    return CopiedTable(shape.name, shape.columns, len(found), wreck.lost(shape.name, found, unread))


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
    except sqlite3.IntegrityError:
        draft.execute("ROLLBACK TO part")
        for (rowid, _row), one in zip(rows, values, strict=True):
            try:
                draft.execute(sql, one)
            except sqlite3.IntegrityError:
                continue
            yield rowid
    else:
        yield from (rowid for rowid, _row in rows)
    finally:
        draft.execute("RELEASE part")


def leave_out_orphans(draft: sqlite3.Connection) -> tuple[LeftOut, ...]:
    """Delete the rows of `draft` that belong to something that is not there, and say which."""
    found: list[LeftOut] = []
    while broken := draft.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, parent, _key in dict.fromkeys(broken):
            cursor = draft.execute(f'DELETE FROM "{table}" WHERE rowid = ? RETURNING *', (rowid,))
            names = [column[0] for column in cursor.description]
            found += [LeftOut(table, parent, dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    return tuple(found)
