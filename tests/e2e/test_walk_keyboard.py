"""The walk of the main job with the keyboard alone: accessibility is only used to look."""

import sys

import pytest

from tests.e2e.accessibility import Node
from tests.e2e.program import Program, Window
from tests.e2e.waiting import wait_until
from tests.e2e.walk import ACCOUNT, DOMAIN, NOVEMBER, TO_USAGE, Walk, walk

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the keyboard is that of an X server"),
]


class Typist:
    """Goes by Tab and arrows, acts by Enter and Space."""

    def __init__(self) -> None:
        self._window: Window | None = None

    def use(self, window: Window) -> None:
        """Work in this window from now on."""
        self._window = window

    def press(self, name: str) -> None:
        """Press a button."""
        self.window.tab_to("push button", name)
        self.window.keyboard.press("Enter")

    def choose(self, entry: str) -> None:
        """Go to a page by the side menu: into it by Tab, along it by the arrows."""
        self.window.tab_to("push button", "Fold the menu")
        self.window.tab_to("push button", entry, key="Up", most=10)
        self.window.keyboard.press("Enter")

    def tick(self, name: str) -> None:
        """Tick a box."""
        self.window.tab_to("check box", name)
        self.window.keyboard.press("Space")

    def open_tab(self, name: str, neighbour: str) -> None:
        """Open a tab by the arrow keys."""
        self.window.tab_to("page tab list", neighbour)
        # The tab of the users stands between the two.
        self.window.keyboard.press(*["Right" if name == "Tools" else "Left"] * 2)

    def open_row(self, table: str, first_cell: str) -> None:
        """Open the row of a list that begins with a text."""
        self.choose_row(table, first_cell)
        self.window.keyboard.press("Enter")

    def choose_row(self, table: str, first_cell: str) -> None:
        """Go down a list until the row that begins with a text is selected."""
        found = self.window.tab_to("table", table)
        place = [row[0] for row in found.rows()].index(first_cell)
        self.window.keyboard.press("Ctrl+Home", *["Down"] * place)
        found.cell(place, 0).wait_state("selected")

    def fill(self, label: str, text: str) -> None:
        """Type a text into a field, in the place of what stands there."""
        line = self.window.tab_to("text", label)
        self.window.keyboard.press("Ctrl+A")
        self.window.keyboard.type(text)
        wait_until(lambda: _holds(line, text), f"{text!r} in {label!r}", evidence=lambda: line.text)

    @property
    def window(self) -> Window:
        """The window in which the work is done."""
        assert self._window is not None
        return self._window


def _holds(line: Node, text: str) -> bool:
    # What stands in a password field is told by its length alone.
    held = line.text
    return held == text or (len(held) == len(text) and len(set(held)) == 1)


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
    assert way.root.focused() is not None
    assert way.mode(NOVEMBER)["pending"] is None
