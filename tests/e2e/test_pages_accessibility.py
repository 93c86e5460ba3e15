"""Every page of the side menu as a screen reader finds it, for a reseller and for a customer's administrator."""

import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

import pytest

from tests.e2e.accessibility import Node
from tests.e2e.bus import BusError
from tests.e2e.program import Program, Window
from tests.e2e.screen_reader import ScreenReader
from tests.e2e.waiting import wait_until
from tests.e2e.walk import SERVICE, Walk

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the accessibility client speaks AT-SPI"),
]

ACCOUNT, DOMAIN = "Contoso Freight", "contoso-freight.example"
"""The customer of the demo that has an administrator of its own."""
OPERATOR = "dana.reyes@lighthouse-it.example"
RESELLER = [
    "Customer List",
    "Create New Account",
    "Pending Changes",
    "Products",
    "Price Schedules",
    "Reports",
    "Operators",
    "Audit Log",
    "Backups",
    "Settings",
    "Help",
]
INSIDE = [
    "My Services",
    "Pending Changes",
    "The Catalog",
    "User List",
    "Create New User",
    "Reports",
    "Edit Company",
    "Audit Log",
    "Help",
]

_FRAME = frozenset({"Fold the menu", "Return to Customer List"})
_ROLES = frozenset(
    {
        "application", "button menu", "cell", "check box", "column header", "combo box", "dialog", "document frame",
        "filler", "frame", "label", "layered pane", "link", "list", "list item", "menu", "menu item", "page tab",
        "page tab list", "panel", "paragraph", "popup menu", "progress bar", "push button", "radio button",
        "scroll bar", "scroll pane", "separator", "spin box", "table", "text", "tool bar", "tree", "viewport",
    }
)  # fmt: skip
_KEY = re.compile(r"^[a-z]+(_[a-z]+)+$|[{}]|%[sd(]")
"""What a text looks like of which only the key was shown, or whose placeholders were not filled."""


@pytest.fixture
def way(program: Program, demo: Window) -> Walk:
    way = Walk(program, ScreenReader(), "pages", account=ACCOUNT, domain=DOMAIN)
    way.take_over(demo)
    return way


def _faults(root: Node) -> Iterator[str]:
    focusable = set(root.widgets("focusable"))
    for node in root.widgets():
        with suppress(BusError):  # a notice may be gone by now
            yield from _faults_of(node, is_focusable=node in focusable)


def _faults_of(node: Node, *, is_focusable: bool) -> list[str]:
    role, name = node.role, node.name
    found = []
    if is_focusable and not name and not node.label:
        found.append(f"no name: {role} in {node.path}")
    if role not in _ROLES:
        found.append(f"an unusual role: {role} {name!r}")
    if _KEY.search(name):
        found.append(f"not a text: {role} {name!r}")
    return found


def _entries(way: Walk) -> list[str]:
    menu = way.root.wait_for("panel", "Main menu")
    return [entry.name for entry in menu.find_all("push button") if entry.name not in _FRAME]


def _has_loaded(way: Walk) -> bool:
    """Until there is something on a page, the page itself has the keyboard."""
    focused = way.root.focused()
    return focused is not None and focused.role not in {"filler", "panel"}


def _visit_all(way: Walk, entries: list[str], who: str) -> list[str]:
    """Open each by the menu; returns what is wrong on any."""
    found = []
    for entry in entries:
        way.hands.choose(entry)
        way.root.wait_for("label", entry)
        wait_until(partial(_has_loaded, way), f"the content of {entry}")
        way.picture(f"{who} {entry}")
        found += [f"{who}, {entry}: {fault}" for fault in _faults(way.root)]
    return found


def test_every_page_of_the_menu_opens_and_says_what_is_on_it(way: Walk) -> None:
    assert _entries(way) == RESELLER
    found = _visit_all(way, RESELLER, "reseller")
    way.hands.choose("Customer List")
    way.hands.open_row("Accounts", ACCOUNT)
    way.root.wait_for("label", DOMAIN)
    assert _entries(way) == INSIDE
    found += _visit_all(way, INSIDE, "inside")
    _change_operator(way)
    assert _entries(way) == INSIDE
    assert way.root.find("push button", "Return to Customer List") is None
    found += _visit_all(way, INSIDE, "customer")
    way.quit()
    assert not found, "\n".join(found)


def _change_operator(way: Walk) -> None:
    way.hands.choose("My Services")  # the text of the help would keep the keyboard from link to link
    way.root.wait_for("push button", SERVICE)
    way.hands.choose_in_menu(f"{OPERATOR} · Reseller administrator", -1)
    way.hands.press("Log in as customer administrator")
    way.root.wait_for("label", DOMAIN)
