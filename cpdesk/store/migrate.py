"""Bringing a database file to the present schema, or refusing it untouched."""

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
_HISTORY = "schema_migration"
"""Where the runner keeps what it has done."""


def is_empty() -> bool:
    """Whether the connected file has no tables yet: new, or left behind by a set-up that was cut short."""
    with connection.known_errors():
        return not database.get_tables()


def check_kind(path: Path) -> None:
    """Raise KnownError for a file that is not ours or comes from a newer version. Changes nothing."""
    with connection.known_errors():
        ours = int(database.pragma("application_id"))
        applied = _applied()
    if ours != APPLICATION_ID or not applied:
        raise KnownError("not_a_database", path=str(path))
    unknown = sorted(applied - set(_steps()))
    if unknown:
        raise KnownError("database_newer", path=str(path), steps=unknown)


def pending() -> list[str]:
    """Names of the migrations that this database has not seen."""
    with connection.known_errors():
        applied = _applied()
        return [step for step in _steps() if step not in applied]


def upgrade() -> list[str]:
    """Run the pending migrations, all or none, and return their names.

    Foreign keys are off meanwhile: rebuilding a table would delete its child
    rows, and SQLite changes that setting only outside a transaction.
    """
    with connection.known_errors():
        database.pragma("foreign_keys", 0)
        try:
            with database.atomic("IMMEDIATE"):
                applied: list[str] = _runner().up()
                database.pragma("application_id", APPLICATION_ID)
                if database.execute_sql("PRAGMA foreign_key_check").fetchone():
                    raise KnownError("database_damaged", path=str(database.database))
        finally:
            database.pragma("foreign_keys", 1)
    return applied


def _steps() -> list[str]:
    """Names of all migrations that we have, in their order."""
    return sorted(path.stem for path in DIRECTORY.glob("[0-9]*.py"))


def _applied() -> set[str]:
    """Names of the migrations that the database has seen."""
    if not database.table_exists(_HISTORY):
        return set()
    return {str(name) for (name,) in connection.rows_of(f"SELECT name FROM {_HISTORY}")}


def _runner() -> "Runner":
    # Loaded only when there is something to do: asking needs none of it, and happens at every start.
    from playhouse.migrations import Runner

    return Runner(database, str(DIRECTORY), table_name=_HISTORY)
