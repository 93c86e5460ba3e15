"""What lies around the program: databases and folders that cannot be used. Exit code 3, and nothing is changed."""

import importlib
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from cpdesk.store import connection
from tests.cli.conftest import ADMIN, ANNA, CONTOSO, Cli, Result
from tests.support.small_disk import fill, small_disk

__all__ = ["small_disk"]

NOBODY = 65_534


def assert_environment(result: Result, code: str, fragment: str) -> None:
    assert (result.code, result.document["error"]["code"]) == (3, code)
    assert fragment in result.err
    assert "Traceback" not in result.err


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the write lock, as another program would."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def unprivileged() -> Iterator[None]:
    """Let file permissions count, which the superuser may ignore."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        # Where nobody could look for modules, Python would remember that there are none.
        importlib.invalidate_caches()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for another program to let go of the database."""
    monkeypatch.setattr(connection, "open_file", partial(connection.open_file, busy_seconds=0))


@pytest.fixture
def protected_cli(
    purchase_cli: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Cli]:
    """A command line on a database that anybody may read and nobody may write, with a change queued."""
    if sys.platform == "win32":
        pytest.skip("needs POSIX permissions")
    purchase_cli.json("mode", "change", CONTOSO, "usage", "--yes")
    # What is imported on use may lie where nobody can read it.
    for words in (("accounts", "list"), ("mode", "show", CONTOSO), ("check",)):
        purchase_cli.text(*words)
    # The folders of tests are closed to everybody else.
    outside = Path(tempfile.mkdtemp(prefix="cpdesk-test-"))
    folder = outside / "data"
    shutil.copytree(purchase_cli.folder, folder)
    (folder / "cpdesk.db").chmod(0o444)
    folder.chmod(0o555)
    outside.chmod(0o755)
    monkeypatch.setenv("CPDESK_DATA", str(folder))
    cli = Cli(folder, monkeypatch, capsys)
    yield cli
    folder.chmod(0o755)
    shutil.rmtree(outside)


@pytest.mark.usefixtures("impatient")
def test_a_locked_database(cli: Cli) -> None:
    before = cli.content()
    with locked(cli.file):
        result = cli("users", "add", CONTOSO, "x@contoso.example", "--name", "X", "--json")
    assert_environment(result, "database_locked", "Another program")
    assert cli.content() == before
    assert cli("users", "add", CONTOSO, "x@contoso.example", "--name", "X").code == 0


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_can_still_be_read(cli: Cli) -> None:
    with locked(cli.file):
        assert len(cli.json("accounts", "list")) == 2
        assert cli.json("check")["ok"]


@pytest.mark.usefixtures("impatient")
def test_apply_due_on_a_locked_database(purchase_cli: Cli) -> None:
    purchase_cli.json("mode", "change", CONTOSO, "usage", "--yes")
    purchase_cli.clock.set(datetime(2026, 12, 1, 5, 0, tzinfo=UTC))
    with locked(purchase_cli.file):
        assert_environment(purchase_cli("apply-due", "--json"), "database_locked", "Another program")
    assert len(purchase_cli.json("apply-due")["applied"]) == 1


def test_a_read_only_database_can_be_read_and_not_written(protected_cli: Cli) -> None:
    with unprivileged():
        read = protected_cli("users", "list", CONTOSO, "--json")
        written = protected_cli("users", "remove", CONTOSO, ANNA, "--json")
        checked = protected_cli("check", "--json")
    assert len(read.document) == 2
    assert_environment(written, "database_read_only", str(protected_cli.file))
    assert checked.document["ok"]


def test_a_read_only_database_shows_what_is_due_as_not_yet_completed(protected_cli: Cli) -> None:
    protected_cli.clock.set(datetime(2026, 12, 2, tzinfo=UTC))
    with unprivileged():
        shown = protected_cli("mode", "show", CONTOSO)
        listed = protected_cli("accounts", "list")
        document = protected_cli("mode", "show", CONTOSO, "--json").document
        applied = protected_cli("apply-due", "--json")
    assert "due since December 1, 2026 (00:00 America/New_York), not yet completed" in shown.out
    assert "due December 1, 2026, not yet completed" in listed.out
    assert (document["mode"], document["pending"]["overdue"]) == ("purchase", True)
    assert_environment(applied, "database_read_only", str(protected_cli.file))


