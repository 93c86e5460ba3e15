"""Hands of somebody who uses a screen reader: they do what the accessibility interface offers."""

from tests.e2e.accessibility import Node
from tests.e2e.program import Window
from tests.e2e.waiting import wait_until


class ScreenReader:
    """Finds things by role and name, and does what the accessibility interface offers."""

    def __init__(self) -> None:
        self._window: Window | None = None

    def use(self, window: Window) -> None:
        """Work in this window from now on."""
        self._window = window

    def press(self, name: str) -> None:
        """Press a button."""
        self._wait_for("push button", name).press()

    def choose(self, entry: str) -> None:
        """Go to a page by the side menu."""
        self.window.root.wait_for("panel", "Main menu").wait_for("push button", entry).press()

    def choose_in_menu(self, button: str, place: int) -> None:
        """Open the menu of a button and choose the entry at a place, from 1; negative ones count from below.

        Qt lets nobody give the focus to such a button, and tells of its open menu by the focus that moves in it.
        """
        self.window.tab_to("button menu", button)
        self.window.keyboard.press("Space", *["Down" if place > 0 else "Up"] * abs(place), "Enter")

    def tick(self, name: str) -> None:
        """Tick a box."""
        self._wait_for("check box", name).press()

    def open_tab(self, name: str, neighbour: str) -> None:
        """Open a tab."""
        self._wait_for("page tab", neighbour).wait_state("selected")
        self._wait_for("page tab", name).press()

    def open_row(self, table: str, first_cell: str) -> None:
        """Select a row and press Enter on it: a cell of a list has no other action than to be selected."""
        self.choose_row(table, first_cell)
        self._wait_for("table", table).grab_focus()
        self.window.keyboard.press("Enter")

    def choose_row(self, table: str, first_cell: str) -> None:
        """Select the row of a list that begins with a text."""
        cell = self._wait_for("table", table).wait_for("cell", first_cell)
        cell.press()
        cell.wait_state("selected")

    def fill(self, label: str, text: str) -> None:
        """Enter a text into a field."""
        self._wait_for("text", label).set_text(text)

    @property
    def window(self) -> Window:
        """The window in which the work is done."""
        assert self._window is not None
        return self._window

    def _wait_for(self, role: str, name: str) -> Node:
        """Wait for something in the dialog that is open, else in the window."""
        root = self.window.root
        return wait_until(
            lambda: (root.find("dialog") or root).find(role, name), f"{role} {name!r} in front", evidence=root.outline
        )
