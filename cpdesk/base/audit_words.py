"""Entries of the audit log in words, for the command line and for the window alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cpdesk.base import formats, planning_words
from cpdesk.base.apart import beside
from cpdesk.base.i18n import _
from cpdesk.base.messages import mode_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Facts = Mapping[str, object]
    Names = Mapping[str, str]
    """Display names of products by part number."""

_ACTIONS: Mapping[str, Callable[[], str]] = {
    "account.closed": lambda: _("account closed"),
    "account.contact_erased": lambda: _("personal data of a contact erased"),
    "account.created": lambda: _("account created"),
    "account.domains_given_up": lambda: _("domains of the closed account set free"),
    "account.edited": lambda: _("account edited"),
    "account.opening_balance": lambda: _("opening balance"),
    "account.reopened": lambda: _("account reopened"),
    "account.resumed": lambda: _("account resumed"),
    "account.suspended": lambda: _("account suspended"),
    "accounts.imported": lambda: _("accounts created from a file"),
    "clock.corrected": lambda: _("clock corrected"),
    "clock.leapt": lambda: _("clock leapt ahead"),
    "database.decrypted": lambda: _("database no longer encrypted"),
    "database.encrypted": lambda: _("database encrypted"),
    "database.passphrase_changed": lambda: _("database encrypted anew by another passphrase"),
    "database.moved_away": lambda: _("moved to another computer"),
    "database.moved_in": lambda: _("brought in from another computer"),
    "database.restored": lambda: _("backup restored"),
    "database.salvaged": lambda: _("damaged database replaced by what could be saved"),
    "database.set_up": lambda: _("database set up"),
    "database.taken_back": lambda: _("taken back after moving to another computer"),
    "defaults.changed": lambda: _("defaults of new accounts changed"),
    "license.assigned": lambda: _("license assigned"),
    "license.changed": lambda: _("licenses changed"),
    "license.lacking": lambda: _("no seat for a license"),
    "license.removed": lambda: _("license removed"),
    "mode.closed": lambda: _("mode change ended by closing the account"),
    "license.undone": lambda: _("license change undone"),
    "mode.completed": lambda: _("mode change completed"),
    "mode.reopened": lambda: _("mode change taken up again by reopening the account"),
    "mode.requested": lambda: _("mode change requested"),
    "mode.withdrawn": lambda: _("mode change withdrawn"),
    "operator.erased": lambda: _("personal data of an operator erased"),
    "operator.added": lambda: _("operator added"),
    "operator.factor_off": lambda: _("second factor turned off"),
    "operator.factor_on": lambda: _("second factor turned on"),
    "operator.factor_reset": lambda: _("operator's second factor taken away"),
    "operator.password_reset": lambda: _("operator's password reset"),
    "operator.password_set": lambda: _("operator's password set"),
    "operator.recovery_code_used": lambda: _("recovery code used instead of the second factor"),
    "operator.recovery_codes_renewed": lambda: _("new recovery codes for the second factor"),
    "operator.sign_in_delayed": lambda: _("sign-in delayed after failed attempts"),
    "operator.recovered": lambda: _("operator let in by recovery code"),
    "operator.removed": lambda: _("operator removed"),
    "operator.role_changed": lambda: _("operator's role changed"),
    "own_company.changed": lambda: _("own company changed"),
    "plan.closed": lambda: _("planned change ended by closing the account"),
    "plan.dismissed": lambda: _("outcome of a planned change dismissed"),
    "plan.done": lambda: _("planned change carried out"),
    "plan.made": lambda: _("change planned"),
    "plan.partly_done": lambda: _("planned change carried out in part"),
    "plan.skipped": lambda: _("planned change skipped"),
    "plan.withdrawn": lambda: _("planned change withdrawn"),
    "prices.changed": lambda: _("price set"),
    "prices.default_set": lambda: _("default price schedule set"),
    "prices.imported": lambda: _("price list imported"),
    "prices.proration_set": lambda: _("proration of a price schedule set"),
    "prices.schedule_added": lambda: _("price schedule added"),
    "prices.schedule_assigned": lambda: _("price schedule given to the account"),
    "prices.schedule_renamed": lambda: _("price schedule renamed"),
    "prices.withdrawn": lambda: _("price withdrawn"),
    "product.added": lambda: _("product added to the catalogue"),
    "product.scope_changed": lambda: _("scope of a product changed"),
    "product_names.answered": lambda: _("product names explained"),
    "products.imported": lambda: _("product names imported"),
    "schedule.switched_off": lambda: _("completing changes without the window switched off"),
    "schedule.switched_on": lambda: _("completing changes without the window switched on"),
    "seats.added": lambda: _("seats added"),
    "seats.removed": lambda: _("seats removed"),
    "seats.threshold_cleared": lambda: _("low-seat warning cleared"),
    "seats.threshold_set": lambda: _("low-seat warning set"),
    "seats.undone": lambda: _("change of seats undone"),
    "service.activated": lambda: _("service activated"),
    "statement.corrected": lambda: _("statement corrected"),
    "statement.issued": lambda: _("statement issued"),
    "user.added": lambda: _("user added"),
    "user.erased": lambda: _("personal data erased"),
    "user.removed": lambda: _("user deleted"),
    "user.restored": lambda: _("user restored"),
    "user.undone": lambda: _("deletion of a user undone"),
    "user.updated": lambda: _("user updated"),
    "users.imported": lambda: _("users imported"),
}
"""What happened, by the action of the entry. Every action that a service writes stands here."""

_NAMING = ("upn", "email", "file", "name", "number")
"""Facts that name what an entry is about, the most telling one first."""


def actions() -> frozenset[str]:
    """The actions that have words."""
    return frozenset(_ACTIONS)


def action_name(action: str) -> str:
    """What happened ("license assigned"); an unknown action as it stands."""
    return _ACTIONS[action]() if action in _ACTIONS else action


def subject_name(before: object, after: object, otherwise: str, names: Names) -> str:
    """What an entry is about by name, as far as its facts before and after tell; else `otherwise`."""
    facts = known_facts(before) | known_facts(after)
    if direction := _direction(known_facts(facts.get("switch"))):
        return direction
    if planned := _planned(known_facts(facts.get("plan")), names):
        return planned
    if facts.get("service") == "microsoft_365":
        return _("Microsoft 365")
    person = next((str(facts[fact]) for fact in _NAMING if facts.get(fact)), "")
    part_number = str(facts.get("product") or "")
    return beside(person, names.get(part_number, part_number), between=": ") or otherwise


def known_facts(value: object) -> dict[str, object]:
    """The facts of an entry. A log that was altered may hold anything: it is shown as far as it can be."""
    return value if isinstance(value, dict) else {}


def _planned(plan: Facts, names: Names) -> str:
    try:
        day = date.fromisoformat(str(plan["due_on"]))
        what = planning_words.what(str(plan["kind"]), known_facts(plan["content"]), names)
    except (KeyError, ValueError):
        return ""
    return _("{what} on {date}").format(what=what, date=formats.format_date(day))


def _direction(switch: Facts) -> str:
    try:
        day = date.fromisoformat(str(switch["effective_on"]))
        mode = mode_name(str(switch["to_mode"]))
    except (KeyError, ValueError):
        # No switch, or one that was altered behind the program's back: `check` tells about that.
        return ""
    return _("to {mode} on {date}").format(mode=mode, date=formats.format_date(day))
