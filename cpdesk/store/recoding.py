"""Writing a database anew with another key, or without one, and putting that in the place of the old file.

SQLCipher cannot do that inside the file, nor can its pages be copied: an encrypted one has less room for content. So
here the file is exchanged by renaming, unlike in `replacing`. What speaks against that is met in this way: nobody else
has the file open, and the write-ahead log is gone before; and whoever is about to open the old file while it is
exchanged finds a text in it that is no database. A crash at any moment leaves the old file or the new one, whole.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from cpdesk.base import durable, private
from cpdesk.base.errors import KnownError
from cpdesk.domain.encryption import Lock
from cpdesk.store import cipher, connection, contents, replacing

_WRITTEN = ("application_id", "user_version")
"""What a file says of itself beside its tables."""
_TOMBSTONE = b"This was a database of cpdesk. Another file has taken its place.\n"
_PAGE = 4096


@dataclass(frozen=True)
class Held:
    """A database that nobody else can open."""

    path: Path
    plain: sqlite3.Connection = field(repr=False)
    lock: Lock | None = None

    def release(self) -> None:
        """Close it; doing so again does nothing."""
        self.plain.close()


@contextmanager
def hold(path: Path) -> Iterator[Held]:
    """Keep everybody else from opening a database. Raises KnownError `database_in_use`, `passphrase_needed`."""
    salt = cipher.salt_of(path)
    lock = cipher.lock_of(salt, path) if salt else None
    if lock is None:
        # Python's SQLite and SQLCipher do not see each other's locks inside one process.
        with replacing.held(path, lambda: cipher.connect(path, None, timeout=replacing.PATIENCE_SECONDS)):
            pass
    with replacing.held(path, lambda: cipher.opened(path, lock, timeout=replacing.PATIENCE_SECONDS)) as plain:
        yield Held(path, plain, lock)


def rewrite(path: Path, lock: Lock | None) -> None:
    """Write a database that nobody has open anew with this lock, or without one, in its place."""
    made = path.with_name(f"{path.name}-rewritten")
    with hold(path) as held:
        write(held, made, lock)
    made.replace(path)


def write(held: Held, target: Path, lock: Lock | None) -> None:
    """Write what a database holds to `target`, where nothing is yet, and prove that all of it is there.

    Raises KnownError `backup_differs`, and what disks cause.
    """
    with connection.known_errors(target):
        private.make_empty(target)
        _attached(held.plain, target, lock, _export)
        _attached(held.plain, target, lock, _compare)
    if lock is not None:
        cipher.remember(lock)


def _attached(
    plain: sqlite3.Connection, target: Path, lock: Lock | None, work: Callable[[sqlite3.Connection, Path], None]
) -> None:
    key = cipher.secret(lock) if lock else "''"
    plain.execute(f"ATTACH ? AS made KEY {key}", (str(target),))
    try:
        work(plain, target)
    finally:
        plain.execute("DETACH made")


def _export(plain: sqlite3.Connection, _target: Path) -> None:
    plain.execute("PRAGMA made.journal_mode = OFF").fetchone()
    plain.execute("SELECT sqlcipher_export('made')").fetchone()
    for name in _WRITTEN:
        (value,) = plain.execute(f"PRAGMA main.{name}").fetchone()
        plain.execute(f"PRAGMA made.{name} = {int(value)}")


def _compare(plain: sqlite3.Connection, target: Path) -> None:
    """Read again what was written, from the file: SQLCipher proves by that that each page is as it was written."""
    damage = [row for row in plain.execute("PRAGMA made.integrity_check(1)") if row != ("ok",)]
    if damage or not _is_same(plain):
        raise KnownError("backup_differs", path=str(target))


def _is_same(plain: sqlite3.Connection) -> bool:
    schema = _schema(plain, "main")
    tables = [name for kind, name, _table, sql in schema if kind == "table" and not contents.is_virtual(sql)]
    return schema == _schema(plain, "made") and all(_is_same_table(plain, name) for name in tables)


def _schema(plain: sqlite3.Connection, place: str) -> list[tuple[str, str, str, str]]:
    return sorted(plain.execute(f"SELECT type, name, tbl_name, coalesce(sql, '') FROM {place}.sqlite_master"))


def _is_same_table(plain: sqlite3.Connection, name: str) -> bool:
    """Row by row: two tables of the same schema are read in the same order."""
    one, other = (plain.execute(f"SELECT * FROM {place}.{contents.quoted(name)}") for place in ("main", "made"))
    with closing(one), closing(other):
        return all(row == copy for row, copy in zip_longest(one, other))


def exchange(held: Held, made: Path) -> None:
    """Put a file that nobody has open in the place of the one that is held, which is no database any more then."""
    durable.flush_file(made)
    with connection.known_errors(held.path):
        if os.name == "nt":
            _exchange_closed(held, made)
        else:
            _exchange_open(held, made)


def _exchange_open(held: Held, made: Path) -> None:
    # Opened while the file still has its name, and closed when its locks matter no more.
    old = os.open(held.path, os.O_RDWR)
    try:
        made.replace(held.path)
        durable.flush_folder(held.path.parent)
        # Whoever waits for the lock has the old file open: what they would write into it, nobody would ever see.
        # The exchange is done by now, and must not be told to have failed.
        with suppress(OSError):
            os.ftruncate(old, 0)
            os.pwrite(old, _TOMBSTONE.ljust(_PAGE), 0)
        held.release()
    finally:
        os.close(old)


def _exchange_closed(held: Held, made: Path) -> None:
    """Where a file that is open cannot be renamed: then nobody else can have it open, either."""
    before = _first_page(held.path)
    held.release()
    # Whoever has opened it in between has written to its first page.
    if _first_page(held.path) != before or held.path.with_name(f"{held.path.name}-wal").exists():
        raise KnownError("database_in_use", path=str(held.path))
    try:
        made.replace(held.path)
    except PermissionError as error:
        raise KnownError("database_in_use", path=str(held.path)) from error


def _first_page(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_PAGE)
