"""cpdesk backup, cpdesk restore"""

import io
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ADMIN, ANNA, AUDITOR, CONTOSO, CUSTOMER, PASSWORD, START, Cli
from tests.support.stored import SCHEMA
from tests.support.world import dump


@pytest.fixture
def file(cli: Cli, tmp_path: Path) -> Path:
    """A backup of how the database was."""
    target = tmp_path / "copy.db"
    cli.json("backup", target)
    return target


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def types(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Sit down at a terminal and type this."""
    monkeypatch.setattr("sys.stdin", Terminal(text))


def error(result: Any) -> tuple[int, str]:
    return result.code, result.document["error"]["code"]


# Making one


def test_a_backup_needs_no_operator(cli: Cli, tmp_path: Path) -> None:
    cli.sign_in(None, None)
    target = tmp_path / "copy.db"
    document = cli.json("backup", target)
    assert dump(target) == dump(cli.file)
    assert document == {
        "file": str(target),
        "kind": "manual",
        "made_at": "2026-11-10T12:00:00Z",
        "size": target.stat().st_size,
        "schema": SCHEMA,
    }


def test_without_a_name_it_stands_in_the_folder_of_the_backups(cli: Cli) -> None:
    text = cli.text("backup")
    (made,) = (cli.folder / "backups").iterdir()
    assert made.name == f"cpdesk-manual-20261110T120000Z-schema{SCHEMA}.db"
    assert str(made) in text
    assert "verified" in text


def test_a_backup_replaces_nothing(cli: Cli, file: Path) -> None:
    content = file.read_bytes()
    result = cli("backup", file, "--json")
    assert error(result) == (1, "backup_exists")
    assert str(file) in result.err
    assert file.read_bytes() == content


def test_a_backup_needs_its_folder(cli: Cli, tmp_path: Path) -> None:
    assert error(cli("backup", tmp_path / "nowhere" / "copy.db", "--json")) == (1, "backup_folder_missing")


def test_a_backup_of_nothing(empty_cli: Cli, tmp_path: Path) -> None:
    assert error(empty_cli("backup", tmp_path / "copy.db", "--json")) == (3, "not_set_up")
    assert not (tmp_path / "copy.db").exists()


def test_apply_due_makes_the_backup_of_the_day(cli: Cli) -> None:
    cli.sign_in(None, None)
    for _run in range(2):
        cli.json("apply-due")
    cli.clock.advance(timedelta(days=1))
    cli.json("apply-due")
    names = sorted(path.name for path in (cli.folder / "backups").iterdir())
    assert names == [f"cpdesk-daily-202611{day}T120000Z-schema{SCHEMA}.db" for day in (10, 11)]


def test_apply_due_does_its_work_where_no_backup_can_be_made(cli: Cli) -> None:
    (cli.folder / "backups").write_bytes(b"")
    result = cli("apply-due", "--json")
    assert result.code == 0
    assert result.document["applied"] == []
    assert "The backup of today could not be made." in result.err


# Restoring one


def test_without_yes_it_shows_what_would_change(cli: Cli, file: Path) -> None:
    cli.json("mode", "change", CONTOSO, "purchase", "--yes")
    before = dump(cli.file)
    text = cli.text("restore", file)
    assert "Purchase Mode  Usage Mode" in text
    assert "Nothing was changed" in text
    document = cli.json("restore", file)
    assert (document["restored"], document["set_aside"], document["same_history"]) == (False, 1, True)
    assert dump(cli.file) == before
    assert not (cli.folder / "backups").exists()


def test_with_yes_it_is_restored(cli: Cli, file: Path) -> None:
    cli.json("mode", "change", CONTOSO, "purchase", "--yes")
    before = dump(cli.file)
    document = cli.json("restore", file, "--yes", "--reason", "ticket 7")
    assert dump(Path(document["kept"])) == before
    contoso = next(one for one in document["accounts"] if one["domain"] == CONTOSO)
    assert (contoso["mode_before"], contoso["mode_after"]) == ("purchase", "usage")
    assert cli.json("mode", "show", CONTOSO)["mode"] == "usage"
    entries = cli.json("audit", "list")
    assert {(one["action"], one["reason"]) for one in entries[:2]} == {("database.restored", "ticket 7")}
    assert cli.json("check")["ok"]


def test_it_tells_where_what_was_there_is_kept(cli: Cli, file: Path) -> None:
    text = cli.text("restore", file, "--yes")
    (kept,) = (cli.folder / "backups").iterdir()
    assert f"is kept: {kept}" in text


@pytest.mark.parametrize(("answer", "done"), [("yes\n", True), ("y\n", False), ("\n", False), ("", False)])
def test_at_a_terminal_it_asks(cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch, answer: str, done: bool) -> None:
    cli.json("users", "remove", CONTOSO, ANNA)
    types(monkeypatch, answer)
    result = cli("restore", file)
    assert result.code == 0
    assert "Present audit entries that it lacks" in result.err
    assert ("The backup was restored." in result.out) is done
    assert ("Nothing was changed." in result.out) is not done
    assert (len(cli.json("users", "list", CONTOSO)) == 2) is done


def test_a_change_that_had_become_due_is_told(purchase_cli: Cli, tmp_path: Path) -> None:
    purchase_cli.json("mode", "change", CONTOSO, "usage", "--yes")
    purchase_cli.json("backup", tmp_path / "copy.db")
    purchase_cli.clock.set(datetime(2026, 12, 3, tzinfo=UTC))
    text = purchase_cli.text("restore", tmp_path / "copy.db", "--yes")
    assert "1 change to Usage Mode had become due since then, and was completed." in text


@pytest.mark.parametrize("email", [AUDITOR, CUSTOMER])
def test_only_a_reseller_administrator_restores(cli: Cli, file: Path, email: str) -> None:
    before = dump(cli.file)
    cli.sign_in(email)
    assert error(cli("restore", file, "--yes", "--json")) == (1, "not_allowed")
    assert dump(cli.file) == before


def test_somebody_has_to_sign_in(cli: Cli, file: Path) -> None:
    cli.sign_in(None, None)
    assert error(cli("restore", file, "--yes", "--json")) == (1, "sign_in_needed")


@pytest.mark.parametrize(
    ("content", "code"), [(None, "backup_not_found"), (b"", "not_a_backup"), (b"no database" * 100, "not_a_backup")]
)
def test_what_is_no_backup(cli: Cli, tmp_path: Path, content: bytes | None, code: str) -> None:
    other = tmp_path / "other.db"
    if content is not None:
        other.write_bytes(content)
    before = dump(cli.file)
    result = cli("restore", other, "--yes", "--json")
    assert error(result) == (1, code)
    assert str(other) in result.err
    assert dump(cli.file) == before


def test_a_backup_whose_books_are_wrong(cli: Cli, file: Path) -> None:
    with closing(sqlite3.connect(file)) as plain, plain:
        plain.execute("UPDATE subscription SET seats = seats + 1")
    before = dump(cli.file)
    assert error(cli("restore", file, "--yes", "--json")) == (1, "backup_fails_check")
    assert dump(cli.file) == before


def test_a_window_that_is_open_is_in_the_way(cli: Cli, file: Path) -> None:
    words = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM setting').fetchall();"
        " print('open', flush=True); input()"
    )
    before = dump(cli.file)
    with subprocess.Popen(
        [sys.executable, "-c", words, str(cli.file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout
        child.stdout.readline()
        result = cli("restore", file, "--yes", "--json")
        child.communicate(b"\n", timeout=30)
    assert error(result) == (3, "database_in_use")
    assert dump(cli.file) == before


# Where the present database says nothing


@pytest.mark.parametrize("damage", ["missing", "empty", "no database", "newer"])
def test_a_database_that_does_not_open_is_replaced(cli: Cli, file: Path, damage: str) -> None:
    content = {"missing": None, "empty": b"", "no database": b"damaged" * 2000}.get(damage)
    if damage == "newer":
        cli.alter("INSERT INTO schema_migration (name, applied) VALUES ('0099_from_tomorrow', '2030-01-01')")
    elif content is None:
        cli.file.unlink()
    else:
        cli.file.write_bytes(content)
    shown = cli("restore", file)
    assert shown.code == 0
    assert "cpdesk.db" in shown.err
    document = cli.json("restore", file, "--yes")
    if content:
        assert Path(document["kept"]).read_bytes() == content
    assert (document["kept"] is None) is (damage in {"missing", "empty"})
    assert len(cli.json("accounts", "list")) == 2
    assert cli.json("check")["ok"]


def test_a_new_computer_starts_from_a_backup(cli: Cli, file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new computer"
    assert cli.json("--data", folder, "restore", file, "--yes")["restored"]
    assert len(cli.json("--data", folder, "accounts", "list")) == 2


@pytest.mark.parametrize(
    ("email", "password", "code"),
    [(ADMIN, "wrong", "wrong_credentials"), (AUDITOR, PASSWORD, "not_allowed"), (CUSTOMER, PASSWORD, "not_allowed")],
)
def test_there_too_not_everybody_may(cli: Cli, file: Path, email: str, password: str, code: str) -> None:
    cli.file.write_bytes(b"damaged" * 2000)
    cli.sign_in(email, password)
    assert error(cli("restore", file, "--yes", "--json")) == (1, code)
    assert cli.file.read_bytes() == b"damaged" * 2000


def test_who_was_removed_since_the_backup_cannot_come_back_by_it(cli: Cli, tmp_path: Path) -> None:
    cli.sign_in(ADMIN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPDESK_NEW_PASSWORD", PASSWORD)
        cli.json("operators", "add", "gone@reseller.example", "--role", "reseller")
    cli.json("backup", tmp_path / "copy.db")
    cli.json("operators", "remove", "gone@reseller.example")
    cli.sign_in("gone@reseller.example")
    assert error(cli("restore", tmp_path / "copy.db", "--yes", "--json")) == (1, "wrong_credentials")
    assert cli.clock.now() == START
