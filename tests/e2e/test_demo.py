"""The demo as a process: from nothing to a completed switch, and nothing left."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.program import Program, Window
from tests.e2e.screen import Screen
from tests.e2e.waiting import PATIENCE, wait_until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the screen is a virtual X server"),
]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files of the programs that are started."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def program(screen: Screen, tmp_path: Path, temporary: Path) -> Iterator[Program]:  # noqa: ARG001 - set before
    program = Program(screen, tmp_path)
    yield program
    program.close()


def _open(program: Program) -> Window:
    window = program.open_window("demo")
    accounts = window.root.wait_for("table", "Accounts", timeout=3 * PATIENCE)
    wait_until(lambda: len(accounts.rows()) == 24, "the accounts of the demo")
    return window


def test_the_tour_is_gone_by_keyboard_alone(program: Program, temporary: Path) -> None:
    window = _open(program)
    window.tab_to("push button", "Start tour")
    window.keyboard.press("Enter")
    for number in range(1, 7):
        window.root.wait_for("label", f"Tour: step {number} of 7")
        wait_until(lambda: _is_focused(window, "Show me"), "the keyboard on the tour")
        window.keyboard.press("Enter")
    window.root.wait_for("label", "Tour: step 7 of 7")
    window.root.wait_for_label("Usage Mode is active")
    window.root.wait_for_label("December 1, 2026, 09:00 America/New_York")
    window.keyboard.press("Escape")
    window.root.wait_gone("label", "Tour: step 7 of 7")
    window.keyboard.press("Ctrl+Q")
    assert window.wait_ended() == 0
    assert window.output() == ""
    assert list(temporary.iterdir()) == []
    assert not program.data.exists(), "the data folder is not the demo's"


def test_what_a_killed_demo_left_is_gone_after_the_next(program: Program, temporary: Path) -> None:
    _open(program).kill()
    assert len(list(temporary.glob("cpdesk-demo-*"))) == 1
    again = _open(program)
    assert len(list(temporary.glob("cpdesk-demo-*"))) == 1
    again.keyboard.press("Ctrl+Q")
    assert again.wait_ended() == 0
    assert list(temporary.iterdir()) == []


def test_it_asks_commands_to_stay_away_but_lets_them_check(program: Program, temporary: Path) -> None:
    window = _open(program)
    (folder,) = temporary.glob("cpdesk-demo-*")
    refused = program.run("--data", str(folder), "--json", "accounts", "list")
    assert (refused.exit_code, "demo_database" in refused.output) == (3, True)
    assert program.run("--data", str(folder), "--json", "check").json() == {"ok": True, "findings": []}
    assert window.process.poll() is None


def _is_focused(window: Window, name: str) -> bool:
    focused = window.root.focused()
    return focused is not None and focused.name == name
