"""A day's work in the demo with the keyboard alone."""

import sys

import pytest

from tests.e2e.program import ROOT, Program, Window
from tests.e2e.typist import Typist
from tests.e2e.waiting import wait_until
from tests.e2e.walk import SERVICE, Walk

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the keyboard is that of an X server"),
]

ACCOUNT, DOMAIN = "Contoso Freight", "contoso-freight.example"
USER, PRODUCT = "Aaliyah Coleman", "Microsoft 365 Business Premium"
_EXPORT = ROOT / "tests" / "data" / "exports" / "current.csv"
_EDIT_DETAILS, _DELETE, _CONFIGURE = 1, 3, 1
"""Places in the menus of gears."""


class Day(Walk):
    """What an operator does; each step ends when what came of it is seen."""

    hands: Typist

    def create_an_account(self) -> None:
        """The wizard to its end, with Enter and Next."""
        self.hands.choose("Create New Account")
        self.hands.fill("Account name", "Kestrel Boats")
        self.hands.fill("Domain", "kestrel.example")
        for number, step in enumerate(("Location", "Contacts", "Microsoft 365", "Review"), 2):
            self.hands.press("Next")
            self.root.wait_for("filler", f"Step {number} of 5: {step}")
        self.window.keyboard.press("Enter")
        self.root.wait_for("label", "Kestrel Boats is created, in Usage Mode.")
        self.picture("account created")
        self.window.keyboard.press("Enter")
        self.root.wait_for("push button", SERVICE)

    def import_users(self) -> None:
        """The wizard to its end; the file is chosen by its name."""
        self.hands.choose("User List")
        self.hands.press("Import Users")
        self.root.wait_for("label", "Drop the export file of the Microsoft 365 admin center here")
        self.window.keyboard.press("Enter")
        self.root.wait_for("dialog")
        self.window.keyboard.type(str(_EXPORT))
        self.window.keyboard.press("Enter")
        self.root.wait_for("label", _EXPORT.name)
        for seen in ("Associated license", "Users added"):
            self.hands.press("Next")
            self.root.wait_for("label", seen)
        self.picture("import, preview")
        self.hands.press("Import")
        self.root.wait_for_label("is imported.")
        self.picture("users imported")

    def create_a_user(self) -> None:
        """First and last name, and what stands before the @."""
        self.hands.choose("Create New User")
        self.hands.fill("First name", "Kim")
        self.hands.fill("Last name", "Park")
        self.hands.fill("User principal name", "kim.park")
        self.hands.press("Create user")
        self.root.wait_for("label", "Kim Park is created.")

    def assign_a_license_and_undo_it(self) -> None:
        """Gear, Edit User Details, Services, gear, Configure Services, License Assignment."""
        self.hands.choose("User List")
        self.hands.choose_row("Users", USER)
        self.hands.choose_in_menu("Actions for the selected users", _EDIT_DETAILS)
        self.root.wait_for("page tab", "Services")
        self.hands.open_tab("Services", "Details")
        self.hands.choose_in_menu(f"Actions for the licenses of {USER}", _CONFIGURE)
        self.root.wait_for("dialog", "License Assignment")
        self.window.keyboard.type(PRODUCT)
        self.window.keyboard.press("Down", "Space")
        self.root.wait_for("push button", "Assign 1 license")
        self.picture("license assignment")
        self.window.keyboard.press("Enter")
        self.root.wait_for_label(f"{USER}: assigned {PRODUCT}.")
        self.hands.press("Undo")
        self.root.wait_for_label("Undone: taken away again")
        self.picture("undone")

    def delete_and_restore_a_user(self) -> None:
        """By the gear, and from the list of those who were deleted."""
        self.hands.choose("User List")
        self.hands.choose_row("Users", USER)
        self.hands.choose_in_menu("Actions for the selected users", _DELETE)
        self.root.wait_for("dialog").wait_for("push button", "Keep the user").wait_state("focused")
        self.picture("delete a user")
        self.hands.press("Delete User")
        self.root.wait_for_label(f"{USER} deleted.")
        self.hands.press("Deleted Users")
        self.hands.choose_row("Deleted users", USER)
        self.hands.press("Restore user")
        self.root.wait_for_label("is restored.")
        self.picture("restored")

    def suspend_and_resume(self) -> None:
        """On Edit Company; the safe button has the keyboard."""
        self.hands.choose("Edit Company")
        for action in ("Suspend the account", "Resume the account"):
            self.hands.press(action)
            dialog = self.root.wait_for("dialog", f"{action}?")
            self.picture(action)
            self.hands.press(action)
            self.root.wait_gone("dialog", dialog.name)
        self.root.wait_for_label(f"{self.account} is open again.")

    def add_an_operator(self) -> None:
        """An auditor, with a password that the program makes."""
        self.hands.choose("Operators")
        self.hands.press("Add operator")
        self.root.wait_for("dialog", "Add an operator")
        self.hands.fill("E-mail address", "jo@reseller.example")
        self.hands.press("Add operator")
        self.root.wait_for("dialog", "Hand over this password")
        self.hands.press("Done")
        self.root.wait_for_label("jo@reseller.example can sign in now")
        self.picture("operator added")

    def filter_the_audit_log(self) -> None:
        """The search has the keyboard."""
        self.hands.choose("Audit Log")
        log = self.root.wait_for("table", "Audit Log")
        everything = wait_until(log.row_count, "the entries")
        self.window.keyboard.type("jo@reseller.example")
        wait_until(lambda: 0 < log.row_count() < everything, "fewer entries")
        self.picture("audit log, filtered")

    def change_the_language_and_back(self) -> None:
        """The first choice of the settings has the keyboard."""
        self.hands.choose("Settings")
        self.window.tab_to("combo box", "Language")
        self.window.keyboard.press("Up")
        self.root.wait_for("label", "Einstellungen")
        self.picture("settings, german")
        self.window.keyboard.press("Down")
        self.root.wait_for("label", "Settings")

    def ask_for_help(self, entry: str) -> None:
        """F1, which opens the topic called as the page is, and back as from any page."""
        self.hands.choose(entry)
        self.root.wait_for("label", entry)
        self.window.keyboard.press("F1")
        self.root.wait_for("push button", f"Return to {entry}")
        self.root.wait_for("label", entry)
        self.window.keyboard.press("Alt+Left")
        self.root.wait_gone("push button", f"Return to {entry}")

    def see_the_switch_completed(self) -> None:
        """The demo's clock moves to the first of the next month."""
        self.hands.press("First of next month")
        self.root.wait_for("label", "Usage Mode is active")
        self.picture("switch completed")


@pytest.fixture
def day(program: Program, demo: Window) -> Day:
    day = Day(program, Typist(), "day", account=ACCOUNT, domain=DOMAIN)
    day.take_over(demo)
    return day


def test_a_new_customer(day: Day) -> None:
    day.create_an_account()
    day.import_users()
    day.quit()


def test_users_and_their_licenses(day: Day) -> None:
    day.hands.open_row("Accounts", ACCOUNT)
    day.root.wait_for("label", DOMAIN)
    day.create_a_user()
    day.assign_a_license_and_undo_it()
    day.delete_and_restore_a_user()
    day.suspend_and_resume()
    day.quit()


def test_the_office(day: Day) -> None:
    day.add_an_operator()
    day.filter_the_audit_log()
    day.change_the_language_and_back()
    for entry in ("Customer List", "Pending Changes", "Audit Log"):
        day.ask_for_help(entry)
    day.quit()


def test_the_switch_is_seen_completing(day: Day) -> None:
    day.open_account()
    day.open_tools()
    day.request_usage()
    day.see_the_switch_completed()
    day.quit()
