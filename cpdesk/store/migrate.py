"""Bringing a database file to the present schema, or refusing it untouched."""

from pathlib import Path

from playhouse.migrations import Runner

from cpdesk.base.errors import KnownError
from cpdesk.store import connection
from cpdesk.store.connection import database

DIRECTORY = Path(__file__).parent / "migrations"
APPLICATION_ID = 0x43504431
"""Marks a SQLite file as ours ("CPD1")."""


def is_empty() -> bool:
    """Whether the connected file has no tables yet: new, or left behind by a set-up that was cut short."""
    with connection.known_errors():
        return not database.get_tables()


def check_kind(path: Path) -> None:
    """Raise KnownError for a file that is not ours or comes from a newer version. Changes nothing."""
    with connection.known_errors():
        ours = int(database.pragma("application_id"))
        applied = _runner().applied()
    if ours != APPLICATION_ID or not applied:
        raise KnownError("not_a_database", path=str(path))
    unknown = sorted(set(applied) - {step.name for step in _runner().migrations()})
    if unknown:
        raise KnownError("database_newer", path=str(path), steps=unknown)


def pending() -> list[str]:
    """Names of the migrations that this database has not seen."""
    with connection.known_errors():
        return [step.name for step in _runner().status() if not step.applied]


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


def _runner() -> Runner:
    return Runner(database, str(DIRECTORY))
