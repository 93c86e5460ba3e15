"""Bringing a database file to the present schema, or refusing it untouched."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base.errors import KnownError
from cpdesk.store import connection
from cpdesk.store.connection import database

if TYPE_CHECKING:
    from playhouse.migrations import Runner

DIRECTORY = Path(__file__).parent / "migrations"
APPLICATION_ID = 0x43504431
"""Marks a SQLite file as ours ("CPD1")."""
_DIGITS = 4
"""Of the number that the name of a migration begins with."""
_PATIENCE_MS = 60_000
"""How long a start waits while another one makes a backup and upgrades."""
HISTORY = "schema_migration"
"""Where the runner keeps what it has done."""
HISTORY_SHAPE = (HISTORY, ("id", "name", "applied"), (int, str, str), (False, False, False), 0)
"""Its name, columns, their types, which of them may be empty, and the place of the row's number."""


def is_empty() -> bool:
    """Whether the connected file has no tables yet: new, or left behind by a set-up that was cut short."""
    with connection.known_errors():
        return not database.get_tables()


def check_kind(path: Path, plain: sqlite3.Connection | None = None) -> None:
    """Raise KnownError for a file that is not ours or comes from a newer version. Changes nothing.

    It is the file that is opened, or the one that a plain connection belongs to.
    """
    with connection.known_errors(path):
        looked_at = plain or connection.plain()
        ours = is_ours(looked_at)
        unknown = sorted(_applied(looked_at) - set(_steps()))
    if not ours:
        raise KnownError("not_a_database", path=str(path))
    if unknown:
        raise KnownError("database_newer", path=str(path), steps=unknown)


def is_ours(plain: sqlite3.Connection) -> bool:
    """Whether a file was made by this program, whatever its version."""
    (mark,) = plain.execute("PRAGMA application_id").fetchone()
    return bool(mark == APPLICATION_ID and _applied(plain))


def refuse_newer(path: Path) -> None:
    """Raise KnownError `database_newer`, before a connection that could write has touched the file.

    What a newer version that crashed has left in the write-ahead log beside it would be moved into the file when
    that connection is closed. All other troubles are left to whoever opens the file.
    """
    newer: KnownError | None = None
    with suppress(KnownError), connection.looking(path) as plain:
        try:
            check_kind(path, plain)
        except KnownError as error:
            newer = error if error.code == "database_newer" else None
    if newer is not None:
        raise newer


def schema_of(plain: sqlite3.Connection) -> int:
    """The number of the latest migration that a database has seen; 0 where it is not ours."""
    return max((int(step[:_DIGITS]) for step in _applied(plain) if step[:_DIGITS].isdecimal()), default=0)


def latest_schema() -> int:
    """The number of the latest migration that there is."""
    return int(_steps()[-1][:_DIGITS])


def pending() -> list[str]:
    """Names of the migrations that this database has not seen."""
    with connection.known_errors():
        applied = _applied(connection.plain())
        return [step for step in _steps() if step not in applied]


def last_known(steps: Sequence[str], path: Path) -> str | None:
    """The last of the migrations that a damaged database has seen; None where it does not say, and has seen all.

    Raises KnownError `database_newer` where it has seen one that we do not have.
    """
    unknown = sorted(set(steps) - set(_steps()))
    if unknown:
        raise KnownError("database_newer", path=str(path), steps=unknown)
    return max(steps, default=None)


def upgrade(prepare: Callable[[], object], last: str | None = None, *, is_whole: bool = True) -> list[str]:
    """Run the pending migrations, or those up to and including `last`, all or none, and return their names.

    Before that, and only where something is pending, `prepare` is called, while nobody else can write: of several
    processes that start at once one upgrades, and the others find it done. If it raises nothing is changed.

    Foreign keys are off meanwhile: rebuilding a table would delete its child rows, and SQLite changes that setting
    only outside a transaction. Unless the database `is_whole`, rows may belong to what is not there.
    """
    with connection.known_errors(), connection.impatience(_PATIENCE_MS):
        database.pragma("foreign_keys", 0)
        try:
            with database.atomic("IMMEDIATE"):
                if pending():
                    prepare()
                applied: list[str] = _runner().up(last)
                database.pragma("application_id", APPLICATION_ID)
                if is_whole and database.execute_sql("PRAGMA foreign_key_check").fetchone():
                    raise KnownError("database_damaged", path=str(database.database))
        finally:
            database.pragma("foreign_keys", 1)
    return applied


def _steps() -> list[str]:
    """Names of all migrations that we have, in their order."""
    return sorted(path.stem for path in DIRECTORY.glob("[0-9]*.py"))


def _applied(plain: sqlite3.Connection) -> set[str]:
    """Names of the migrations that a database has seen."""
    there = plain.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", (HISTORY,))
    if there.fetchone() == (0,):
        return set()
    return {str(name) for (name,) in plain.execute(f"SELECT name FROM {HISTORY}")}


def _runner() -> "Runner":
    # Loaded only when there is something to do: asking needs none of it, and happens at every start.
    from playhouse.migrations import Runner

    return Runner(database, str(DIRECTORY), table_name=HISTORY)
