"""The schema that the migrations make, and that an upgrade is all or nothing."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from peewee import OperationalError, SqliteDatabase

from cpdesk.base.errors import KnownError
from cpdesk.store import connection, migrate, word_index
from cpdesk.store.billing_models import BILLING_TABLES
from cpdesk.store.models import TABLES
from cpdesk.store.service_plan_models import PLAN_TABLES
from cpdesk.store.sign_in_models import SIGN_IN_TABLES
from tests.support.world import World, dump, rows_of

BROKEN = """
def up(migrator, db):
    db.execute_sql("CREATE TABLE half (way TEXT)")
    db.execute_sql("UPDATE account SET name = 'Changed'")
    db.execute_sql("INSERT INTO no_such_table VALUES (1)")
"""
GOOD = """
def up(migrator, db):
    db.execute_sql("ALTER TABLE account ADD COLUMN note TEXT NOT NULL DEFAULT ''")
"""
ORPHANING = """
def up(migrator, db):
    db.execute_sql("DELETE FROM account")
"""
REBUILDING = """
def up(migrator, db):
    db.execute_sql("CREATE TABLE account_new AS SELECT * FROM account")
    db.execute_sql("DROP TABLE account")
    db.execute_sql("CREATE TABLE account AS SELECT * FROM account_new")
    db.execute_sql("CREATE UNIQUE INDEX account_id ON account (id)")
    db.execute_sql("DROP TABLE account_new")
"""
MODELS = TABLES + BILLING_TABLES + PLAN_TABLES + SIGN_IN_TABLES
SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name <> 'schema_migration' ORDER BY 1, 2"


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with our migrations, to which a test adds its own."""
    copied = Path(shutil.copytree(migrate.DIRECTORY, tmp_path / "steps"))
    monkeypatch.setattr(migrate, "DIRECTORY", copied)
    return copied


@pytest.fixture
def closed(folder: Path) -> World:
    """A database with an account and a user in it, closed."""
    world = World(folder)
    world.open()
    world.account("Contoso", "ada@contoso.example")
    world.close()
    return world


def test_all_migrations_make_what_the_models_say(folder: Path) -> None:
    by_models = SqliteDatabase(":memory:")
    with by_models.bind_ctx(MODELS), by_models:
        by_models.create_tables(MODELS)
        for statement in word_index.SCHEMA:
            by_models.execute_sql(statement)
        wanted = list(by_models.execute_sql(SCHEMA))
    assert rows_of(folder / "cpdesk.db", SCHEMA) == wanted


def test_the_models_list_every_table(folder: Path) -> None:
    stored = {name for (name,) in rows_of(folder / "cpdesk.db", "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {model._meta.table_name for model in MODELS} == stored - word_index.PARTS - {"schema_migration"}


def test_migrations_import_nothing_of_ours() -> None:
    texts = [path.read_text(encoding="utf-8") for path in migrate.DIRECTORY.glob("[0-9]*.py")]
    assert texts
    assert not any("cpdesk" in text for text in texts)


def test_an_older_database_is_upgraded_by_opening_it(closed: World, steps: Path) -> None:
    (steps / "0002_note.py").write_text(GOOD, encoding="utf-8")
    closed.open()
    assert migrate.pending() == []
    assert closed.stored("SELECT name, note FROM account") == [("Contoso", "")]
    assert closed.problems() == []
    closed.close()


def test_a_step_that_fails_rolls_everything_back(closed: World, steps: Path) -> None:
    (steps / "0002_note.py").write_text(GOOD, encoding="utf-8")
    (steps / "0003_broken.py").write_text(BROKEN, encoding="utf-8")
    before = dump(closed.store.path)
    with pytest.raises(OperationalError, match="no_such_table"):
        closed.open()
    assert dump(closed.store.path) == before
    assert connection.database.is_closed()
    (steps / "0003_broken.py").unlink()
    closed.open()
    assert closed.problems() == []
    closed.close()


def test_a_step_that_leaves_rows_without_their_parents_is_undone(closed: World, steps: Path) -> None:
    (steps / "0002_orphaning.py").write_text(ORPHANING, encoding="utf-8")
    before = dump(closed.store.path)
    with pytest.raises(KnownError, match="database_damaged"):
        closed.open()
    assert dump(closed.store.path) == before


def test_rebuilding_a_table_keeps_the_rows_that_point_at_it(closed: World, steps: Path) -> None:
    (steps / "0002_rebuild.py").write_text(REBUILDING, encoding="utf-8")
    closed.open()
    assert closed.stored("SELECT upn FROM user") == [("ada@contoso.example",)]
    assert connection.database.pragma("foreign_keys") == 1
    closed.close()


def test_the_file_says_whose_it_is(closed: World) -> None:
    with closing(sqlite3.connect(closed.store.path)) as database:
        (mark,) = database.execute("PRAGMA application_id").fetchone()
    assert mark == migrate.APPLICATION_ID
