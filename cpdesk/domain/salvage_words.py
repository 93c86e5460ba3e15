"""What was saved of a damaged database in words, for the window, the command line and the list in a file alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.apart import beside
from cpdesk.base.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cpdesk.domain.salvage import Condition, Fate, Salvage, SalvagedItem

_MOST = 5
"""Accounts that are named in a sentence."""

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
    "recovery_code": lambda: _("Recovery code"),
    "schedule_proration": lambda: _("Proration"),
    "seat_entry": lambda: _("Ledger entry"),
    "seat_threshold": lambda: _("Low-seat warning"),
    "second_factor": lambda: _("Second factor"),
    "service_plan": lambda: _("Service plan"),
    "setting": lambda: _("Setting"),
    "sign_in_failure": lambda: _("Failed attempts"),
    "statement_correction": lambda: _("Correction of a statement"),
    "subscription": lambda: _("Subscription"),
    "temporary_password": lambda: _("Password to be changed"),
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
    return beside(*(beside(name, value, between=": ") for name, value in told.items()), between=", ")


def summary(salvage: Salvage) -> list[str]:
    """What could be saved, in a few sentences."""
    number = formats.format_number
    told = [
        ngettext("{number} row can be read.", "{number} rows can be read.", salvage.kept).format(
            number=number(salvage.kept)
        )
    ]
    if salvage.rebuilt:
        text = ngettext(
            "{number} row cannot be read and was rebuilt from the audit log and the ledger.",
            "{number} rows cannot be read and were rebuilt from the audit log and the ledger.",
            salvage.rebuilt,
        )
        told.append(text.format(number=number(salvage.rebuilt)))
    told.append(missing_text(salvage))
    if not salvage.is_exact:
        told.append(_("The list of what is missing is not certain to be complete: too much is damaged to tell."))
    if salvage.strays:
        text = ngettext(
            "{number} page of the file has rows of which nobody can tell what they were; they are not kept.",
            "{number} pages of the file have rows of which nobody can tell what they were; they are not kept.",
            salvage.strays,
        )
        told.append(text.format(number=number(salvage.strays)))
    if salvage.accounts:
        told.append(_accounts(salvage.accounts))
    return told


def _accounts(names: tuple[str, ...]) -> str:
    if len(names) <= _MOST:
        text = _("Something is missing or uncertain in: {accounts}.")
        return text.format(accounts=formats.format_list(list(names)))
    text = _("Something is missing or uncertain in {number} accounts, {accounts} and others.")
    return text.format(number=formats.format_number(len(names)), accounts=beside(*names[:_MOST], between=", "))


def missing_text(salvage: Salvage) -> str:
    """The one sentence that matters most: how much is missing."""
    if not salvage.missing:
        return _("Nothing is missing.") if salvage.is_exact else _("It cannot be told whether anything is missing.")
    text = ngettext("{number} row is missing.", "{number} rows are missing.", salvage.missing)
    if not salvage.is_exact:
        text = ngettext("At least {number} row is missing.", "At least {number} rows are missing.", salvage.missing)
    return text.format(number=formats.format_number(salvage.missing))
