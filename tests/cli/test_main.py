"""Where the program starts."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from cpdesk.__main__ import main
from cpdesk.base.paths import log_dir


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The data folders that a window was opened on; no window is."""
    folders: list[Path] = []

    def open_window(folder: Path) -> int:
        folders.append(folder)
        return 0

    app = ModuleType("cpdesk.opening")
    app.main = open_window  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cpdesk.opening", app)
    return folders


def test_without_words_the_window_opens(opened: list[Path], tmp_path: Path) -> None:
    assert main([]) == 0
    assert opened == [tmp_path / "data"]


def test_the_window_opens_on_the_folder_that_was_named(opened: list[Path], tmp_path: Path) -> None:
    assert main(["--data", str(tmp_path / "other")]) == 0
    assert opened == [tmp_path / "other"]


def test_a_command_opens_no_window(opened: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert main(["nonsense"]) == 2
    assert opened == []
    assert capsys.readouterr().out.startswith("cpdesk ")


def test_the_demo_is_another_window(opened: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    demo = ModuleType("cpdesk.app_demo")
    demo.main = lambda: 7  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cpdesk.app_demo", demo)
    assert main(["demo"]) == 7
    assert opened == []


def test_the_words_of_the_process_are_taken_by_default(opened: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["cpdesk", "--version"])
    assert main() == 0
    assert opened == []


def test_without_qt_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "PySide6"] + ["PySide6"]:
        monkeypatch.setitem(sys.modules, name, None)
    for name in [
        name for name in sys.modules if name.startswith(("cpdesk.app", "cpdesk.jobs", "cpdesk.opening", "cpdesk.ui"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    assert main([]) == 3
    assert "Qt cannot be loaded" in capsys.readouterr().err


def test_the_self_test_opens_no_window(opened: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    room = ModuleType("cpdesk.selftest.main")
    room.main = lambda: 1  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cpdesk.selftest.main", room)
    assert main(["--self-test"]) == 1
    assert main(["--self-test", "--json"]) == 1
    assert opened == []


@pytest.mark.parametrize("words", [["demo"], ["check"], ["--data", "somewhere"]])
def test_the_self_test_takes_nothing_else(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--self-test", *words]) == 2
    assert "--self-test stands alone" in capsys.readouterr().err


def test_a_bug_before_there_is_a_window_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "Contoso Freight"

    def broken(_folder: Path) -> int:
        raise LookupError(f"no account {name!r}")

    app = ModuleType("cpdesk.opening")
    app.main = broken  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cpdesk.opening", app)
    assert main([]) == 4
    printed = capsys.readouterr()
    log = log_dir() / "cpdesk.log"
    assert printed.out == ""
    assert printed.err == f"Something went wrong inside cpdesk. Details are in {log}.\n"
    assert "LookupError" in log.read_text(encoding="utf-8")
    assert "Contoso" not in log.read_text(encoding="utf-8")


def test_a_part_of_the_program_that_is_missing_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "cpdesk.opening", None)
    assert main([]) == 4
    assert "Traceback" not in capsys.readouterr().err
    assert "ModuleNotFoundError" in (log_dir() / "cpdesk.log").read_text(encoding="utf-8")
