"""What is a command line of cpdesk, and what is not."""

import argparse
import json
import re
from pathlib import Path

import pytest

from cpdesk.cli import arguments, main
from tests.cli.conftest import ANNA, CONTOSO, Cli


@pytest.mark.parametrize(
    ("words", "wanted"),
    [((), main.Wanted.WINDOW), (("--data", "elsewhere"), main.Wanted.WINDOW), (("demo",), main.Wanted.DEMO)],
)
def test_without_a_command_the_window_is_wanted(empty_cli: Cli, words: tuple[str, ...], wanted: main.Wanted) -> None:
    result = empty_cli(*words)
    assert (result.code, result.out, result.err) == (wanted, "", "")


@pytest.mark.parametrize(
    "words",
    [
        ("--json",),
        ("nonsense",),
        ("accounts",),
        ("accounts", "show"),
        ("accounts", "show", "one", "two"),
        ("accounts", "lis"),
        ("accounts", "list", "--jso"),
        ("accounts", "create", "Adatum"),
        ("accounts", "list", "--data", ""),
        ("operators", "add", "a@b.example"),
        ("operators", "add", "a@b.example", "--role", "owner"),
        ("mode", "change", CONTOSO),
        ("mode", "change", CONTOSO, "prepaid"),
        ("seats", "add", CONTOSO, "SPB", "many"),
        ("seats", "add", CONTOSO, "SPB", "1.5"),
        ("seats", "add", CONTOSO, "SPB", "1_000"),
        ("audit", "list", "--limit", "0"),
        ("audit", "list", "--limit", "-1"),
        ("accounts", "show", "\udcff"),
        ("demo", "--json"),
        ("demo", "--data", "elsewhere"),
        ("prices",),
        ("prices", "assign", CONTOSO),
        ("prices", "assign", CONTOSO, "--default", "--schedule", "Default"),
        ("prices", "import", "prices.csv"),
        ("prices", "import", "prices.csv", "--schedule", "Default", "--effective", "tomorrow"),
        ("users", "edit", CONTOSO),
        ("users", "edit", CONTOSO, "a@b.example", "--block", "--unblock"),
    ],
)
def test_what_makes_no_command_is_a_usage_error(cli: Cli, words: tuple[str, ...]) -> None:
    before = cli.content()
    result = cli(*words)
    assert result.code == 2
    assert "usage: cpdesk" in result.err
    if "--json" not in words:
        assert result.out == ""
    assert cli.content() == before


@pytest.mark.parametrize(
    ("group", "commands"),
    [
        ("licenses", ("list", "assign", "remove")),
        ("seats", ("add", "remove", "threshold")),
        ("mode", ("show", "change", "keep")),
        ("clock", ("correct",)),
        ("audit", ("list", "anchor", "compare")),
        ("prices", ("list", "import", "overview", "create", "assign")),
    ],
)
def test_the_word_of_a_group_alone_lists_its_commands(empty_cli: Cli, group: str, commands: tuple[str, ...]) -> None:
    result = empty_cli(group)
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith(f"cpdesk {group} needs a command: {', '.join(commands)}\n")
    for command in commands:
        assert re.search(rf"^ +{command}\s+\w", result.err, re.MULTILINE), "what each is for is told too"
    error = empty_cli(group, "--json").document["error"]
    assert (error["code"], error["message"]) == ("usage", result.err.splitlines()[-1])


def test_a_usage_error_with_json_is_a_document_too(cli: Cli) -> None:
    result = cli("accounts", "show", "--json")
    assert result.code == 2
    assert result.document["error"]["code"] == "usage"
    assert result.document["error"]["message"] in result.err


@pytest.mark.parametrize(
    "words",
    [
        ("--json", "accounts", "list"),
        ("accounts", "--json", "list"),
        ("accounts", "list", "--json"),
        ("--json", "accounts", "list", "--json"),
    ],
)
def test_json_stands_before_or_after_the_command(cli: Cli, words: tuple[str, ...]) -> None:
    assert [row["name"] for row in cli(*words).document] == ["Contoso Ltd", "Fabrikam"]


