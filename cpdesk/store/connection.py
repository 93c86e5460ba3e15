"""Opening the database, its pragmas, transactions, and the mapping of SQLite's errors to known ones.

What is SQLite's alone (pragmas, transaction kinds, error names) stays in this
module, in `migrate`, and in `backup`, `contents`, `replacing` and `recoding`,
so that another database can come beside it. Which SQLite a file needs, plain
or encrypted, is for `cipher` to know.
"""

import errno
import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from peewee import DatabaseError, InterfaceError, OperationalError, PeeweeException, SqliteDatabase

from cpdesk.base import private
from cpdesk.base.errors import KnownError
from cpdesk.store import cipher
from cpdesk.store.fields import UnreadableValueError
from cpdesk.store.presence import Presence


class _Database(SqliteDatabase):
    """Peewee's, with connections of the driver that the file needs."""

    _timeout: float
    _add_conn_hooks: Callable[[sqlite3.Connection], None]

    def _connect(self) -> sqlite3.Connection:
        here = _Opened.path, _Opened.salt
        plain = cipher.connect(*here, name=self.database, timeout=self._timeout, **self.connect_params)
        try:
            self._add_conn_hooks(plain)
        except BaseException:
            plain.close()
            raise
        return plain


database: SqliteDatabase = _Database(None, autoconnect=False)
"""Initialised by `open_file`; each thread that uses it connects for itself."""

# FULL, not NORMAL: in WAL mode NORMAL may lose the last commits when the power
# fails, and an acknowledged switch or purchase must never be one of them.
# On macOS that ends in the disk's own memory unless it is asked for more; elsewhere fullfsync changes nothing.
_PRAGMAS = (("foreign_keys", 1), ("synchronous", "FULL"), ("fullfsync", 1), ("cache_size", -8000))
_FLEETING = (("foreign_keys", 1), ("synchronous", "OFF"), ("cache_size", -8000))
_BUSY_SECONDS = 5
_ROOM = 4_000_000
"""Bytes that have to be free on the disk: a write-ahead log takes so many before it begins anew."""
_NO_ROOM = 100_000
"""Bytes; with fewer the disk is full."""
_TRIAL, _TRIAL_SIZE = "trial", 100_000
_ATTEMPTS = 20

_log = logging.getLogger(__name__)


class _Opened:
    """The file that `open_file` was given: SQLite knows a read-only one by an address instead."""

    path = Path()
    writable = True
    salt: bytes | None = None
    """What it begins with where it is encrypted."""


_presence = Presence()


def open_file(path: Path, *, busy_seconds: int = _BUSY_SECONDS, durable: bool = True) -> None:
    """Point the program at a database file, for all threads. A read-only file is opened for reading.

    One that is not `durable` is thrown away in the end: nothing waits for the disk.
    """
    _Opened.path, _Opened.writable, _Opened.salt = path, _writable(path), cipher.salt_of(path)
    _presence.expect(path)
    if _Opened.writable:
        database.init(str(path), pragmas=_PRAGMAS if durable else _FLEETING, timeout=busy_seconds)
        return
    database.init(_address_to_read(path, writable=False), pragmas=_PRAGMAS, timeout=busy_seconds, uri=True)


