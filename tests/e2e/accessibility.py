"""The client of the platform's accessibility interface (AT-SPI): what a screen reader sees and does."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from textwrap import indent
from typing import Any

from tests.e2e.bus import Bus, BusError
from tests.e2e.waiting import PATIENCE, wait_until

_ROOT = "/org/a11y/atspi/accessible/root"

STATES = {
    "active": 1,
    "checked": 4,
    "editable": 7,
    "enabled": 8,
    "expanded": 10,
    "focusable": 11,
    "focused": 12,
    "modal": 16,
    "pressed": 20,
    "selected": 23,
    "showing": 25,
    "checkable": 41,
}
"""Those of the states that matter here, with their numbers in AT-SPI."""

_ROLES = {
    "button menu": (43,),  # no role of its own
    "cell": (56,),
    "check box": (7,),
    "column header": (57,),
    "combo box": (11,),
    "dialog": (16,),
    "filler": (20,),
    "label": (29,),
    "list item": (32,),
    "page tab": (37,),
    "page tab list": (38,),
    "panel": (39,),
    "push button": (43,),
    "row header": (58,),
    "table": (55,),
    "text": (61, 40),  # in a password's field it has another number, though not another name
    "tree item": (91,),
}
"""The numbers in AT-SPI of the roles that are looked for."""

_LABELLED_BY = 2
_CELLS = frozenset({"cell", "column header", "list item", "row header", "tree item"})
"""Roles of the parts of lists and tables."""
_PARTS = _CELLS | {"page tab"}
"""Roles of parts that have a focus within their container, whether the container has the focus or not."""
_SELF_NAMED = frozenset({"cell", "check box", "label", "page tab", "push button"})
"""Roles of what bears its name itself; a label that stands beside it is none of its own."""
_WHOLES = frozenset({"table", "page tab list", "label", "push button", "check box", "text"})
"""Roles of what contains no other widget that could have the focus."""
_UNINTERESTING = frozenset({"filler", "panel", "layered pane", "separator"})
_RULE = "(aiia{ss}iaiiasib)uib"
"""The types of a question to a collection: states, attributes, roles and interfaces, each with how many of them have
to match; whether the opposite is meant; then the order, how many at most, and whether to look into what was found."""
_ALL, _ANY, _NONE = 1, 2, 3
_IN_ORDER = 1


@dataclass(frozen=True)
class Node:
    """Something on the screen as the accessibility interface tells of it, asked anew at every question.

    Every question raises BusError once the thing is gone.
    """

    bus: Bus = field(repr=False, compare=False)
    owner: str
    path: str

    @property
    def role(self) -> str:
        """What it is: "push button", "page tab", "table", "label"..."""
        return str(self._call("Accessible.GetRoleName"))

    @property
    def name(self) -> str:
        """What a screen reader reads out."""
        return str(self._get("Accessible.Name"))

    @property
    def description(self) -> str:
        """What a screen reader adds to the name."""
        return str(self._get("Accessible.Description"))

    @property
    def label(self) -> str:
        """The name of the label that stands beside it. Combo boxes are named by their value."""
        relations = self._call("Accessible.GetRelationSet")
        labels = [target for kind, targets in relations if kind == _LABELLED_BY for target in targets]
        return " ".join(Node(self.bus, *label).name for label in labels)

    @property
    def states(self) -> frozenset[str]:
        """Those of STATES that it is in."""
        low, high = self._call("Accessible.GetState")
        bits = low | high << 32
        return frozenset(state for state, number in STATES.items() if bits >> number & 1)

    @property
    def text(self) -> str:
        """What stands in a text field."""
        return str(self._call("Text.GetText", "ii", 0, -1))

    def children(self) -> "list[Node]":
        """The parts it consists of."""
        return [Node(self.bus, *child) for child in self._call("Accessible.GetChildren")]

    def widgets(self, *states: str) -> "list[Node]":
        """What shows in it and is in these states, in order, without the parts of lists and tables."""
        return self._showing(_CELLS, _NONE, states=states)

    def find_all(self, role: str, name: str | None = None) -> "list[Node]":
        """Everything in it that shows and has that role and (if given) exactly that name or label, in order."""
        return [node for node in self._showing([role]) if node._is(role, name)]

    def find(self, role: str, name: str | None = None) -> "Node | None":
        """The first of `find_all`, None if there is none."""
        return next((node for node in self._showing([role]) if node._is(role, name)), None)

    def wait_for(self, role: str, name: str | None = None, timeout: float = PATIENCE) -> "Node":
        """Wait until `find` finds something, and return that; a dialog only when keys go to it."""
        what = f"{role} {name!r}" if name is not None else role
        return wait_until(lambda: self._find_ready(role, name), what, timeout=timeout, evidence=self.outline)

    def wait_for_label(self, part: str, timeout: float = PATIENCE) -> "Node":
        """Wait for a label whose text contains `part`."""
        return wait_until(
            lambda: next((node for node in self._showing(["label"]) if node._tells(part)), None),
            f"a label with {part!r}",
            timeout=timeout,
            evidence=self.outline,
        )

    def wait_gone(self, role: str, name: str, timeout: float = PATIENCE) -> None:
        """Wait until `find` finds nothing any more."""
        wait_until(
            lambda: self.find(role, name) is None,
            f"the end of {role} {name!r}",
            timeout=timeout,
            evidence=self.outline,
        )

    def wait_state(self, state: str, *, on: bool = True, timeout: float = PATIENCE) -> None:
        """Wait until it is in the state, or (`on=False`) is not."""
        what = f"{'' if on else 'not '}{state}: {self.role} {self.name!r}"
        wait_until(lambda: (state in self.states) is on, what, timeout=timeout)

    @property
    def actions(self) -> list[str]:
        """What can be done with it, in small letters without blanks: "press", "toggle", "showmenu"."""
        # The spelling of these names differs between versions of Qt.
        return [name.replace(" ", "").lower() for name, *_ in self._call("Action.GetActions")]

    def press(self) -> None:
        """Do what a screen reader does to activate it: press or, where there is no press, its first action.

        Qt has a button look pressed for a moment before it does anything. It has done so when this returns.
        """
        actions = wait_until(lambda: self.actions, f"something to do with {self.role} {self.name!r}")
        self._call("Action.DoAction", "i", actions.index("press") if "press" in actions else 0)
        wait_until(lambda: not self._is_pressed(), "the end of the press")

    def grab_focus(self) -> None:
        """Give it the keyboard focus."""
        self._call("Component.GrabFocus")
        self.wait_state("focused")

    def set_text(self, text: str) -> None:
        """Replace what stands in a text field."""
        self._call("EditableText.SetTextContents", "s", text)

    def row_count(self) -> int:
        """How many rows a table has."""
        return int(self._get("Table.NRows"))

    def rows(self) -> list[list[str]]:
        """The names of a table's cells, row by row."""
        rows, columns = (range(self._get(f"Table.{count}")) for count in ("NRows", "NColumns"))
        return [[self.cell(row, column).name for column in columns] for row in rows]

    def column(self, column: int) -> list[str]:
        """The names of the cells of one column of a table."""
        return [self.cell(row, column).name for row in range(self.row_count())]

    def cell(self, row: int, column: int) -> "Node":
        """A cell of a table."""
        return Node(self.bus, *self._call("Table.GetAccessibleAt", "ii", row, column))

    def focused(self) -> "Node | None":
        """What has the keyboard focus: the widget, not the part of it that is current."""
        # The last: a widget that hands its focus on to a part of it counts as focused, too.
        return next(reversed(self._showing(_PARTS, _NONE, states=["focused"])), None)

    def has_focus(self) -> bool:
        """Whether it has the keyboard focus; not if it is gone."""
        try:
            return "focused" in self.states and self.role not in _PARTS
        except BusError:
            return False

    def has_parts(self) -> bool:
        """Whether a part of it may be what really has the focus: tabs, and pages."""
        return self.role not in _WHOLES

    def outline(self) -> str:
        """What shows, one line for each thing, indented: for messages and for getting to know a window."""
        return "\n".join(self._outline(0))

    def _outline(self, depth: int) -> Iterator[str]:
        try:
            states = self.states
            if "showing" not in states:
                return
            role, name, description, children = self.role, self.name, self.description, self.children()
            text = self.text if role == "text" else ""
        except BusError:
            return
        if role not in _UNINTERESTING or name:
            told = " ".join(sorted(states - {"showing", "enabled", "focusable"}))
            told += "" if "enabled" in states else " disabled"
            yield f"{'  ' * depth}{role} {name!r} {told}{f' ({description})' if description else ''}".rstrip()
            if text:
                yield indent(text, "  " * (depth + 1) + "= ")
            depth += 1
        for child in children:
            yield from child._outline(depth)

    def _showing(self, roles: Iterable[str], match: int = _ANY, *, states: Iterable[str] = ()) -> "list[Node]":
        """What is in it, shows, is in these states, and has one (or _NONE) of these roles, in order.

        That takes one call, which Qt answers from 6.11 on; to go from child to child takes hundreds. Cells and items of
        a list that does not show itself may be among them.
        """
        state_bits = _bits({STATES[state] for state in ("showing", *states)}, 2)
        role_bits = _bits({number for role in roles for number in _ROLES[role]}, 5)
        rule: tuple[object, ...] = (state_bits, _ALL, {}, _ALL, role_bits, match, [], _ALL, False)
        found = self._call("Collection.GetMatches", _RULE, rule, _IN_ORDER, 0, True)
        return [Node(self.bus, *node) for node in found]

    def _find_ready(self, role: str, name: str | None) -> "Node | None":
        found = self.find(role, name)
        return None if found is not None and role == "dialog" and "active" not in found.states else found

    def _is_pressed(self) -> bool:
        try:
            return "pressed" in self.states
        except BusError:
            return False

    def _tells(self, part: str) -> bool:
        try:
            return part in self.name
        except BusError:
            return False

    def _is(self, role: str, name: str | None) -> bool:
        try:
            return (name is None or self._is_called(role, name)) and self.role == role and self._is_in_what_shows()
        except BusError:
            return False

    def _is_called(self, role: str, name: str) -> bool:
        return name == self.name or (role not in _SELF_NAMED and name == self.label)

    def _is_in_what_shows(self) -> bool:
        return "showing" in Node(self.bus, *self._get("Accessible.Parent")).states

    def _call(self, method: str, signature: str = "", *arguments: object) -> Any:
        return self.bus.call(self.owner, self.path, f"org.a11y.atspi.{method}", signature, *arguments)

    def _get(self, name: str) -> Any:
        return self.bus.get(self.owner, self.path, f"org.a11y.atspi.{name}")


