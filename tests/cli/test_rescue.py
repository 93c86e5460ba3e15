"""cpdesk rescue"""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import CONTOSO, CUSTOMER, PASSWORD, Cli
from tests.support.wrecks import PAGE


def harm(cli: Cli, name: str) -> bytes:
    """Wipe out the first page of a table or an index."""
    with closing(sqlite3.connect(cli.file)) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((root,),) = plain.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchall()
    data = bytearray(cli.file.read_bytes())
    data[(root - 1) * PAGE : root * PAGE] = bytes(PAGE)
    cli.file.write_bytes(data)
    return bytes(data)


def test_a_damaged_database_is_said_with_the_way_out(cli: Cli) -> None:
    harm(cli, "user")
    result = cli("users", "list", CONTOSO, "--json")
    assert (result.code, result.document["error"]["code"]) == (3, "database_damaged")
    assert "cpdesk rescue" in result.err


def test_it_shows_what_could_be_saved_and_changes_nothing(cli: Cli, tmp_path: Path) -> None:
    cli.text("backup")
    data = harm(cli, "user")
    listed = tmp_path / "missing.csv"
    text = cli.text("rescue", "--output", listed)
    assert "2 rows cannot be read and were rebuilt" in text
    assert "Nothing is missing." in text
    assert "cpdesk rescue --yes" in text
    assert "Good" in text
    assert cli.file.read_bytes() == data
    with listed.open(encoding="utf-8-sig", newline="") as file:
        assert [row[1] for row in csv.reader(file)][1:] == ["User", "User"]


def test_it_puts_what_could_be_saved_in_its_place(cli: Cli) -> None:
    people = cli.json("users", "list", CONTOSO)
    data = harm(cli, "user")
    document = cli.json("rescue", "--yes", "--reason", "ticket 9")
    assert (document["saved"], document["missing"], document["rebuilt"], document["whole"]) == (True, 0, 2, True)
    assert Path(document["kept_file"]).read_bytes() == data
    assert Path(document["list"]).exists()
    assert cli.json("users", "list", CONTOSO) == people
    assert cli.json("check")["ok"]


def test_the_list_as_json_names_each_row(cli: Cli, tmp_path: Path) -> None:
    harm(cli, "schedule_proration")
    listed = tmp_path / "missing.json"
    shown = cli.json("rescue", "--output", listed)
    written = json.loads(listed.read_text(encoding="utf-8"))
    assert written["items"] == shown["items"]
    assert {(one["fate"], one["table"]) for one in written["items"]} == {("lost", "schedule_proration")}
    assert shown["missing"] == len(written["items"])
    assert shown["saved"] is False


def test_a_customer_administrator_learns_nothing(cli: Cli) -> None:
    harm(cli, "price")
    cli.sign_in(CUSTOMER, PASSWORD)
    result = cli("rescue", "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "not_allowed")


def test_a_sound_database_is_left_alone(cli: Cli) -> None:
    result = cli("rescue", "--yes", "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "database_sound")


def test_without_a_database_there_is_nothing_to_save(cli: Cli) -> None:
    cli.file.unlink()
    assert cli("rescue", "--json").code == 3


def test_somebody_at_a_terminal_is_asked(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    data = harm(cli, "price")
    monkeypatch.setattr("sys.stdin", Terminal("no\n"))
    assert "Nothing was changed" in cli("rescue").out
    assert cli.file.read_bytes() == data
    monkeypatch.setattr("sys.stdin", Terminal("yes\n"))
    assert "is in the place of the database" in cli("rescue").out
    assert cli.file.read_bytes() != data
