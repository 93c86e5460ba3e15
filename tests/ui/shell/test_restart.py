"""Started anew, the program is found as it was the first time."""

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cpdesk.ui.shell import restart

PYTHON = "/venv/bin/python"
SCRIPT = "/venv/bin/cpdesk"
FROZEN = "/opt/cpdesk/cpdesk"
WINDOWS = "C:\\Users\\Dana Reyes\\cpdesk\\cpdesk.exe"


@pytest.mark.parametrize(
    ("executable", "original", "words", "frozen", "arguments"),
    [
        (PYTHON, [PYTHON, "-m", "cpdesk", "demo"], ["/x/cpdesk/__main__.py", "demo"], False, ["-m", "cpdesk", "demo"]),
        (PYTHON, [PYTHON, "-X", "dev", "-m", "cpdesk"], ["/x/__main__.py"], False, ["-X", "dev", "-m", "cpdesk"]),
        (PYTHON, [PYTHON, SCRIPT, "--data", "a b"], [SCRIPT, "--data", "a b"], False, [SCRIPT, "--data", "a b"]),
        (FROZEN, [FROZEN, "demo"], [FROZEN, "demo"], True, ["demo"]),
        (FROZEN, [], ["cpdesk"], True, []),
        (WINDOWS, [WINDOWS], [WINDOWS], True, []),
    ],
    ids=["checkout", "options of python", "wheel", "frozen", "frozen, without the original", "windows"],
)
def test_what_is_run(
    executable: str, original: list[str], words: list[str], frozen: bool, arguments: list[str]
) -> None:
    assert restart.command(executable, original, words, frozen=frozen) == (executable, arguments)


def test_it_starts_anew_with_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, list[str]]] = []

    def launch(program: str, words: list[str]) -> bool:
        started.append((program, words))
        return True

    monkeypatch.setattr(restart, "launch", launch)
    assert restart.start_again()
    assert started == [(sys.executable, sys.orig_argv[1:])]


def test_a_frozen_program_is_no_helper_of_the_one_before(tmp_path: Path, qtbot: QtBot) -> None:
    told = tmp_path / "told"
    words = ["-c", f"import os; open({str(told)!r}, 'w').write(os.environ['PYINSTALLER_RESET_ENVIRONMENT'])"]
    assert restart.launch(sys.executable, words)
    qtbot.waitUntil(lambda: told.exists() and told.read_text() == "1")


def test_what_cannot_be_started_is_told() -> None:
    assert not restart.launch("/nowhere/cpdesk", [])
