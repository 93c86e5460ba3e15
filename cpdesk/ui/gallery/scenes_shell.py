"""The window around a page that is only a stand-in."""

from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.modes import Mode
from cpdesk.ui.context import AccountBadge, Action, Kind
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.scenes_widgets import CUSTOMERS, customer_table, nothing
from cpdesk.ui.shell.page import Page
from cpdesk.ui.shell.registry import PageSpec, Registry
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets import buttons
from cpdesk.ui.widgets.card import CardRow, KeyFigure
from cpdesk.ui.widgets.chips import ModeChip
from cpdesk.ui.widgets.dialog import ModalDialog, Side
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.search import SearchField


class StandInList(Page):
    """A list as reseller pages have it."""

    def _build(self) -> None:
        self.header.add_action(buttons.primary("Create New Account"))
        table = customer_table()
        search = SearchField("Search name or domain")
        search.searched.connect(table.set_filter)
        self.body.addLayout(hbox(search, None))
        self.body.addWidget(ListCard(table), 1)

    def retranslate(self) -> None:
        self.set_title(_("Customer List"), f"{len(CUSTOMERS)} accounts · 2,588 seats")


class StandInService(Page):
    """A page inside an account."""

    def _build(self) -> None:
        figures = (("Seats billed today", "82"), ("Assigned", "71"), ("Available", "11"))
        self.body.addWidget(CardRow(*(KeyFigure(label, figure) for label, figure in figures)))
        self.body.addStretch(1)

    def retranslate(self) -> None:
        self.set_title(_("My Services"), "contoso-freight.onmicrosoft.example · 74 users")

    def refresh(self) -> None:
        self.set_account(
            AccountBadge(
                self.account_id, "Contoso Freight", "contoso-freight.example", Mode.PURCHASE, date(2026, 12, 1)
            )
        )


def stand_ins() -> Registry:
    """A menu as large as the real one."""
    registry = Registry()
    for key, title, icon in (
        ("customers", _("Customer List"), "customers"),
        ("create_account", _("Create New Account"), "account_add"),
        ("pending", _("Pending Changes"), "pending"),
        ("prices", _("Price Schedules"), "prices"),
        ("reports", _("Reports"), "reports"),
        ("operators", _("Operators"), "operators"),
        ("audit", _("Audit Log"), "audit"),
        ("settings", _("Settings"), "settings"),
        ("help", _("Help"), "help"),
    ):
        registry.add(PageSpec(key, title, StandInList, icon))
    for key, title, icon, section in (
        ("services", _("My Services"), "services", None),
        ("catalog", _("The Catalog"), "catalog", _("Products and Services")),
        ("users", _("User List"), "users", _("My Users")),
        ("create_user", _("Create New User"), "user_add", None),
        ("company", _("Edit Company"), "company", _("My Company")),
        ("account_audit", _("Audit Log"), "audit", None),
        ("account_help", _("Help"), "help", None),
    ):
        registry.add(PageSpec(key, title, StandInService, icon, section, needs_account=True))
    return registry


@scene("shell_reseller", variants=("german", "large_text", "rtl"))
def shell_reseller(stage: Stage) -> Window:
    """At the level of the reseller."""
    window = stage.window(stand_ins(), "customers")
    window.side_menu.set_badge("pending", "3")
    return window


@scene("shell_account", variants=("german", "large_text", "rtl"))
def shell_account(stage: Stage) -> Window:
    """Inside an account, with messages."""
    window = stage.window(stand_ins(), "services", account=7)
    window.banners.set("clock", Kind.ERROR, "The clock of this computer is 14 minutes behind the last entry.")
    window.notices.success("3 seats of Office 365 E3 were added.", Action("Undo", nothing))
    return window


@scene("shell_exporting", variants=("german", "large_text", "rtl"))
def shell_exporting(stage: Stage) -> Window:
    """While one list is written into a file, and after another was."""
    window = stage.window(stand_ins(), "customers")
    window.banners.set("export", Kind.INFO, "Exporting Users: 12,400 of 50,000 rows.", (Action("Stop", nothing),))
    window.notices.success("8 rows were exported to Customer List.csv.", Action("Open folder", nothing))
    return window


@scene("shell_dialog", variants=("german", "large_text", "rtl"))
def shell_dialog(stage: Stage) -> tuple[QWidget, QDialog]:
    """A confirmation."""
    window = stage.window(stand_ins(), "services", account=7)
    dialog = ModalDialog(window, "Change to Usage Mode?", "Contoso Freight · contoso-freight.example")
    modes = hbox(ModeChip(Mode.PURCHASE), Label("→"), ModeChip(Mode.USAGE), None)
    modes.addWidget(Label("December 1, 2026, 00:00 America/New_York"))
    dialog.content.addLayout(modes)
    facts = Facts()
    dialog.content.addWidget(facts)
    for text, figure in (
        ("Until then all 82 seats stay billable", "82 seats"),
        ("11 seats that nobody holds are released", "11 seats"),
        ("Office 365 Extra File Storage belongs to no user and will be lost", "2 seats"),
        ("1 blocked user still holds a license and will still be billed", "Morgan Ellis"),
    ):
        facts.add(text, figure)
    dialog.add_button(buttons.secondary("Copy summary"), Side.START)
    dialog.add_button(buttons.secondary("Yes, Change"))
    dialog.set_safe(dialog.add_button(buttons.primary("No, Keep Purchase Mode")))
    return window, dialog
