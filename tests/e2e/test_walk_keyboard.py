"""The walk of the main job with the keyboard alone: accessibility is only used to look."""

import sys

import pytest

from tests.e2e.program import Program
from tests.e2e.typist import Typist
from tests.e2e.waiting import wait_until
from tests.e2e.walk import ACCOUNT, DOMAIN, NOVEMBER, TO_USAGE, Walk, walk

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the keyboard is that of an X server"),
]


def test_the_walk_by_the_keyboard_alone(program: Program) -> None:
    walk(program, Typist(), "keyboard")


def test_enter_and_escape_change_nothing_and_a_request_from_elsewhere_is_withdrawn(program: Program) -> None:
    way = Walk(program, Typist(), "keyboard_safe")
    way.prepare()
    program.run("mode", "change", DOMAIN, "purchase", "--yes", at=NOVEMBER).expect()
    way.start(NOVEMBER)
    way.open_account()
    way.open_tools()
    for key in ("Enter", "Escape"):
        way.hands.press("Edit")
        way.root.wait_for("dialog", TO_USAGE).wait_for("push button", "No, Keep Purchase Mode").wait_state("focused")
        way.window.keyboard.press(key)
        way.root.wait_gone("dialog", TO_USAGE)
    assert way.mode(NOVEMBER)["pending"] is None
    program.run("mode", "change", DOMAIN, "usage", "--yes", at=NOVEMBER).expect()
    way.see_pending()
    way.hands.press("Keep Purchase Mode")
    way.root.wait_for("dialog", "Keep Purchase Mode?")
    way.hands.press("Keep Purchase Mode")
    way.root.wait_for_label(f"{ACCOUNT} stays in Purchase Mode.")
    way.root.wait_for("push button", "Edit").wait_state("enabled")
    wait_until(way.root.focused, "something that has the keyboard")
    assert way.mode(NOVEMBER)["pending"] is None
