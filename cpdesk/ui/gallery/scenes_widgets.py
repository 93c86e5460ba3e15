"""The widgets by themselves."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cpdesk.base import assets
from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.modes import Mode
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.widgets import buttons
from cpdesk.ui.widgets.band import Band
from cpdesk.ui.widgets.card import Card, CardRow, KeyFigure
from cpdesk.ui.widgets.checks import CheckBox, RadioButton
from cpdesk.ui.widgets.chips import ModeChip, PendingChip, mode_look, mode_name, pending_look
from cpdesk.ui.widgets.columns import Column, number_column
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.file_drop import FileDrop
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.menu_button import gear_menu
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.page_header import PageHeader
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable
from cpdesk.ui.widgets.tabs import Tabs
from cpdesk.ui.widgets.wizard import Wizard


@dataclass(frozen=True, slots=True)
class Customer:
    """A made-up row."""

    name: str
    domain: str
    mode: Mode
    pending_on: date | None
    users: int
    seats: int


CUSTOMERS = (
    Customer("Adatum Insurance", "adatum.example", Mode.USAGE, None, 31, 31),
    Customer("Contoso Freight", "contoso-freight.example", Mode.PURCHASE, date(2026, 12, 1), 74, 82),
    Customer("Fabrikam Dental Group", "fabrikam-dental.example", Mode.PURCHASE, None, 212, 240),
    Customer("Graphic Design Institute", "gdi.example", Mode.USAGE, None, 18, 18),
    Customer("Lamna Healthcare", "lamna.example", Mode.PURCHASE, date(2026, 12, 1), 640, 655),
    Customer("Northwind Traders", "northwind.example", Mode.USAGE, None, 96, 101),
    Customer("Tailspin Toys", "tailspin.example", Mode.PURCHASE, date(2027, 1, 1), 44, 60),
    Customer("Woodgrove Bank", "woodgrove.example", Mode.USAGE, None, 1204, 1391),
)

COLUMNS: tuple[Column[Customer], ...] = (
    Column[Customer]("name", lambda: _("Account"), lambda row: row.name, strong=True, stretch=2),
    Column[Customer]("domain", lambda: _("Domain"), lambda row: row.domain, soft=True, stretch=2),
    Column[Customer](
        "mode",
        lambda: _("Billing mode"),
        lambda row: row.mode.value,
        text=lambda row: mode_name(row.mode),
        chip=lambda row: mode_look(row.mode),
        stretch=1,
    ),
    Column[Customer](
        "pending",
        lambda: _("Pending"),
        lambda row: row.pending_on,
        text=lambda row: format_date(row.pending_on) if row.pending_on else "",
        chip=lambda row: pending_look(format_date(row.pending_on)) if row.pending_on else None,
        stretch=1,
    ),
    number_column("users", lambda: _("Users"), lambda row: row.users),
    number_column("seats", lambda: _("Seats"), lambda row: row.seats),
)


def customer_table() -> DataTable[Customer]:
    """A list of made-up customers."""
    table = DataTable(COLUMNS, key=lambda row: row.name)
    table.setAccessibleName(_("Customer List"))
    table.set_rows(CUSTOMERS)
    table.sort_by("name")
    return table


def nothing() -> None:
    """What the buttons of pictures do."""


@scene("widgets_page", variants=("german", "large_text", "rtl"))
def widgets_page(stage: Stage) -> QWidget:
    """The parts of a typical page."""
    header = PageHeader("Microsoft 365 services", "contoso-freight.onmicrosoft.example · 74 users")
    header.add_action(buttons.secondary("Export"))
    header.add_action(buttons.primary("Add seats"))
    tabs = Tabs()
    for key, title in (("subscriptions", "Subscriptions"), ("users", "Users"), ("tools", "Tools")):
        tabs.add(key, title, _tools() if key == "tools" else QWidget())
    tabs.select("tools")
    content = QWidget()
    content.setLayout(vbox(header, tabs, None))
    return stage.ground(content)


@scene("widgets_controls", variants=("large_text", "rtl"))
def widgets_controls(stage: Stage) -> QWidget:
    """Everything small, side by side."""
    row = hbox(
        buttons.primary("Yes, Change"),
        buttons.secondary("Copy summary"),
        buttons.danger("Remove 3 seats"),
        buttons.quiet("Dismiss"),
        buttons.link("Add or remove licenses"),
        gear_menu("Actions for Dana Reyes", (Action("Edit User Details", nothing), None, Action("Delete", nothing))),
        None,
    )
    off = hbox(*(_disabled(make("Edit")) for make in (buttons.primary, buttons.secondary, buttons.danger)), None)
    chips = hbox(ModeChip(Mode.USAGE), ModeChip(Mode.PURCHASE), PendingChip("December 1, 2026"), None)
    ticks = hbox(_ticked(CheckBox("I understand")), CheckBox("Send a copy"), _ticked(RadioButton("Empty")), None)
    some = CheckBox("Some of the selected users")
    some.setTristate(True)
    some.setCheckState(some.checkState().PartiallyChecked)
    ticks.insertWidget(2, some)
    chosen = buttons.filter_chip("Usage Mode 5")
    chosen.setChecked(True)
    filters = hbox(SearchField("Search name or domain"), chosen, buttons.filter_chip("Pending 3"), None)
    band = Band("Microsoft Office 365", "74 users")
    content = QWidget()
    content.setLayout(vbox(row, off, chips, ticks, filters, *_notices(), band, None))
    return stage.ground(content)


@scene("widgets_form", variants=("german", "large_text", "rtl"))
def widgets_form(stage: Stage) -> QWidget:
    """A form with something wrong in it."""
    zones = [Choice(zone, zone) for zone in ("America/New_York", "Europe/Berlin", "Pacific/Kiritimati")]
    form = Form(
        (
            Field("name", "Company name", required=True),
            Field("domain", "Domain", required=True, placeholder="contoso.example"),
            Field("zone", "Time zone", FieldKind.SEARCH, True, choices=zones, help="Fixed once a bill exists."),
            Field("seats", "Seats", FieldKind.NUMBER),
            Field("ticket", "Ticket number"),
            Field("sample", "Start with sample data", FieldKind.CHECK),
        )
    )
    form.set_values({"name": "Contoso Freight", "zone": "Europe/Berlin", "sample": True})
    form.validate()
    form.set_error("seats", "There are 71 assigned; seats cannot go below that.")
    card = Card("Create New Account")
    card.body.addWidget(form)
    content = QWidget()
    content.setLayout(vbox(hbox(card, None), None))
    return stage.ground(content)


@scene("widgets_table", variants=("german", "large_text", "rtl"))
def widgets_table(stage: Stage) -> QWidget:
    """A list with a selection."""
    table = customer_table()
    table.select("Lamna Healthcare")
    return stage.ground(ListCard(table))


@scene("widgets_empty")
def widgets_empty(stage: Stage) -> QWidget:
    """A list without rows."""
    empty = EmptyState(
        "No customers yet",
        "An account holds one customer's users, licenses and billing mode.",
        Action("Create New Account", nothing),
        "customers",
    )
    table = DataTable(COLUMNS, key=lambda row: row.name, empty=empty)
    table.setAccessibleName("Customer List")
    table.set_rows(())
    return stage.ground(ListCard(table))


@scene("widgets_wizard", variants=("german", "large_text", "rtl"))
def widgets_wizard(stage: Stage) -> QWidget:
    """In the middle of several steps."""
    form = Form((Field("name", "Company name", required=True), Field("domain", "Domain", required=True)))
    wizard = a_wizard(form, QWidget())
    wizard.go("products")
    return stage.ground(wizard)


@scene("widgets_wizard_held", variants=("large_text", "rtl"))
def widgets_wizard_held(stage: Stage) -> QWidget:
    """A last step that cannot go on yet."""
    wizard = a_wizard(QWidget(), Label("1,204 users will be added."))
    wizard.go("seats")
    wizard.set_next_text("seats", "Import 1,204 users")
    wizard.hold("seats", "Choose how 12 missing seats are to be had.")
    wizard.allow_cancel()
    return stage.ground(wizard)


@scene("widgets_file_drop", variants=("german", "large_text", "rtl"))
def widgets_file_drop(stage: Stage) -> QWidget:
    """Places for a file: empty, filled, and with a wrong one."""
    catalogue = assets.root() / "catalog" / "products.csv"
    drops = [FileDrop("Drop the file with the users here", "CSV files (*.csv)") for _place in range(3)]
    drops[1].take(catalogue)
    drops[2].take(Path(__file__))
    content = QWidget()
    content.setLayout(vbox(*drops, None))
    return stage.ground(content)


def a_wizard(second: QWidget, third: QWidget) -> Wizard:
    """Four steps, two of them with something in it."""
    wizard = Wizard()
    wizard.add_step("file", "File", QWidget())
    for key, title, part in (("products", "Products", second), ("seats", "Missing seats", third)):
        content = QWidget()
        content.setLayout(vbox(part, None))
        wizard.add_step(key, title, content)
    wizard.add_step("result", "Result", QWidget())
    return wizard


def _tools() -> QWidget:
    pending = Notice(
        Kind.PENDING,
        "and will be completed on December 1, 2026 (00:00 America/New_York, in 8 days).",
        "Change to Usage Mode is pending",
        [Action("Keep Purchase Mode", nothing)],
    )
    figures = CardRow(
        KeyFigure("Seats billed today", "82", "71 assigned · 11 available"),
        KeyFigure("Cost per month now", "$1,684.30", "of which idle seats $254.10"),
        KeyFigure("From December 1, 2026 in Usage Mode", "$1,612.80", "11 seats released, $71.50 less"),
    )
    what = Card("What happens on December 1, 2026")
    table = DataTable(COLUMNS[:1] + COLUMNS[4:], key=lambda row: row.name, inline=True)
    table.setAccessibleName("What happens")
    table.set_rows(CUSTOMERS[:3])
    what.body.addWidget(table)
    content = QWidget()
    content.setLayout(vbox(pending, figures, what, None))
    return content


def _notices() -> list[QWidget]:
    undo = [Action("Undo", nothing)]
    return [
        Notice(Kind.INFO, "Licenses are assigned straight to users; there is nothing to add."),
        Notice(Kind.SUCCESS, "3 seats of Office 365 E3 were added.", actions=undo, dismissible=True),
        Notice(Kind.PENDING, "cpdesk could not complete it yet: the database is read-only.", "Due since today."),
        Notice(Kind.ERROR, "There are no seats left of Office 365 E3.", actions=undo, dismissible=True),
    ]


def _disabled(widget: QWidget) -> QWidget:
    widget.setEnabled(False)
    return widget


def _ticked(box: CheckBox | RadioButton) -> QWidget:
    box.setChecked(True)
    return box