@pytest.mark.parametrize("before", [True, False])
def test_the_data_folder_stands_before_or_after_the_command(
    cli: Cli, before: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CPDESK_DATA", str(tmp_path / "elsewhere"))
    data, command = ("--data", str(cli.folder)), ("accounts", "list", "--json")
    words = (*data, *command) if before else (*command, *data)
    assert len(cli(*words).document) == 2


def test_behind_two_dashes_a_word_is_no_option(cli: Cli) -> None:
    result = cli("accounts", "show", "--", "--json")
    assert (result.code, result.out, result.err) == (1, "", 'There is no account "--json".\n')


def test_the_data_folder_may_come_from_the_environment(cli: Cli) -> None:
    assert len(cli.json("accounts", "list")) == 2


@pytest.mark.parametrize("words", [("--help",), ("accounts", "--help"), ("operators", "password", "-h")])
def test_help_is_printed_without_a_database(empty_cli: Cli, words: tuple[str, ...]) -> None:
    result = empty_cli(*words)
    assert result.code == 0
    assert result.out.startswith("usage: cpdesk")
    assert not empty_cli.folder.exists()


def test_help_names_the_variables_that_scripts_set(empty_cli: Cli) -> None:
    assert "CPDESK_OPERATOR" in empty_cli.text("--help")
    assert "CPDESK_NEW_PASSWORD" in empty_cli.text("operators", "add", "--help")
    assert "CPDESK_RECOVERY_CODE" in empty_cli.text("operators", "password", "--help")
    assert "CPDESK_PASSWORD" in empty_cli.text("setup", "--help")


def test_the_version_needs_no_database(empty_cli: Cli) -> None:
    assert empty_cli.text("--version").startswith("cpdesk ")
    assert empty_cli.json("--version")["version"]


def test_a_count_is_any_whole_number() -> None:
    assert [arguments.count(text) for text in ("3", "0", "-5", "+7", "007")] == [3, 0, -5, 7, 7]


def test_a_count_beyond_all_measure_stays_too_large() -> None:
    assert arguments.count("9" * 10_000) == arguments.count("1" + "0" * 18)
    assert arguments.count("-" + "9" * 10_000) < -(10**17)


@pytest.mark.parametrize("text", ["", "-", "3 seats", "\u0661", "0x10", "1e3"])
def test_what_is_no_number_is_no_count(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        arguments.count(text)


def test_a_bug_is_told_in_a_sentence_and_logged_without_names(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError(ANNA)

    monkeypatch.setattr("cpdesk.services.accounts.Accounts.rows", broken)
    result = cli("accounts", "list", "--json")
    log = cli.folder / "logs" / "cpdesk.log"
    assert result.code == 4
    assert result.document["error"]["code"] == "internal_error"
    assert str(log) in result.err
    assert "Traceback" not in result.err
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    assert ANNA not in log.read_text(encoding="utf-8")


def test_a_bug_is_told_even_where_no_log_can_be_written(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    (cli.folder / "logs").write_text("in the way")
    monkeypatch.setattr("cpdesk.services.accounts.Accounts.rows", broken)
    result = cli("accounts", "list")
    assert result.code == 4
    assert result.err == "Something went wrong inside cpdesk, and no log could be written.\n"


def test_ctrl_c_ends_quietly(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cpdesk.services.accounts.Accounts.rows", interrupted)
    result = cli("accounts", "list")
    assert (result.code, result.out, result.err) == (130, "", "")


def test_texts_are_in_the_language_of_the_system(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    assert "Nutzungsmodus" in cli.text("accounts", "list")
    assert cli.json("accounts", "list")[0]["mode"] == "usage"


def test_a_folder_of_a_person_who_does_not_exist_is_a_folder_like_any_other(cli: Cli) -> None:
    assert cli("accounts", "list", "--data", "~nobody-of-this-name/data").code == 3


def test_the_exit_code_is_an_int_of_the_shell() -> None:
    assert main.run(["--help"]) == 0


def test_json_is_one_document_in_ascii(cli: Cli) -> None:
    cli.json("accounts", "create", "Škoda 漢字 😀", "--domain", "skoda.example")
    result = cli("accounts", "list", "--json")
    assert result.out.isascii()
    assert "Škoda 漢字 😀" in [row["name"] for row in json.loads(result.out)]


def test_a_word_of_ten_thousand_letters_is_not_repeated_whole(cli: Cli) -> None:
    for words in (("x" * 10_000,), ("mode", "change", "contoso.example", "x" * 10_000)):
        result = cli(*words)
        assert (result.code, len(result.err) < 2000) == (2, True)
