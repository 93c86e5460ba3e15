"""The demo as a process: from nothing to a completed switch, and nothing left."""

import sys
from pathlib import Path

import pytest

from tests.e2e.program import Program, Window
from tests.e2e.waiting import wait_until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the screen is a virtual X server"),
]


def test_the_tour_is_gone_by_keyboard_alone(program: Program, demo: Window, temporary: Path) -> None:
    demo.tab_to("push button", "Start tour")
    demo.keyboard.press("Enter")
    for number in range(1, 7):
        demo.root.wait_for("label", f"Tour: step {number} of 7")
        wait_until(lambda: _is_focused(demo, "Show me"), "the keyboard on the tour")
        demo.keyboard.press("Enter")
    demo.root.wait_for("label", "Tour: step 7 of 7")
    demo.root.wait_for_label("Usage Mode is active")
    demo.root.wait_for_label("December 1, 2026, 09:00 America/New_York")
    demo.keyboard.press("Escape")
    demo.root.wait_gone("label", "Tour: step 7 of 7")
    demo.keyboard.press("Ctrl+Q")
    assert demo.wait_ended() == 0
    assert demo.output() == ""
    assert list(temporary.iterdir()) == []
    assert not program.data.exists(), "the data folder is not the demo's"


def test_what_a_killed_demo_left_is_gone_after_the_next(program: Program, demo: Window, temporary: Path) -> None:
    demo.kill()
    assert len(list(temporary.glob("cpdesk-demo-*"))) == 1
    again = program.open_demo()
    assert len(list(temporary.glob("cpdesk-demo-*"))) == 1
    again.keyboard.press("Ctrl+Q")
    assert again.wait_ended() == 0
    assert list(temporary.iterdir()) == []


def test_it_asks_commands_to_stay_away_but_lets_them_check(program: Program, demo: Window, temporary: Path) -> None:
    (folder,) = temporary.glob("cpdesk-demo-*")
    refused = program.run("--data", str(folder), "--json", "accounts", "list")
    assert (refused.exit_code, "demo_database" in refused.output) == (3, True)
    assert program.run("--data", str(folder), "--json", "check").json() == {"ok": True, "findings": []}
    assert demo.process.poll() is None


def _is_focused(window: Window, name: str) -> bool:
    focused = window.root.focused()
    return focused is not None and focused.name == name