@contextmanager
def looking(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection of its own to a database file, which reads what is committed there and writes nothing.

    Raises KnownError, with this path, for what goes wrong meanwhile.
    """
    with known_errors(path):
        # Not by opening it: closing a file lets go of all locks that this process has on it.
        writable = os.access(path.parent, os.W_OK) and os.access(path, os.W_OK)
        address = _address_to_read(path, writable=writable)
        with closing(cipher.connect(path, _salt(path), name=address, uri=True, timeout=_BUSY_SECONDS)) as plain:
            yield plain


def opened_salt() -> bytes | None:
    """What the file that is opened begins with where it is encrypted; None where it is not."""
    return _Opened.salt


def _salt(path: Path) -> bytes | None:
    # That of the opened file is known: to look would be to let go of the locks on it.
    return _Opened.salt if path == _Opened.path else cipher.salt_of(path)


def plain() -> sqlite3.Connection:
    """The calling thread's connection without Peewee around it."""
    connection: sqlite3.Connection = database.connection()
    return connection


def is_connected() -> bool:
    """Whether the calling thread has a connection."""
    return not database.is_closed()


def _address_to_read(path: Path, *, writable: bool) -> str:
    # Without a write-ahead log beside it nobody is writing, and only then may SQLite skip its locks,
    # which it could not create on a read-only medium. Elsewhere an empty one is somebody's who has just begun.
    log = path.with_name(path.name + "-wal")
    quiet = not log.exists() or (not writable and log.stat().st_size == 0)
    return f"{path.resolve().as_uri()}?mode=ro" + ("&immutable=1" if quiet else "")


def opened_path() -> Path:
    """The file that `open_file` was given last."""
    return _Opened.path


def _writable(path: Path) -> bool:
    # A write-ahead log needs the folder to be writable too.
    if not os.access(path.parent, os.W_OK):
        return False
    try:
        # What SQLite puts beside it gets the same rights.
        with open(path, "r+b" if path.exists() else "ab", opener=private.opener):
            return True
    except OSError:
        return False


def connect() -> None:
    """Open the calling thread's connection. Raises KnownError `database_gone` where the file went away meanwhile."""
    _presence.require()
    with known_errors():
        if database.connect(reuse_if_open=True):
            _presence.opened()


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
    _presence.check()
    with known_errors(), database.atomic():
        yield


@contextmanager
def writing() -> Iterator[None]:
    """One write transaction. The write lock is taken at once: a late upgrade of a read lock fails."""
    _presence.check()
    with known_errors(), database.atomic("IMMEDIATE"):
        # Once more: whoever held the lock until now may have put another file in the place of this one.
        _presence.check()
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


def execute_many(sql: str, rows: Iterable[Sequence[object]]) -> None:
    """Run one statement for many rows: Peewee's own bulk insert is several times slower."""
    database.connection().executemany(sql, rows)


def rows_of(sql: str, *params: object) -> Iterator[tuple[Any, ...]]:
    """Raw rows of a query: the stored values themselves, not Python's reading of them."""
    # `yield from` would close the cursor of a query that is left halfway, maybe long after its connection.
    for row in database.execute_sql(sql, params):  # noqa: UP028
        yield row


def rewrite() -> bool:
    """Make the file anew out of what is in it, so that nothing is left of what was deleted or overwritten.

    Outside of a transaction. False where somebody else reads, so that the old pages stay in the write-ahead log.
    """
    with known_errors():
        plain().execute("VACUUM")
        (busy, *_pages) = plain().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


def data_version() -> int:
    """A number that changes when another connection has changed the database."""
    _presence.check()
    with known_errors():
        return int(database.pragma("data_version"))


def replaced() -> bool:
    """Whether another file lies in the place of the one that is opened."""
    return _presence.replaced()


def require_there() -> None:
    """Raise KnownError `database_gone` where the file went away that was opened."""
    _presence.require()


def set_log_aside() -> None:
    """Keep what belonged to a file that was replaced from being applied to the new one; nobody may have it open."""
    with known_errors():
        _presence.set_log_aside()


def look_for_damage() -> None:
    """Have SQLite look at every page of the opened file. Raises KnownError `database_damaged`."""
    with known_errors():
        if database.execute_sql("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise KnownError("database_damaged", path=str(_Opened.path))


def try_out() -> None:
    """Write something as large as most changes are, and take it away again.

    Raises KnownError for what is in the way of a change; returns where the database can be written.
    """
    with known_errors():
        if shutil.disk_usage(_Opened.path.parent).free < _ROOM:
            raise KnownError("disk_full", path=str(_Opened.path))
    with writing():
        database.execute_sql("INSERT INTO setting (key, value) VALUES (?, zeroblob(?))", (_TRIAL, _TRIAL_SIZE))
        database.execute_sql("DELETE FROM setting WHERE key = ?", (_TRIAL,))


@contextmanager
def known_errors(path: Path | None = None) -> Iterator[None]:
    """Turn SQLite's errors into KnownError; anything that is not the surroundings' fault stays as it is.

    They tell of `path`, of the file that is opened where there is none.
    """
    try:
        yield
    except _errors() as error:
        code = _code_of(error)
        if code is None:
            raise
        raise KnownError(_reason_of(code, path or _Opened.path), path=str(path or _Opened.path)) from error
    # Of some bytes that are no text even SQLite's module cannot say so without stumbling over them.
    except (UnreadableValueError, UnicodeDecodeError) as error:
        raise KnownError("database_damaged", path=str(path or _Opened.path)) from error
    except OSError as error:
        raise _trouble(error, path or _Opened.path) from error


@contextmanager
def foreign_file(path: Path) -> Iterator[None]:
    """The same for a file that somebody chose: in one that anybody may have written a table can be missing.

    In the program's own database that would be a fault of the program, and must not be told as damage.
    """
    try:
        with known_errors(path):
            yield
    except _errors() as error:
        _log.info("a file that was chosen is not made as ours are", exc_info=error)
        raise KnownError("database_damaged", path=str(path)) from error


def _errors() -> tuple[type[Exception], ...]:
    return (DatabaseError, InterfaceError, *cipher.errors())


def is_damage(error: DatabaseError) -> bool:
    """Whether what is asked for is damaged or gone, unlike trouble that passes."""
    told = error.__context__
    missing = getattr(told, "sqlite_errorname", "") == "SQLITE_ERROR"
    return missing or _code_of(error) == "database_damaged"


def _reason_of(code: str, path: Path) -> str:
    """A full disk that SQLite meets while it makes the files beside the database is to it only trouble."""
    if code != "disk_trouble":
        return code
    with suppress(OSError):
        return "disk_full" if shutil.disk_usage(path.parent).free < _NO_ROOM else code
    return code


def _trouble(error: OSError, path: Path) -> KnownError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return KnownError("disk_full", path=str(path))
    return KnownError("disk_trouble", path=str(path), reason=error.strerror or "")


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
_SENTENCES = {
    "database or disk is full": "disk_full",
    "disk I/O error": "disk_trouble",
    "database disk image is malformed": "database_damaged",
    "unsupported file format": "database_damaged",
}
"""What SQLite says without a code of its own, as SQLCipher's export passes it on, and of a damaged first page."""


def _code_of(error: Exception) -> str | None:
    # Peewee re-raises without a cause; SQLite's name is on the context. A full disk ends
    # the transaction by itself, so what tells of it may lie below a failed attempt to undo that.
    told: BaseException | None = error
    kinds: tuple[type[Exception], ...] = (PeeweeException, *cipher.errors())
    while isinstance(told, kinds):
        family = "_".join(str(getattr(told, "sqlite_errorname", "")).split("_")[:2])
        if family in _CODES:
            return _CODES[family]
        if str(told).startswith(_UNREADABLE):
            return "database_damaged"
        if str(told) in _SENTENCES:
            return _SENTENCES[str(told)]
        told = told.__context__
    return None