class FocusEvents:
    """Follows the focus by what the program tells of it: far quicker than to look for it."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        bus.call(
            "org.a11y.atspi.Registry",
            "/org/a11y/atspi/registry",
            "org.a11y.atspi.Registry.RegisterEvent",
            "s",
            "object:state-changed:focused",
        )
        bus.listen("org.a11y.atspi.Event.Object", "StateChanged")

    def forget(self) -> None:
        """Only what happens from now on counts."""
        self._bus.forget_signals()

    def next(self, timeout: float) -> Node | None:
        """The widget that is told to have got the focus, and has it; None if none is told in time."""
        while signal := self._bus.next_signal(timeout):
            owner, path, (kind, gained, *_more) = signal
            node = Node(self._bus, owner, path)
            if kind == "focused" and gained and node.has_focus():
                return node
        return None


def _bits(numbers: set[int], words: int) -> list[int]:
    """A set of numbers as bits of so many words of 32 bits, with signs."""
    bits = sum(1 << number for number in numbers)
    return list(struct.unpack(f"<{words}i", bits.to_bytes(4 * words, "little")))


def application(bus: Bus, pid: int) -> Node | None:
    """The root of what a process shows; None as long as it shows nothing."""
    for child in Node(bus, "org.a11y.atspi.Registry", _ROOT).children():
        try:
            owner_pid = bus.call(
                "org.freedesktop.DBus",
                "/org/freedesktop/DBus",
                "org.freedesktop.DBus.GetConnectionUnixProcessID",
                "s",
                child.owner,
            )
        except BusError:
            continue
        if owner_pid == pid:
            return child
    return None
