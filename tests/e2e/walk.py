"""The walk of the main job: from an admin center export to Purchase Mode, and back to Usage Mode on the 1st.

What is done and seen is told here once. How it is done, with a screen reader or with the keyboard alone, is told
by the hands that a test brings.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from tests.e2e.accessibility import Node
from tests.e2e.program import ROOT, Program, Window

EMAIL = "anna@reseller.example"
PASSWORD = "correct horse battery staple"
ACCOUNT, DOMAIN, ZONE = "Nordlicht Handel", "nordlicht.example", "America/New_York"
SERVICE = "Microsoft Office 365"
TO_PURCHASE, TO_USAGE = "Change to Purchase Mode?", "Change to Usage Mode?"

NOVEMBER = datetime(2026, 11, 20, 15, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 3, 15, tzinfo=UTC)
"""Two days after the change to Usage Mode is due."""

_EXPORT = ROOT / "tests" / "data" / "exports" / "current.csv"
_PICTURES = ROOT / "build" / "e2e"
_SEATS = {
    "EMS": (1, 1),
    "ENTERPRISEPACK": (1, 1),
    "SPB": (2, 2),
    "VISIOCLIENT": (1, 1),
}
"""Seats and assigned seats by part number, as imported: before Purchase Mode, and again after it."""


class Hands(Protocol):
    """How an operator reaches and operates what is on the screen."""

    def use(self, window: Window) -> None:
        """Work in this window from now on."""

    def press(self, name: str) -> None:
        """Press a button."""

    def choose(self, entry: str) -> None:
        """Go to a page by the side menu."""

    def choose_in_menu(self, button: str, place: int) -> None:
        """Choose the entry at a place (from 1; negative: from below) in the menu of a button."""

    def tick(self, name: str) -> None:
        """Tick a box."""

    def open_tab(self, name: str, neighbour: str) -> None:
        """Open a tab; its neighbour is the open one."""

    def open_row(self, table: str, first_cell: str) -> None:
        """Open the row of a list that begins with a text."""

    def choose_row(self, table: str, first_cell: str) -> None:
        """Select the row of a list that begins with a text."""

    def fill(self, label: str, text: str) -> None:
        """Enter a text into a field."""


@dataclass
class Walk:
    """One operator's way through the program; each step ends when what it leads to is seen."""

    program: Program
    hands: Hands
    name: str
    """For the pictures of the steps."""
    account: str = ACCOUNT
    domain: str = DOMAIN
    window: Window = field(init=False)
    _pictures: list[str] = field(default_factory=list)

    @property
    def root(self) -> Node:
        """What the program shows."""
        return self.window.root

    def take_over(self, window: Window) -> None:
        """Go on in a window that is open already."""
        self.window = window
        self.hands.use(window)

    def prepare(self) -> None:
        """Two accounts by the command line, one with the users and licenses of an admin center export."""
        self.program.operator = (EMAIL, PASSWORD)
        self._command("setup", "--admin", EMAIL, "--time-zone", ZONE)
        self._command("accounts", "create", "Contoso", "--domain", "contoso.example", "--activate")
        self._command("accounts", "create", ACCOUNT, "--domain", DOMAIN, "--time-zone", ZONE, "--activate")
        assert self._command("users", "import", DOMAIN, str(_EXPORT))["assigned"] == 5

    def start(self, at: datetime) -> None:
        """Open the window and sign in."""
        self.take_over(self.program.open_window(at=at))
        self.root.wait_for("label", "Log in to the Control Panel with your administrative credentials")
        self.picture("sign in")
        self.hands.fill("E-mail address", EMAIL)
        self.hands.fill("Password", PASSWORD)
        self.hands.press("Log In")
        self.root.wait_for("table", "Accounts")

    def move_by_the_menu(self) -> None:
        """To another page of the side menu and back to the list."""
        self.hands.choose("Create New Account")
        self.root.wait_for("text", "Account name")
        self.picture("create new account")
        self.hands.choose("Customer List")
        self.root.wait_for("table", "Accounts")

    def open_account(self) -> None:
        """Customer List, the account's row, the band of its service."""
        self.picture("customer list")
        self.hands.open_row("Accounts", self.account)
        self.root.wait_for("label", self.domain)
        self.root.wait_for("push button", SERVICE)
        self.picture("my services")
        self.hands.press(SERVICE)
        self.root.wait_for("table", "Subscriptions")

    def open_tools(self) -> None:
        """The tab with the billing model."""
        self.hands.open_tab("Tools", "Subscriptions")
        self.root.wait_for("push button", "Edit")

    def change_to_purchase(self) -> None:
        """Edit, the tick, Yes, Change: at once."""
        self.root.wait_for("label", "Billing model: Usage Mode")
        self.root.wait_for("label", "Usage Mode is active")
        self.picture("tools in usage mode")
        self.hands.press("Edit")
        dialog = self.root.wait_for("dialog", TO_PURCHASE)
        dialog.wait_for("label", f"{self.account} · {self.domain}")
        dialog.wait_for("label", "Immediately, on November 20, 2026 (America/New_York)")
        self._tick_and_change(dialog)
        self.root.wait_for("label", "Billing model: Purchase Mode")
        self.root.wait_for("label", "Purchase Mode is active")
        self.picture("tools in purchase mode")

    def add_seats(self) -> None:
        """Idle seats of a product that users hold, and seats of one that belongs to no user."""
        self.hands.open_tab("Subscriptions", "Tools")
        self._add("Office 365 E3", "0 available", 3)
        self.root.wait_for_label("Office 365 E3: 3 seats added, now 4 seats, 3 available.")
        self._add("Power BI Premium P1", "belongs to no user", 2)
        self.root.wait_for_label("Power BI Premium P1: 2 seats added")
        self.root.wait_for_label("Total: 10 seats, 5 assigned, 3 available, 2 of the tenant")
        self.picture("subscriptions")

    def request_usage(self) -> None:
        """Edit, the tick for what will be lost, Yes, Change: on the first of the next month."""
        self.hands.press("Edit")
        dialog = self.root.wait_for("dialog", TO_USAGE)
        dialog.wait_for("label", "December 1, 2026, 00:00 America/New_York")
        self._tick_and_change(dialog)
        self.see_pending()

    def see_pending(self) -> None:
        """The Tools page says what is pending and until when, and offers to withdraw it."""
        part = "Change to Usage Mode is pending and will be completed on December 1, 2026"
        self.root.wait_for_label(part)
        self.root.wait_for("push button", "Keep Purchase Mode")
        self.root.wait_for("label", "Purchase Mode is active")
        self.root.wait_for("push button", "Edit").wait_state("enabled", on=False)
        self.picture("tools, pending")

    def quit(self) -> None:
        """Close the program by its shortcut."""
        self.window.keyboard.press("Ctrl+Q")
        assert self.window.wait_ended() == 0
        assert self.window.output() == ""

    def see_completed(self) -> None:
        """The Tools page says that the change is done, since when, and that it was late."""
        self.root.wait_for("label", "Billing model: Usage Mode")
        self.root.wait_for("label", "Usage Mode is active")
        self.root.wait_for_label("since December 1, 2026, 00:00 America/New_York")
        self.root.wait_for_label("completed 2 days late because cpdesk was not running; effective December 1, 2026")
        self.root.wait_for("push button", "Edit").wait_state("enabled")
        self.picture("tools, completed late")

    def see_notice_of_completion(self) -> None:
        """What was completed at start-up is told right after signing in."""
        self.root.wait_for_label(
            f"{self.account}: change to Usage Mode completed 2 days late because cpdesk was not running; "
            "effective December 1, 2026."
        )
        self.picture("customer list, completed late")

    def mode(self, at: datetime) -> Any:
        """What the command line says of the account's mode."""
        return self._command("mode", "show", DOMAIN, at=at)

    def seats(self, at: datetime = NOVEMBER) -> dict[str, tuple[int, int]]:
        """Seats and assigned seats by part number, as the command line has them."""
        rows = self._command("licenses", "list", DOMAIN, at=at)
        return {row["product"]: (row["seats"], row["assigned"]) for row in rows}

    def check(self, at: datetime) -> None:
        """Nothing is wrong with the database."""
        assert self._command("check", at=at) == {"ok": True, "findings": []}

    def _tick_and_change(self, dialog: Node) -> None:
        yes = dialog.wait_for("push button", "Yes, Change")
        assert "enabled" not in yes.states
        self.picture(dialog.name)
        for box in dialog.find_all("check box"):
            assert box.name.startswith("I understand")
            self.hands.tick(box.name)
            box.wait_state("checked")
        yes.wait_state("enabled")
        self.picture(f"{dialog.name} ticked")
        title = dialog.name
        self.hands.press("Yes, Change")
        self.root.wait_gone("dialog", title)

    def _add(self, product: str, told: str, number: int) -> None:
        self.hands.press("Add seats")
        dialog = self.root.wait_for("dialog", "Add seats")
        self.hands.fill("Product", product)
        dialog.wait_for_label(told)
        self.hands.fill("Seats to add", str(number))
        dialog.wait_for_label("billable from today")
        self.picture(f"add seats of {product}")
        self.hands.press("Add seats")
        self.root.wait_gone("dialog", "Add seats")

    def _command(self, *arguments: str, at: datetime = NOVEMBER) -> Any:
        return self.program.run("--json", *arguments, at=at).json()

    def picture(self, step: str) -> None:
        """Keep what is seen, once for each step."""
        if step in self._pictures:
            return
        self._pictures.append(step)
        words = "_".join("".join(filter(_is_plain, step.lower())).split())
        self.program.screen.grab(_PICTURES / f"{self.name}-{len(self._pictures):02}-{words}.png")


