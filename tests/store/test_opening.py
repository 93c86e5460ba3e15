"""Opening a file: what is refused stays as it was, byte for byte."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cpdesk.base.errors import CodedError, KnownError, UserError
from cpdesk.store import connection, migrate
from tests.support.world import ADMIN, PASSWORD, World


@pytest.fixture
def closed(folder: Path) -> Iterator[World]:
    """A database that is set up and not open."""
    world = World(folder)
    yield world
    world.close()


def changed(world: World, *statements: str) -> None:
    with closing(sqlite3.connect(world.store.path)) as database, database:
        for statement in statements:
            database.execute(statement)


def refused(world: World, *, create: bool = False) -> CodedError:
    """Open a database, which has to fail and to leave everything as it was."""
    before = _files(world.folder)
    with pytest.raises(CodedError) as trouble:
        world.store.open(create=create)
    assert _files(world.folder) == before
    return trouble.value


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def test_a_database_that_was_set_up_opens(closed: World) -> None:
    closed.store.open()
    assert closed.services.operators.sign_in(ADMIN, PASSWORD) == closed.by


def test_a_missing_database_is_not_made_by_looking(tmp_path: Path) -> None:
    world = World(tmp_path / "nowhere")
    error = refused(world)
    assert isinstance(error, UserError)
    assert error.code == "not_set_up"
    assert not world.folder.exists()


def test_damage_where_the_first_entry_stands_is_told_as_such(closed: World) -> None:
    with closing(sqlite3.connect(closed.store.path)) as database:
        (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'audit_entry'").fetchone()
    content = bytearray(closed.store.path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    closed.store.path.write_bytes(content)
    with pytest.raises(KnownError) as trouble:
        closed.store.open()
    assert trouble.value.code == "database_damaged"


def test_a_first_page_of_no_known_format_is_told_as_damage(closed: World) -> None:
    content = bytearray(closed.store.path.read_bytes())
    content[44:48] = b"\0\0\0\x7f"
    closed.store.path.write_bytes(content)
    assert refused(closed).code == "database_damaged"


def test_an_empty_file_is_no_database_yet(closed: World) -> None:
    closed.store.path.write_bytes(b"")
    assert refused(closed).code == "not_set_up"


def test_an_empty_file_can_become_one(closed: World) -> None:
    closed.store.path.write_bytes(b"")
    closed.set_up()
    assert closed.problems() == []


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    "content", [b"Display name,User principal name\n" * 200, b"\x00" * 5000, b"SQLite format 3\x00"]
)
def test_what_is_no_database_is_refused_untouched(closed: World, content: bytes, create: bool) -> None:
    closed.store.path.write_bytes(content)
    error = refused(closed, create=create)
    assert isinstance(error, KnownError)
    assert (error.code, error.params["path"]) == ("not_a_database", str(closed.store.path))


@pytest.mark.parametrize("create", [False, True])
def test_a_database_of_another_program_is_refused_untouched(closed: World, create: bool) -> None:
    closed.store.path.unlink()
    changed(closed, "CREATE TABLE recipe (name TEXT)", "INSERT INTO recipe VALUES ('soup')")
    assert refused(closed, create=create).code == "not_a_database"


@pytest.mark.parametrize(
    "statement",
    ["PRAGMA application_id = 7", "DELETE FROM schema_migration", "DROP TABLE schema_migration"],
)
def test_a_database_without_our_marks_is_refused_untouched(closed: World, statement: str) -> None:
    changed(closed, statement)
    assert refused(closed).code == "not_a_database"


@pytest.mark.parametrize("create", [False, True])
def test_a_database_from_a_newer_version_is_refused_untouched(closed: World, create: bool) -> None:
    changed(closed, "INSERT INTO schema_migration (name, applied) VALUES ('0099_from_tomorrow', '2030-01-01')")
    error = refused(closed, create=create)
    assert isinstance(error, KnownError)
    assert (error.code, error.params["steps"]) == ("database_newer", ["0099_from_tomorrow"])


KILLED = """
import os, sqlite3, sys
plain = sqlite3.connect(sys.argv[1])
plain.execute("INSERT INTO schema_migration (name, applied) VALUES ('0099_from_tomorrow', '2030-01-01')")
plain.commit()
os._exit(0)
"""


@pytest.mark.parametrize("create", [False, True])
def test_what_a_newer_version_left_in_its_log_when_it_crashed_stays_there(closed: World, create: bool) -> None:
    closed.store.open()
    closed.close()
    subprocess.run([sys.executable, "-c", KILLED, str(closed.store.path)], check=True)
    log = closed.store.path.with_name("cpdesk.db-wal")
    before = closed.store.path.read_bytes(), log.read_bytes()
    assert before[1]
    for _start in range(2):
        with pytest.raises(KnownError, match="database_newer"):
            closed.store.open(create=create)
        assert (closed.store.path.read_bytes(), log.read_bytes()) == before


def test_a_folder_in_place_of_the_file_is_refused(closed: World) -> None:
    closed.store.path.unlink()
    closed.store.path.mkdir()
    with pytest.raises(KnownError):
        closed.store.open()
    assert closed.store.path.is_dir()


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(KnownError) as trouble:
        World(tmp_path / "file" / "below").store.open(create=True)
    assert trouble.value.code == "database_not_reachable"


def test_a_refused_file_leaves_no_connection_open(closed: World) -> None:
    closed.store.path.write_bytes(b"nonsense" * 1000)
    refused(closed)
    assert connection.database.is_closed()


def test_opening_again_after_a_set_up_that_was_cut_short(tmp_path: Path) -> None:
    world = World(tmp_path / "books")
    world.store.open(create=True)
    world.close()
    assert World(world.folder).store.exists()
    world.store.open()
    assert world.services.setup.needed()
    world.services.setup.set_up(ADMIN, PASSWORD)
    assert not world.services.setup.needed()
    world.close()


def test_an_upgrade_is_not_run_twice(closed: World) -> None:
    closed.store.open()
    assert migrate.pending() == []
    with pytest.raises(UserError, match="already_set_up"):
        closed.services.setup.set_up("other@reseller.example", PASSWORD)
