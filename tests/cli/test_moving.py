"""cpdesk move"""

from pathlib import Path

import pytest

from tests.cli.conftest import ADMIN, ANNA, CONTOSO, PASSWORD, Cli


@pytest.fixture
def file(cli: Cli, tmp_path: Path) -> Path:
    """The file in which the command line's database has moved out."""
    path = tmp_path / "all.cpdesk-move"
    made = cli.json("move", "out", path, "--reason", "new laptop")
    assert (made["file"], made["accounts"], made["moved_away"]) == (str(path), 2, True)
    return path


def test_the_old_computer_is_put_aside_and_has_a_way_back(cli: Cli, file: Path) -> None:
    assert file.exists()
    assert cli.json("users", "list", CONTOSO)
    refused = cli("users", "remove", CONTOSO, ANNA)
    assert refused.code == 3
    assert "moved to another computer on November 10, 2026" in refused.err
    assert "goes on" in cli.text("move", "back")
    cli.json("users", "remove", CONTOSO, ANNA)
    assert cli("move", "back").code == 1


def test_a_fresh_computer_takes_it_in(cli: Cli, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    users = cli.json("users", "list", CONTOSO)
    monkeypatch.setenv("CPDESK_DATA", str(tmp_path / "fresh"))
    cli.sign_in(ADMIN, PASSWORD)
    assert "Nothing was changed" in cli.text("move", "in", file)
    assert cli("accounts", "list").code != 0
    assert "Go on here only." in cli.text("move", "in", file, "--yes")
    assert cli.json("users", "list", CONTOSO) == users
    assert cli.json("check")["ok"]


def test_what_is_no_such_file_is_refused(cli: Cli, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("hello", encoding="utf-8")
    before = cli.content()
    assert "is not a file that cpdesk made" in cli("move", "in", other, "--yes").err
    assert cli.content() == before