def _is_plain(letter: str) -> bool:
    return letter.isalnum() or letter.isspace()


def walk(program: Program, hands: Hands, name: str) -> None:
    """All of it: to Purchase Mode, the request for Usage Mode, and its completion at the next start."""
    way = Walk(program, hands, name)
    way.prepare()
    _switch_there_and_ask_to_go_back(way)
    _see_it_completed_late(way)


def _switch_there_and_ask_to_go_back(way: Walk) -> None:
    way.start(NOVEMBER)
    way.move_by_the_menu()
    way.open_account()
    way.open_tools()
    way.change_to_purchase()
    way.add_seats()
    way.open_tools()
    way.request_usage()
    way.quit()
    mode = way.mode(NOVEMBER)
    assert mode["mode"] == "purchase"
    assert mode["pending"]["to"] == "usage"
    assert mode["pending"]["effective_on"] == "2026-12-01"
    assert mode["pending"]["due_at"] == "2026-12-01T05:00:00Z"
    assert mode["pending"]["requested_by"] == EMAIL
    assert way.seats() == _SEATS | {"ENTERPRISEPACK": (4, 1), "PBI_PREMIUM_P1_ADDON": (2, 0)}
    way.check(NOVEMBER)


def _see_it_completed_late(way: Walk) -> None:
    way.start(DECEMBER)
    way.see_notice_of_completion()
    way.open_account()
    way.open_tools()
    way.see_completed()
    way.quit()
    mode = way.mode(DECEMBER)
    assert (mode["mode"], mode["pending"]) == ("usage", None)
    assert way.seats(DECEMBER) == _SEATS
    way.check(DECEMBER)
