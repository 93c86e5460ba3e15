"""Putting another database in the place of the present one, at once or not at all.

The file is not exchanged for another one by renaming. A write-ahead log that was left beside the old file would be
applied to the new one and ruin it; and somebody who has just opened the old file would go on writing into what has
no name any more. Instead SQLite copies the new content into the file that is there, in one transaction under an
exclusive lock: a crash in the middle is rolled back by whoever opens the file next, and whoever else wants to open it
has to wait. Only where SQLite cannot open the present file is it put aside, with all that belongs to it, and
the new one takes its name.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from cpdesk.base import durable, private
from cpdesk.base.errors import KnownError
from cpdesk.base.progress import Tell
from cpdesk.domain.backups import BackupKind
from cpdesk.domain.encryption import Lock
from cpdesk.store import backup, cipher, connection, contents, migrate
from cpdesk.store.contents import Contents

_UNUSABLE = {"not_a_database", "database_damaged", "backup_differs"}
_BESIDE = ("", "-wal", "-journal")
"""What follows the name of a database in the names of the files that belong to it."""
_PAGES = 1000
"""Copied at one go; the transaction goes on from one to the next."""
PATIENCE_SECONDS = 1.0
"""How long the file is waited for."""


@dataclass(frozen=True)
class Present:
    """What is in the place where the database belongs, kept and ready to be replaced."""

    path: Path
    kept: tuple[Path, ...]
    """Where it is kept, the database itself first; empty where there was nothing."""
    contents: Contents | None = None
    """None where it is missing, damaged, or from a newer version."""
    plain: sqlite3.Connection | None = field(default=None, repr=False)
    """A connection that locks out all others; None where SQLite cannot open the file."""
    lock: Lock | None = None
    """What it is encrypted with; None where it is not, or cannot be opened."""

    def match(self, draft: Path) -> None:
        """Have a database that nobody has open encrypted as this one is, or not: else no page of it fits in here.

        Where this one cannot be opened, the other one stays as it is.
        """
        if self.plain is not None and (self.lock is None) != (cipher.salt_of(draft) is None):
            from cpdesk.store import recoding

            recoding.rewrite(draft, self.lock)

    def replace_by(self, draft: Path, tell: Tell | None = None) -> None:
        """Put the content of `draft`, a database that nobody has open, in its place."""
        with connection.known_errors(self.path):
            if self.plain is None:
                _rename(draft, self.path)
            else:
                _copy(draft, self.plain, tell)

    def forget(self) -> None:
        """Remove what was kept: nothing is replaced after all."""
        for file in self.kept:
            with suppress(OSError):
                file.unlink(missing_ok=True)


def take(path: Path, folder: Path, now: datetime, stack: ExitStack) -> Present:
    """Keep what is at `path` in a folder, and keep others from opening it until `stack` is closed.

    Raises KnownError `database_in_use` while another process, or another thread, has it open, and what
    `backup.keep` raises about the disk.
    """
    if not path.exists() or path.stat().st_size == 0:
        return Present(path, _put_aside(path, folder, now))
    try:
        with ExitStack() as inner:
            salt = cipher.salt_of(path)
            plain = inner.enter_context(held(path, lambda: _connected(path)))
            lock = cipher.lock_of(salt, path) if salt else None
            present = replace(_kept(path, plain, folder, now), lock=lock)
            stack.push(inner.pop_all())
            return present
    except KnownError as error:
        if error.code not in _UNUSABLE:
            raise
    return Present(path, _put_aside(path, folder, now))


def take_damaged(path: Path, folder: Path, now: datetime) -> Present:
    """Keep a damaged database in a folder, byte by byte as it is, ready to be replaced.

    Raises KnownError `database_in_use` while another process has it open, and what `backup.keep` raises about the disk.
    """
    present = Present(path, _put_aside(path, folder, now))
    try:
        with held(path, lambda: _connected(path)):
            pass
    except KnownError as error:
        if error.code not in _UNUSABLE:
            present.forget()
            raise
    return present


def _kept(path: Path, plain: sqlite3.Connection, folder: Path, now: datetime) -> Present:
    with connection.known_errors(path):
        if not migrate.is_ours(plain):
            raise KnownError("not_a_database", path=str(path))
        readable = contents.read(plain) if migrate.schema_of(plain) <= migrate.latest_schema() else None
        row = backup.keep(plain, folder, BackupKind.RESTORE, now)
    return Present(path, (row.path,), readable, plain)


@contextmanager
def held(path: Path, connect: Callable[[], sqlite3.Connection]) -> Iterator[sqlite3.Connection]:
    """A connection that locks out all others, and no write-ahead log any more. Raises KnownError `database_in_use`."""
    with connection.known_errors(path), closing(connect()) as plain:
        plain.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            # Leaving the write-ahead log behind is granted to the only one who has the file open.
            plain.execute("PRAGMA journal_mode = DELETE")
            plain.execute("PRAGMA synchronous = FULL")
            plain.execute("PRAGMA fullfsync = 1")
            # In this locking mode the lock stays after the transaction; copying into the file needs one of its own.
            plain.execute("BEGIN EXCLUSIVE")
            plain.execute("COMMIT")
        except cipher.errors() as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                raise KnownError("database_in_use", path=str(path)) from error
            raise
        yield plain


def _connected(path: Path) -> sqlite3.Connection:
    return cipher.connect(path, cipher.salt_of(path), timeout=PATIENCE_SECONDS)


def _copy(draft: Path, plain: sqlite3.Connection, tell: Tell | None) -> None:
    def told(_status: int, remaining: int, total: int) -> None:
        if tell is not None:
            tell(total - remaining, total)

    with closing(_connected(draft)) as source:
        source.backup(plain, pages=_PAGES, progress=told)


def _put_aside(path: Path, folder: Path, now: datetime) -> tuple[Path, ...]:
    """Copy a file that SQLite cannot open, with what belongs to it, as it is."""
    there = [suffix for suffix in _BESIDE if _with(path, suffix).exists() and _with(path, suffix).stat().st_size]
    if not there:
        return ()
    with connection.known_errors(folder), backup.workshop(folder) as shop:
        place = _free_place(folder, now)
        copies = tuple(_with(place, suffix) for suffix in there)
        for suffix, copy in zip(there, copies, strict=True):
            _copy_bytes(_with(path, suffix), shop / copy.name)
        try:
            # The database itself last: where that is, all of it is.
            for copy in reversed(copies):
                (shop / copy.name).rename(copy)
        except BaseException:
            # Half of it is worth nothing.
            for copy in copies:
                with suppress(OSError):
                    copy.unlink(missing_ok=True)
            raise
        durable.flush_folder(folder)
    return copies


def _free_place(folder: Path, now: datetime) -> Path:
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    names = (f"cpdesk-damaged-{stamp}{f'-{number}' if number else ''}.db" for number in range(1000))
    return next(folder / name for name in names if not os.path.lexists(folder / name))


def _copy_bytes(source: Path, target: Path) -> None:
    file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), private.FILE)
    with source.open("rb") as reader, os.fdopen(file, "wb") as writer:
        shutil.copyfileobj(reader, writer)
        writer.flush()
        durable.synchronise(writer.fileno())


def _rename(draft: Path, path: Path) -> None:
    """What belonged to the old file goes first: SQLite would apply it to the new one."""
    if draft.stat().st_dev != path.parent.stat().st_dev:
        # The folder of the backups may be a link to another disk, from which nothing can be renamed.
        with backup.workshop(path.parent) as beside:
            _copy_bytes(draft, beside / path.name)
            _rename(beside / path.name, path)
        return
    for suffix in ("-wal", "-journal", "-shm"):
        _with(path, suffix).unlink(missing_ok=True)
    durable.flush_file(draft)
    draft.replace(path)
    durable.flush_folder(path.parent)


def _with(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def close_log(path: Path) -> None:
    """Move everything into a database file that nobody has open, so that it stands for itself."""
    with connection.known_errors(path), closing(_connected(path)) as plain:
        plain.execute("PRAGMA journal_mode = DELETE")