def test_a_folder_that_must_not_be_written(protected_cli: Cli) -> None:
    with unprivileged():
        result = protected_cli("setup", "--admin", ADMIN, "--data", protected_cli.folder / "new", "--json")
    assert_environment(result, "database_not_reachable", "cannot be opened")


def test_a_file_where_the_folder_should_be(empty_cli: Cli) -> None:
    empty_cli.sign_in(ADMIN)
    empty_cli.folder.write_text("in the way")
    for words in (("accounts", "list"), ("setup", "--admin", ADMIN)):
        assert_environment(empty_cli(*words, "--json"), "database_not_reachable", str(empty_cli.folder))


def test_a_folder_where_the_database_should_be(cli: Cli) -> None:
    cli.file.unlink()
    cli.file.mkdir()
    assert_environment(cli("accounts", "list", "--json"), "disk_trouble", str(cli.file))


@pytest.mark.parametrize("data", [b"not a database at all, " * 100, b"SQLite format 3\x00" + b"\x00" * 2000, b"no"])
def test_a_file_that_is_no_database(cli: Cli, data: bytes) -> None:
    cli.file.write_bytes(data)
    for words in (("accounts", "list"), ("check",), ("apply-due",), ("setup", "--admin", ADMIN)):
        result = cli(*words, "--json")
        assert result.code == 3
        assert result.document["error"]["code"] in {"not_a_database", "database_damaged"}
    assert cli.file.read_bytes() == data


def test_a_database_of_another_program(cli: Cli) -> None:
    cli.file.unlink()
    cli.alter("CREATE TABLE thing (id)")
    before = cli.file.read_bytes()
    assert_environment(cli("setup", "--admin", ADMIN, "--json"), "not_a_database", "is not a database of cpdesk")
    assert_environment(cli("accounts", "list", "--json"), "not_a_database", "is not a database of cpdesk")
    assert cli.file.read_bytes() == before


def test_a_database_from_a_newer_version(cli: Cli) -> None:
    with closing(sqlite3.connect(cli.file)) as database, database:
        (table,) = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE name LIKE '%migration'")]
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        copied = ", ".join("'9999_future'" if column == "name" else column for column in columns if column != "id")
        named = ", ".join(column for column in columns if column != "id")
        database.execute(f"INSERT INTO {table} ({named}) SELECT {copied} FROM {table} LIMIT 1")
    before = cli.content()
    assert_environment(cli("accounts", "list", "--json"), "database_newer", "newer version")
    assert cli.content() == before


def test_a_damaged_database(cli: Cli) -> None:
    data = bytearray(cli.file.read_bytes())
    data[4096 * 2 :] = b"\xa5" * (len(data) - 4096 * 2)
    cli.file.write_bytes(data)
    for words in (("accounts", "list"), ("check",), ("apply-due",)):
        result = cli(*words, "--json")
        assert result.code in {1, 3}
        assert "Traceback" not in result.err


def test_a_text_in_the_database_that_is_none(cli: Cli) -> None:
    cli.alter("UPDATE audit_entry SET operator = CAST(x'ff' AS TEXT) WHERE id = 1")
    assert_environment(cli("check", "--json"), "database_damaged", str(cli.file))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_result_that_cannot_be_written(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        result = cli("accounts", "list")
    assert result.code == 3
    assert "cannot be written" in result.err


def test_a_full_disk(
    cli: Cli, small_disk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(cli.folder, small_disk / "data"))
    monkeypatch.setenv("CPDESK_DATA", str(folder))
    full = Cli(folder, monkeypatch, capsys)
    full.sign_in(ADMIN)
    people = len(full.json("users", "list", CONTOSO))
    ballast = fill(small_disk)
    refused = full("users", "add", CONTOSO, "x@contoso.example", "--name", "X", "--json")
    assert_environment(refused, "disk_full", "Make room")
    ballast.unlink()
    assert len(full.json("users", "list", CONTOSO)) == people
    assert full("users", "add", CONTOSO, "x@contoso.example", "--name", "X").code == 0
    assert full.json("check")["ok"]
