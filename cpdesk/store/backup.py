"""Copies of a database file, each verified before it gets its name.

Whatever goes wrong in the middle leaves nothing, and a kill at most a file whose name says that it is unfinished. A
backup that is made in the same folder later removes it.
"""

import os
import re
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree

from cpdesk.base import durable, private
from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.backups import BackupKind, BackupRow, file_name, newest_first, read_name, superfluous
from cpdesk.store import cipher, connection, contents, migrate

UNFINISHED = ".cpdesk-unfinished"
"""How the names of files and folders end that nobody needs once those who made them have ended. Nobody else has it:
in a folder that somebody chose there may be unfinished files of other programs."""
_OURS = re.compile(r"(.*\.)?[0-9a-f]{8}" + re.escape(UNFINISHED), re.DOTALL)
_LEFT_BEHIND = 3600.0
"""Seconds after which something unfinished has been left behind; nobody works on a backup that long."""
_ATTEMPTS = 3
_A_SECOND = timedelta(seconds=1)


def keep(source: sqlite3.Connection, folder: Path, kind: BackupKind, now: datetime) -> BackupRow:
    """Make a backup in a folder, which is made too. `now` (UTC) is the time in its name, or soon after.

    Raises KnownError `disk_full`, `disk_trouble`, `database_damaged`, `database_locked` or `backup_differs`.
    """
    make_folder(folder)
    target = _written(source, folder, kind, now)
    row = _row(target, target.stat().st_size)
    assert row, "the name was made by us"
    return row


def _written(source: sqlite3.Connection, folder: Path, kind: BackupKind, now: datetime) -> Path:
    while True:
        target = _free_place(folder, kind, now, migrate.schema_of(source))
        try:
            write(source, target)
        except UserError as error:
            # Another process that began in the same second was first.
            if error.code != "backup_exists":
                raise
        else:
            return target


def write(source: sqlite3.Connection, target: Path) -> None:
    """Copy what is committed in a database to `target`, where nothing may be yet, and verify the copy.

    Raises UserError `backup_exists` or `backup_folder_missing`, KnownError `disk_full`, `disk_trouble`,
    `database_damaged`, `database_locked` where somebody writes all the time, or `backup_differs`.
    """
    with _blame(source), new_file(target) as part:
        _copy_verified(source, part, target)


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A file to be written at `target`, where nothing may be yet: it gets its name once it is on the disk, or is gone.

    Raises UserError `backup_exists` or `backup_folder_missing`, KnownError `disk_full` or `disk_trouble`.
    """
    if os.path.lexists(target):
        raise UserError("backup_exists", path=str(target))
    if not target.parent.is_dir():
        raise UserError("backup_folder_missing", path=str(target.parent))
    with connection.known_errors(target), _unfinished(target) as part:
        yield part
        # It is left to the system when what was written gets to the disk.
        durable.flush_file(part)
        _put(part, target)


def require_free(target: Path, database: Path) -> None:
    """Raise UserError `backup_exists` for a name that SQLite gives files beside a database: it would delete them."""
    theirs = {f"{database.name}{suffix}" for suffix in ("-wal", "-shm", "-journal")}
    if target.name.casefold() in theirs and os.path.realpath(target.parent) == os.path.realpath(database.parent):
        raise UserError("backup_exists", path=str(target))


def listed(folder: Path) -> list[BackupRow]:
    """The backups in a folder that the program made there, newest first; what else is there is no business of ours."""
    try:
        with connection.known_errors(folder), os.scandir(folder) as entries:
            files = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
            rows = [_row(Path(entry.path), entry.stat().st_size) for entry in files]
    except KnownError:
        if not folder.exists():
            return []
        raise
    return newest_first(row for row in rows if row is not None)


def _row(path: Path, size: int) -> BackupRow | None:
    named = read_name(path, size)
    return replace(named, encrypted=cipher.salt_of(path) is not None) if named else None


def remove(rows: Iterable[BackupRow]) -> None:
    """Delete backups; one that cannot be deleted stays until the next time."""
    for row in rows:
        with suppress(OSError):
            row.path.unlink()


def rotate(folder: Path, now: datetime) -> None:
    """Delete the backups in a folder that need not be kept any longer at `now` (UTC)."""
    remove(superfluous(listed(folder), now))


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A folder inside `folder`, which is made too, for files that nobody needs afterwards."""
    make_folder(folder)
    with connection.known_errors(folder):
        place = folder / f"{secrets.token_hex(4)}{UNFINISHED}"
        place.mkdir(mode=private.FOLDER)
        _sweep(folder, place)
    try:
        yield place
    finally:
        rmtree(place, ignore_errors=True)


def make_folder(folder: Path) -> None:
    """Make a folder for our eyes only, and what it stands in, unless they are there."""
    with connection.known_errors(folder):
        private.make_folder(folder)


def _free_place(folder: Path, kind: BackupKind, now: datetime, schema: int) -> Path:
    while os.path.lexists(place := folder / file_name(kind, now, schema)):
        now += _A_SECOND
    return place


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """An empty file beside the target, for our eyes only, which is gone in the end."""
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}{UNFINISHED}")
    private.make_empty(part)
    try:
        _sweep(target.parent, part)
        yield part
    finally:
        for leftover in (part, part.with_name(f"{part.name}-journal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


@contextmanager
def _blame(source: sqlite3.Connection) -> Iterator[None]:
    """What is damaged is the database, not the copy of it that cannot be made."""
    try:
        yield
    except KnownError as error:
        if error.code != "database_damaged":
            raise
        _number, _name, file = source.execute("PRAGMA database_list").fetchone()
        raise KnownError("database_damaged", path=str(file)) from error


def _sweep(folder: Path, fresh: Path) -> None:
    """Remove what was left behind, by the clock of the disk: it is much older than what was made just now."""
    with suppress(OSError):
        now = fresh.stat().st_mtime
        for left in [path for path in folder.iterdir() if _OURS.fullmatch(path.name)]:
            if now - left.lstat().st_mtime > _LEFT_BEHIND:
                rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()


def _copy_verified(source: sqlite3.Connection, part: Path, target: Path) -> None:
    for _attempt in range(_ATTEMPTS):
        before = contents.measures(source)
        source.execute("VACUUM INTO ?", (str(part),))
        if _measured(part, target) == before:
            return
        if contents.measures(source) == before:
            raise KnownError("backup_differs", path=str(target))
        # Somebody wrote in between.
        os.truncate(part, 0)
    raise KnownError("database_locked", path=str(target))


def _measured(part: Path, target: Path) -> dict[str, object]:
    """Open a copy as if it had to be restored, prove that it is whole, and measure it."""
    address = f"{part.resolve().as_uri()}?mode=ro"
    with closing(cipher.connect(part, cipher.salt_of(part), name=address, uri=True)) as copy:
        if contents.damage(copy):
            raise KnownError("database_damaged", path=str(target))
        return contents.measures(copy)


def _put(part: Path, target: Path) -> None:
    """Give a copy its name, and take none away from a file that came there meanwhile."""
    try:
        _name(part, target)
    except FileExistsError:
        raise UserError("backup_exists", path=str(target)) from None
    try:
        durable.flush_folder(target.parent)
    except OSError:
        # Nobody can count on it.
        with suppress(OSError):
            target.unlink()
        raise


def _name(part: Path, target: Path) -> None:
    try:
        # A second name for it, at once or not at all: an empty file left by a kill would count as the day's backup.
        target.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        # FAT and some networks know no such thing.
        private.make_empty(target)
        part.replace(target)
    else:
        part.unlink()
