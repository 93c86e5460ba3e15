"""Names that command a terminal, turn a line round or are somebody's path: shown harmlessly, told as they are."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import CONTOSO, Cli
from tests.support.hostile import SHALOM, spoil

NAME = f"\x1b]0;owned\x07{SHALOM}\u202e 9 \x9b2J../../x"
_COMMANDS = (
    ("accounts", "list"),
    ("accounts", "show", CONTOSO),
    ("users", "list", CONTOSO),
    ("licenses", "list", CONTOSO),
    ("mode", "show", CONTOSO),
    ("mode", "change", CONTOSO, "purchase"),
    ("statement", CONTOSO, "--month", "2026-11"),
    ("advise", CONTOSO),
    ("audit", "list", CONTOSO),
    ("prices", "list"),
    ("products", "list"),
    ("check",),
    ("users", "add", CONTOSO, "new@contoso.example", "--name", NAME),
    ("licenses", "assign", CONTOSO, NAME, "SPB"),
)
_COMMANDING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]")


@pytest.fixture
def hostile(cli: Cli) -> Cli:
    spoil(cli.file, NAME)
    return cli


@pytest.mark.parametrize("words", _COMMANDS, ids=lambda words: " ".join(words[:2]).replace(NAME, "name"))
def test_no_name_commands_the_terminal(hostile: Cli, words: tuple[str, ...]) -> None:
    told = hostile(*words)
    assert told.code in {0, 1, 2}
    for line in (told.out + told.err).splitlines():
        assert not _COMMANDING.search(line), ascii(line)
        assert SHALOM not in re.sub("\u2068[^\u2068\u2069]*\u2069", "", line), ascii(line)


def test_programs_get_the_name_itself(hostile: Cli) -> None:
    assert NAME in [row["name"] for row in hostile.json("accounts", "list")]


def test_a_statement_is_written_where_it_was_asked_for(hostile: Cli, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))
    file = tmp_path / "statement.csv"
    assert hostile("statement", CONTOSO, "--month", "2026-11", "--output", str(file)).code == 0
    assert set(tmp_path.rglob("*")) - before == {file}
    assert NAME in file.read_text(encoding="utf-8-sig")
