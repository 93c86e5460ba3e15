"""Opening the database, its pragmas, transactions, and the mapping of SQLite's errors to known ones.

What is SQLite's alone (pragmas, transaction kinds, error names) stays in this
module and in `migrate`, so that another database can come beside it.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from peewee import DatabaseError, InterfaceError, OperationalError, PeeweeException, SqliteDatabase

from cpdesk.base.errors import KnownError
from cpdesk.store.fields import UnreadableValueError

database = SqliteDatabase(None, autoconnect=False)
"""Initialised by `open_file`; each thread that uses it connects for itself."""

# FULL, not NORMAL: in WAL mode NORMAL may lose the last commits when the power
# fails, and an acknowledged switch or purchase must never be one of them.
_PRAGMAS = (("foreign_keys", 1), ("synchronous", "FULL"), ("cache_size", -8000))
_FLEETING = (("foreign_keys", 1), ("synchronous", "OFF"), ("cache_size", -8000))
_BUSY_SECONDS = 5
_ATTEMPTS = 20


class _Opened:
    """The file that `open_file` was given: SQLite knows a read-only one by an address instead."""

    path = Path()
    writable = True


def open_file(path: Path, *, busy_seconds: int = _BUSY_SECONDS, durable: bool = True) -> None:
    """Point the program at a database file, for all threads. A read-only file is opened for reading.

    One that is not `durable` is thrown away in the end: nothing waits for the disk.
    """
    _Opened.path, _Opened.writable = path, _writable(path)
    if _Opened.writable:
        database.init(str(path), pragmas=_PRAGMAS if durable else _FLEETING, timeout=busy_seconds)
        return
    # Without a write-ahead log beside it nobody is writing, and only then may
    # SQLite skip its locks, which it could not create on a read-only medium.
    log = path.with_name(path.name + "-wal")
    quiet = not log.exists() or log.stat().st_size == 0
    address = f"{path.resolve().as_uri()}?mode=ro" + ("&immutable=1" if quiet else "")
    database.init(address, pragmas=_PRAGMAS, timeout=busy_seconds, uri=True)


def _writable(path: Path) -> bool:
    # A write-ahead log needs the folder to be writable too.
    if not os.access(path.parent, os.W_OK):
        return False
    try:
        with path.open("r+b" if path.exists() else "ab"):
            return True
    except OSError:
        return False


def connect() -> None:
    """Open the calling thread's connection."""
    with known_errors():
        database.connect(reuse_if_open=True)


def use_write_ahead_log() -> None:
    """Let readers and a writer work at the same time. The file remembers it; one that is not ours stays untouched."""
    if not _Opened.writable:
        return
    with known_errors():
        for _attempt in range(_ATTEMPTS):
            with suppress(OperationalError):
                database.pragma("journal_mode", "WAL")
                return
            # SQLite does not wait when somebody else is at a new file, too; for the write lock it does.
            with database.atomic("IMMEDIATE"):
                pass
        database.pragma("journal_mode", "WAL")


def disconnect() -> None:
    """Close the calling thread's connection, if it has one."""
    if not database.is_closed():
        database.close()


@contextmanager
def reading() -> Iterator[None]:
    """One consistent snapshot for several queries."""
    with known_errors(), database.atomic():
        yield


@contextmanager
def writing() -> Iterator[None]:
    """One write transaction. The write lock is taken at once: a late upgrade of a read lock fails."""
    with known_errors(), database.atomic("IMMEDIATE"):
        yield


@contextmanager
def impatience(milliseconds: int) -> Iterator[None]:
    """Wait for locks no longer than this, in this thread."""
    patience = database.pragma("busy_timeout")
    database.pragma("busy_timeout", milliseconds)
    try:
        yield
    finally:
        database.pragma("busy_timeout", patience)


@contextmanager
def savepoint() -> Iterator[None]:
    """A part of a write transaction that can be undone alone."""
    with database.savepoint():
        yield


def execute_many(sql: str, rows: Sequence[Sequence[object]]) -> None:
    """Run one statement for many rows: Peewee's own bulk insert is several times slower."""
    if rows:
        database.connection().executemany(sql, rows)


def rows_of(sql: str, *params: object) -> Iterator[tuple[Any, ...]]:
    """Raw rows of a query: the stored values themselves, not Python's reading of them."""
    # `yield from` would close the cursor of a query that is left halfway, maybe long after its connection.
    for row in database.execute_sql(sql, params):  # noqa: UP028
        yield row


def data_version() -> int:
    """A number that changes when another connection has changed the database."""
    with known_errors():
        return int(database.pragma("data_version"))


@contextmanager
def known_errors() -> Iterator[None]:
    """Turn SQLite's errors into KnownError; anything that is not the surroundings' fault stays as it is."""
    try:
        yield
    except (DatabaseError, InterfaceError, sqlite3.Error) as error:
        code = _code_of(error)
        if code is None:
            raise
        raise KnownError(code, path=str(_Opened.path)) from error
    except UnreadableValueError as error:
        raise KnownError("database_damaged", path=str(_Opened.path)) from error
    except OSError as error:
        raise KnownError("disk_trouble", path=str(_Opened.path), reason=error.strerror or "") from error


_UNREADABLE = "Could not decode to UTF-8"
"""What Python says, without a code of SQLite's, of a stored text that is none."""

_CODES = {
    "SQLITE_BUSY": "database_locked",
    "SQLITE_LOCKED": "database_locked",
    "SQLITE_READONLY": "database_read_only",
    "SQLITE_CANTOPEN": "database_not_reachable",
    "SQLITE_PERM": "database_not_reachable",
    "SQLITE_FULL": "disk_full",
    "SQLITE_IOERR": "disk_trouble",
    "SQLITE_CORRUPT": "database_damaged",
    "SQLITE_NOTADB": "not_a_database",
}


def _code_of(error: PeeweeException | sqlite3.Error) -> str | None:
    # Peewee re-raises without a cause; SQLite's name is on the context. A full disk ends
    # the transaction by itself, so what tells of it may lie below a failed attempt to undo that.
    told: BaseException | None = error
    while isinstance(told, PeeweeException | sqlite3.Error):
        family = "_".join(str(getattr(told, "sqlite_errorname", "")).split("_")[:2])
        if family in _CODES:
            return _CODES[family]
        if str(told).startswith(_UNREADABLE):
            return "database_damaged"
        told = told.__context__
    return None
