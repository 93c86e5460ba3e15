"""Backups made worse: by their bytes, and by their rows, so that the file is whole and what it says is not."""

import random
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from tests.torture.fuzzing.dirt import dirty_cell

_HEADER = 100
"""Bytes with the settings of the whole file."""
_PAGE = 4096
_STATEMENTS = (
    "DROP TABLE {table}",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE rowid = {rowid}",
    "ALTER TABLE {table} RENAME TO x{rowid}",
    "ALTER TABLE {table} ADD COLUMN extra TEXT DEFAULT 'x'",
    "CREATE TRIGGER t AFTER INSERT ON {table} BEGIN DELETE FROM {table}; END",
    "CREATE VIEW v AS SELECT * FROM {table}",
    "INSERT INTO {table} SELECT * FROM {table}",
    "PRAGMA user_version = {rowid}",
    "PRAGMA application_id = {rowid}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA encoding = 'UTF-16'",
)


def worsened_backup(data: bytes, dice: random.Random, _others: Sequence[bytes] = ()) -> bytes:
    """A backup with something done to it."""
    return _worse_rows(data, dice) if dice.random() < 0.7 else worse_bytes(data, dice)


def worse_bytes(data: bytes, dice: random.Random, _others: Sequence[bytes] = ()) -> bytes:
    """A database as a broken disk gives it."""
    worse = bytearray(data)
    for _change in range(dice.randrange(1, 8)):
        if not worse:
            break
        at = dice.randrange(_HEADER if dice.random() < 0.3 else len(worse)) % len(worse)
        worse[at] = dice.choice((0, 1, 127, 128, 255, dice.randrange(256)))
    if dice.random() < 0.15:
        del worse[dice.randrange(len(worse) + 1) :]
    if dice.random() < 0.1:
        page = dice.randrange(len(worse) // _PAGE + 1) * _PAGE
        worse[page : page + _PAGE] = bytes(_PAGE)
    if dice.random() < 0.05:
        worse += bytes(dice.randrange(2 * _PAGE))
    return bytes(worse)


def _worse_rows(data: bytes, dice: random.Random) -> bytes:
    with tempfile.TemporaryDirectory(prefix="cpdesk-fuzz-") as folder:
        path = Path(folder) / "b.db"
        path.write_bytes(data)
        # What has been made worse already may be no database any more, or have no table.
        with suppress(sqlite3.Error, IndexError), closing(sqlite3.connect(path, isolation_level=None)) as database:
            for _change in range(dice.randrange(1, 4)):
                _change_something(database, dice)
        return path.read_bytes()


def _change_something(database: sqlite3.Connection, dice: random.Random) -> None:
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    table = '"' + dice.choice(names) + '"'
    rows = [rowid for (rowid,) in database.execute(f"SELECT rowid FROM {table} LIMIT 50")] or [1]
    rowid = dice.choice(rows)
    with suppress(sqlite3.Error):
        if dice.random() < 0.3:
            database.execute(dice.choice(_STATEMENTS).format(table=table, rowid=rowid))
            return
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        database.execute(f'UPDATE {table} SET "{dice.choice(columns)}" = ? WHERE rowid = ?', (_value(dice), rowid))


def _value(dice: random.Random) -> object:
    return dice.choice((None, -1, 0, 2**62, 1.5, b"\xff\x00", "", dirty_cell(dice), dirty_cell(dice)))
