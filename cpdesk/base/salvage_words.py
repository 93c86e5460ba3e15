"""What was saved of a damaged database in words, for the window, the command line and the list in a file alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cpdesk.domain.salvage import Condition, Fate, SalvagedItem

_TABLES: Mapping[str, Callable[[], str]] = {
    "account": lambda: _("Account"),
    "account_contact": lambda: _("Contact"),
    "account_domain": lambda: _("Domain"),
    "account_schedule": lambda: _("Price schedule of an account"),
    "account_zone": lambda: _("Time zone"),
    "assignment": lambda: _("Assignment"),
    "audit_entry": lambda: _("Audit entry"),
    "default_schedule": lambda: _("Default price schedule"),
    "issued_statement": lambda: _("Issued statement"),
    "mode_switch": lambda: _("Mode change"),
    "name_answer": lambda: _("Remembered product name"),
    "operator": lambda: _("Operator"),
    "planned_change": lambda: _("Planned change"),
    "price": lambda: _("Price"),
    "price_schedule": lambda: _("Price schedule"),
    "product": lambda: _("Product"),
    "product_plan": lambda: _("Service plan of a product"),
    "schedule_proration": lambda: _("Proration"),
    "seat_entry": lambda: _("Ledger entry"),
    "seat_threshold": lambda: _("Low-seat warning"),
    "service_plan": lambda: _("Service plan"),
    "setting": lambda: _("Setting"),
    "statement_correction": lambda: _("Correction of a statement"),
    "subscription": lambda: _("Subscription"),
    "user": lambda: _("User"),
}

_COLUMNS: Mapping[str, Callable[[], str]] = {
    "action": lambda: _("Action"),
    "assigned": lambda: _("Assigned"),
    "display_name": lambda: _("Name"),
    "domain": lambda: _("Domain"),
    "due_at": lambda: _("Due"),
    "effective_at": lambda: _("Effective"),
    "effective_on": lambda: _("Effective"),
    "email": lambda: _("E-mail address"),
    "email_key": lambda: _("E-mail address"),
    "guid": lambda: _("GUID"),
    "key": lambda: _("Name"),
    "kind": lambda: _("Kind"),
    "month": lambda: _("Month"),
    "name": lambda: _("Name"),
    "name_key": lambda: _("Name"),
    "number": lambda: _("Number"),
    "part_number": lambda: _("Part number"),
    "position": lambda: _("Position"),
    "product_id": lambda: _("Product"),
    "seats": lambda: _("Seats"),
    "state": lambda: _("State"),
    "upn": lambda: _("UPN"),
    "upn_key": lambda: _("UPN"),
    "user_id": lambda: _("User"),
}


def table_name(table: str) -> str:
    """What one row of a table is called."""
    return _TABLES[table]() if table in _TABLES else table


def fate_name(fate: Fate) -> str:
    """What became of a row."""
    names = {
        "lost": _("Lost"),
        "left_out": _("Left out: what it belongs to is lost"),
        "rebuilt": _("Rebuilt"),
        "doubtful": _("Rebuilt, perhaps out of date"),
    }
    return names[fate]


def condition_name(condition: Condition) -> str:
    """Whether a backup can be restored."""
    names = {
        "good": _("Good"),
        "damaged": _("Damaged"),
        "newer": _("From a newer version"),
        "unchecked": _("Not checked"),
    }
    return names[condition]


def item_text(item: SalvagedItem) -> str:
    """What is still known of a row; one thing is told once, though a table has it in two forms."""
    told: dict[str, str] = {}
    for column, value in item.known.items():
        told.setdefault(_COLUMNS[column]() if column in _COLUMNS else column, value)
    return ", ".join(f"{name}: {value}" for name, value in told.items())
