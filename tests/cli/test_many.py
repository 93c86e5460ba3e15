"""Commands for many users by a file or standard input."""

import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import ANNA, AUDITOR, BOB, CONTOSO, PREMIUM, Cli


def licenses(cli: Cli) -> dict[str, list[str]]:
    return {row["upn"]: row["licenses"] for row in cli.json("users", "list", CONTOSO)}


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    """Anna has Premium already, Bob has nothing."""
    path = tmp_path / "pairs.csv"
    path.write_text(f"UserPrincipalName,SkuPartNumber\n{ANNA},SPB\n{BOB},{PREMIUM}\n", encoding="utf-16")
    return path


def test_the_document_counts_and_tells_of_every_row(cli: Cli, pairs: Path) -> None:
    done = cli.json("licenses", "assign", CONTOSO, "--file", pairs, "--reason", "INC-1")
    assert (done["changed"], done["unchanged"], done["users"], done["dry_run"]) == (1, 1, 1, False)
    assert done["rows"] == [
        {"row": 2, "upn": ANNA, "result": "unchanged", "product": "SPB"},
        {"row": 3, "upn": BOB, "result": "changed", "product": "SPB"},
    ]
    assert done["products"] == [{"product": "SPB", "name": PREMIUM, "count": 1}]
    assert licenses(cli) == {ANNA: ["SPB"], BOB: ["SPB"]}
    entry = cli.json("audit", "list", CONTOSO, "--limit", "1")[0]
    assert (entry["action"], entry["reason"]) == ("license.changed", "INC-1")


