"""Where the program starts."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from cpdesk.__main__ import main


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The data folders that a window was opened on; no window is."""
    folders: list[Path] = []

    def open_window(folder: Path) -> int:
        folders.append(folder)
        return 0

    app = ModuleType("cpdesk.app")
    app.main = open_window  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cpdesk.app", app)
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
    for name in [name for name in sys.modules if name.startswith(("cpdesk.app", "cpdesk.jobs", "cpdesk.ui"))]:
        monkeypatch.delitem(sys.modules, name)
    assert main([]) == 3
    assert "Qt cannot be loaded" in capsys.readouterr().err
