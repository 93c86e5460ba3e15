"""Hands on the keyboard alone: accessibility is only used to look."""

from tests.e2e.accessibility import Node
from tests.e2e.program import Window
from tests.e2e.waiting import wait_until


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
        """Go to a page by the side menu: into it by F6, along it by the arrows."""
        menu = self.window.root.wait_for("panel", "Main menu")
        menu.wait_for("push button", entry)
        names = [button.name for button in menu.find_all("push button")]
        self.window.go_to_area(menu)
        here = menu.focused()
        assert here is not None
        way = names.index(entry) - names.index(here.name)
        self.window.keyboard.press(*["Down" if way > 0 else "Up"] * abs(way), "Enter")

    def choose_in_menu(self, button: str, place: int) -> None:
        """Open the menu of a button and choose the entry at a place, from 1; negative ones count from below."""
        self.window.tab_to("button menu", button)
        self.window.keyboard.press("Space", *["Down" if place > 0 else "Up"] * abs(place), "Enter")

    def tick(self, name: str) -> None:
        """Tick a box."""
        self.window.tab_to("check box", name)
        self.window.keyboard.press("Space")

    def open_tab(self, name: str, neighbour: str) -> None:
        """Open a tab by the arrow keys."""
        tabs = self.window.tab_to("page tab list", neighbour)
        names = [tab.name for tab in tabs.find_all("page tab")]
        way = names.index(name) - names.index(neighbour)
        self.window.keyboard.press(*["Right" if way > 0 else "Left"] * abs(way))

    def open_row(self, table: str, first_cell: str) -> None:
        """Open the row of a list that begins with a text."""
        self.choose_row(table, first_cell)
        self.window.keyboard.press("Enter")

    def choose_row(self, table: str, first_cell: str) -> None:
        """Go down a list until the row that begins with a text is selected."""
        found = self.window.tab_to("table", table)
        wait_until(lambda: first_cell in found.column(0), f"{first_cell!r} in {table}")
        place = found.column(0).index(first_cell)
        # Where several rows may be selected, Ctrl+Home goes to the first one without selecting it.
        self.window.keyboard.press("Ctrl+Home", *(["Down"] * place or ["Space"]))
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