def test_a_dry_run_tells_the_same_and_changes_nothing(cli: Cli, pairs: Path) -> None:
    before = cli.content()
    text = cli.text("licenses", "assign", CONTOSO, f"--file={pairs}", "--dry-run")
    assert "pairs.csv would do this to Contoso Ltd (contoso.example); nothing was changed." in text
    assert "1 license assigned" in text
    assert "1 row was so already" in text
    assert cli.content() == before
    assert "pairs.csv is carried out" in cli.text("licenses", "assign", CONTOSO, "--file", pairs)
    assert "no longer billed" in cli.text("licenses", "remove", CONTOSO, "--file", pairs)
    assert licenses(cli) == {ANNA: [], BOB: []}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (f"UPN\n{BOB}\n".encode(), ()),
        (f"UPN\r\n{BOB}\r\n".encode("utf-16"), ()),
        (f"UPN;Name\n{BOB};Zoë\n".encode("windows-1252"), ("--encoding", "windows-1252")),
    ],
)
def test_standard_input_is_read_as_a_file_is(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, data: bytes, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
    done = cli.json("users", "remove", CONTOSO, "--file", "-", *words)
    assert (done["file"], done["changed"]) == ("standard input", 1)
    assert done["rows"] == [{"row": 2, "upn": BOB, "result": "changed", "licenses": []}]
    assert list(licenses(cli)) == [ANNA]


def test_users_are_added_edited_and_brought_back(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("UPN,Display name,Department\ncy@contoso.example,Cy,Sales\n", encoding="utf-8")
    assert "1 user added" in cli.text("users", "add", CONTOSO, "--file", path)
    path.write_text(f"UPN,Title\ncy@contoso.example,Analyst\n{ANNA},\n", encoding="utf-8")
    assert cli.json("users", "edit", CONTOSO, "--file", path)["changed"] == 1
    assert "2 users deleted" in cli.text("users", "remove", CONTOSO, "--file", path, "--dry-run")
    cli.json("users", "remove", CONTOSO, ANNA)
    back = cli.json("users", "restore", CONTOSO, "--file", path)
    assert [(row["upn"], row["result"]) for row in back["rows"]] == [
        ("cy@contoso.example", "unchanged"),
        (ANNA, "changed"),
    ]
    assert back["rows"][1]["licenses"] == ["SPB"]


def test_every_problem_is_told_with_file_row_and_column(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(f'UserPrincipalName,SkuPartNumber\n{BOB},NOPE\nno upn,SPB\n"{BOB},SPB\n', encoding="utf-8")
    before = cli.content()
    result = cli("licenses", "assign", CONTOSO, "--file", path, "--json")
    assert (result.code, cli.content()) == (1, before)
    error = result.document["error"]
    assert (error["code"], error["count"]) == ("file_has_problems", 3)
    assert [(one["row"], one["column"], one["code"]) for one in error["problems"]] == [
        (2, "SkuPartNumber", "unknown_product"),
        (3, "UserPrincipalName", "bad_upn"),
        (4, "UserPrincipalName", "unbalanced_quotes"),
    ]
    assert 'pairs.csv, row 2, column SkuPartNumber: There is no product "NOPE".' in result.err
    assert "pairs.csv, row 4, column UserPrincipalName: a quotation mark is not closed" in result.err
    dry = cli("licenses", "assign", CONTOSO, "--file", path, "--dry-run")
    assert (dry.code, dry.out) == (1, "")


def test_seats_that_lack_are_told_with_their_rows(purchase_cli: Cli, tmp_path: Path) -> None:
    purchase_cli.json("seats", "remove", CONTOSO, "SPB", "2")
    path = tmp_path / "pairs.csv"
    path.write_text(f"UPN,Product\n{BOB},SPB\n", encoding="utf-8")
    result = purchase_cli("licenses", "assign", CONTOSO, "--file", path, "--json")
    assert result.code == 1
    assert result.document["error"]["lacking"] == [{"product": "SPB", "name": PREMIUM, "missing": 1, "rows": [2]}]
    assert f"{PREMIUM}: 1 seat is missing, for row 2" in result.err


def test_a_wrong_encoding_is_told_with_the_row(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_bytes(f"UPN,Product\n{BOB},SPB\nzoë@contoso.example,SPB\n".encode("windows-1252"))
    before = cli.content()
    assert "--encoding windows-1252" in cli("licenses", "assign", CONTOSO, "--file", path).err
    wrong = cli("licenses", "assign", CONTOSO, "--file", path, "--encoding", "utf-8")
    assert (wrong.code, cli.content()) == (1, before)
    assert "pairs.csv, row 3, column UPN: this cannot be read as utf-8." in wrong.err


@pytest.mark.parametrize(
    "words",
    [
        ("users", "remove", CONTOSO),
        ("users", "remove", CONTOSO, ANNA, "--file", "x.csv"),
        ("users", "remove", CONTOSO, "--file", "x.csv", ANNA),
        ("users", "remove", CONTOSO, ANNA, "--dry-run"),
        ("users", "restore", CONTOSO, ANNA, "--encoding", "utf-8"),
        ("users", "add", CONTOSO, ANNA),
        ("users", "add", CONTOSO, "--name", "Anna", "--file", "x.csv"),
        ("users", "edit", CONTOSO, "--block", "--file", "x.csv"),
        ("users", "edit", CONTOSO, ANNA, "--title", "X", "--empty-clears"),
        ("licenses", "assign", CONTOSO, ANNA),
        ("licenses", "assign", CONTOSO, ANNA, "SPB", "--file", "-"),
    ],
)
def test_one_user_and_a_file_exclude_each_other(cli: Cli, words: tuple[str, ...]) -> None:
    before = cli.content()
    result = cli(*words, "--json")
    assert (result.code, result.document["error"]["code"]) == (2, "usage")
    assert cli.content() == before


def test_the_single_forms_take_their_options_anywhere(cli: Cli) -> None:
    cli.json("users", "add", CONTOSO, "--reason", "R", "--name", "Cy", "cy@contoso.example")
    cli.json("licenses", "assign", CONTOSO, "--reason", "R", "cy@contoso.example", "SPB")
    cli.json("licenses", "remove", "--reason", "R", CONTOSO, "cy@contoso.example", "SPB")
    cli.json("users", "remove", CONTOSO, "--reason", "R", "cy@contoso.example")
    cli.json("users", "restore", CONTOSO, "--reason", "R", "cy@contoso.example")
    assert "cy@contoso.example" in licenses(cli)


def test_an_auditor_carries_out_nothing(cli: Cli, pairs: Path) -> None:
    cli.sign_in(AUDITOR)
    result = cli("licenses", "assign", CONTOSO, "--file", pairs, "--json")
    assert (result.code, json.loads(result.out)["error"]["code"]) == (1, "not_allowed")


def test_a_file_that_is_missing_is_told(cli: Cli, tmp_path: Path) -> None:
    result = cli("users", "remove", CONTOSO, "--file", tmp_path / "none.csv")
    assert (result.code, "There is no file" in result.err) == (1, True)
