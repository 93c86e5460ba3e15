"""The facts of entries in words: what they are called, and how their values read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cpdesk.base import formats
from cpdesk.base.apart import beside
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import mode_name, role_name
from cpdesk.base.planning_words import farewell_name, left_texts
from cpdesk.base.price_words import proration_name
from cpdesk.base.product_words import scope_name

_SHORT = 12
"""Letters of a checksum that tell one picture from another."""
_MOST = 12
"""More things than these are counted, not listed."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What one has to know to put a fact into words."""

    zone: str
    """IANA name; instants are shown in it."""
    products: Mapping[str, str]
    """Display names by part number."""
    account: str
    """The name of the account that the entry is about, or ""."""

    def value(self, key: str, value: object) -> str:
        """A value as it is read; "" for none."""
        if value is None or value in ("", [], {}):
            return ""
        if key in _BY_KEY:
            return _BY_KEY[key](str(value))
        if key == "left" and isinstance(value, list):
            return _several(list(left_texts(one for one in value if isinstance(one, dict))))
        if key == "account_id" and self.account:
            return self.account
        return self._plain(value)

    def _plain(self, value: object) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, int):
            return formats.format_number(value)
        if isinstance(value, dict):
            return _several(self._pairs(value))
        if isinstance(value, list):
            return _several([self._item(one) for one in value])
        return self._text(str(value))

    def _text(self, text: str) -> str:
        if text in self.products:
            return self.products[text]
        return self._time(text) or text

    def _time(self, text: str) -> str:
        try:
            if len(text) == len("2026-12-01"):
                return formats.format_date(date.fromisoformat(text))
            instant = datetime.fromisoformat(text)
        except ValueError:
            return ""
        return formats.format_instant(instant, self.zone) if instant.tzinfo else ""

    def _item(self, value: object) -> str:
        """One of several, on one line."""
        return beside(*self._pairs(value), between=", ") if isinstance(value, dict) else self._plain(value)

    def _pairs(self, value: Mapping[str, object]) -> list[str]:
        """ "Microsoft 365 E3: 3", or "Name: Ada" and "Phone: 555"."""
        told = {key: self.value(key, one) for key, one in value.items() if key not in HIDDEN}
        return [beside(self.products.get(key) or label(key), text, between=": ") for key, text in told.items() if text]


def _several(texts: list[str]) -> str:
    shown = "\n".join(texts[:_MOST])
    left = len(texts) - _MOST
    if left <= 0:
        return shown
    more = ngettext("and {number} more", "and {number} more", left)
    return f"{shown}\n{more.format(number=formats.format_number(left))}"


def label(key: str) -> str:
    """What a fact is called; an unknown one by its own name, made readable."""
    if key in _LABELS:
        return _LABELS[key]()
    return key.replace("_", " ").capitalize() if key.islower() and key.isidentifier() else key


def order_of(key: str) -> int:
    """Where a fact stands among the others."""
    return _PLACES.get(key, len(_PLACES))


HIDDEN = frozenset(
    {"id", "audit_id", "offer", "guid", "position", "assignable_to", "part_number", "amounts"}
    | {"statement", "correction", "digest", "guids", "user_id"}
)
"""Numbers that only the program knows anything by, what stands beside a name anyway, and amounts by product: their
sums are shown."""


def _month(value: str) -> str:
    """A first day that stands for its month; what is none as it stands."""
    try:
        return formats.format_month(date.fromisoformat(value))
    except ValueError:
        return value


_BY_KEY: Mapping[str, Callable[[str], str]] = {
    "mode": mode_name,
    "from_mode": mode_name,
    "to_mode": mode_name,
    "to": mode_name,
    "role": role_name,
    "ended_by": lambda value: _("cpdesk, by itself") if value == "cpdesk" else value,
    "state": lambda value: _states().get(value, value),
    "status": lambda value: _states().get(value, value),
    "service": lambda value: _("Microsoft 365") if value == "microsoft_365" else value,
    "proration": proration_name,
    "scope": scope_name,
    "kind": lambda value: _states().get(value, value),
    "farewell": farewell_name,
    "month": _month,
    "logo": lambda value: value[:_SHORT],
}


def _states() -> Mapping[str, str]:
    return {
        "joiner": _("joiner"),
        "leaver": _("leaver"),
        "reduction": _("seats to remove"),
        "credit": _("credit"),
        "adjustment": _("adjustment"),
        "planned": _("planned"),
        "partly": _("carried out in part"),
        "skipped": _("skipped"),
        "pending": _("pending"),
        "done": _("completed"),
        "withdrawn": _("withdrawn"),
        "ended": _("ended by closing"),
        "closed": _("closed"),
        "active": _("active"),
        "suspended": _("suspended"),
    }


_LABELS: Mapping[str, Callable[[], str]] = {
    "product": lambda: _("Product"),
    "name": lambda: _("Name"),
    "domain": lambda: _("Domain"),
    "display_name": lambda: _("Display name"),
    "upn": lambda: _("User principal name"),
    "email": lambda: _("E-mail address"),
    "role": lambda: _("Role"),
    "account_id": lambda: _("Account"),
    "file": lambda: _("File"),
    "service": lambda: _("Service"),
    "mode": lambda: _("Billing mode"),
    "from_mode": lambda: _("From"),
    "to_mode": lambda: _("To"),
    "to": lambda: _("To"),
    "scheduled": lambda: _("Completed without the window"),
    "state": lambda: _("State"),
    "status": lambda: _("Status"),
    "effective_on": lambda: _("Takes effect on"),
    "due_at": lambda: _("Due"),
    "requested_at": lambda: _("Requested"),
    "requested_by": lambda: _("Requested by"),
    "ended_at": lambda: _("Ended"),
    "ended_by": lambda: _("Ended by"),
    "time_zone": lambda: _("Time zone"),
    "seats": lambda: _("Seats"),
    "assigned": lambda: _("Assigned"),
    "unassigned": lambda: _("Taken away"),
    "released": lambda: _("Released"),
    "available": lambda: _("Available"),
    "lines": lambda: _("Seats as shown before confirming"),
    "money": lambda: _("Amounts as shown before confirming"),
    "monthly_before": lambda: _("Cost per month now"),
    "monthly_after": lambda: _("Cost per month after the change"),
    "idle_monthly": lambda: _("Cost per month of the seats that are released"),
    "until_effective": lambda: _("Cost until the change"),
    "idle_until": lambda: _("Cost until the change of the seats that nobody holds"),
    "least_spend": lambda: _("Least spent by the earliest return"),
    "unpriced": lambda: _("Products without a price"),
    "blocked": lambda: _("Sign-in blocked"),
    "earliest_return": lambda: _("Earliest return to Usage Mode"),
    "threshold": lambda: _("Warns when so many seats are available, or fewer"),
    "licenses": lambda: _("Licenses"),
    "lacking": lambda: _("No seat was left of"),
    "without": lambda: _("Restored without"),
    "first_name": lambda: _("First name"),
    "last_name": lambda: _("Last name"),
    "job_title": lambda: _("Job title"),
    "department": lambda: _("Department"),
    "usage_location": lambda: _("Usage location"),
    "guest": lambda: _("Guest"),
    "object_id": lambda: _("Object id"),
    "country": lambda: _("Country"),
    "currency": lambda: _("Currency"),
    "aliases": lambda: _("Alias domains"),
    "contacts": lambda: _("Contacts"),
    "later_zones": lambda: _("Time zones from later on"),
    "domain_free_on": lambda: _("Domain free on"),
    "given_up": lambda: _("Domains given up"),
    "pool": lambda: _("Opening pool"),
    "phone": lambda: _("Phone"),
    "since": lambda: _("Since"),
    "users": lambda: _("Users"),
    "added": lambda: _("Added"),
    "updated": lambda: _("Updated"),
    "unchanged": lambda: _("Unchanged"),
    "skipped": lambda: _("Skipped"),
    "row": lambda: _("Row"),
    "reason": lambda: _("Reason"),
    "unknown_products": lambda: _("Unknown products"),
    "not_assignable": lambda: _("Not assignable to users"),
    "seats_added": lambda: _("Seats added"),
    "latest": lambda: _("Latest entry"),
    "last_recorded": lambda: _("Latest entry until then"),
    "system": lambda: _("Clock of the computer"),
    "scope": lambda: _("Scope"),
    "renamed": lambda: _("Renamed"),
    "plans_changed": lambda: _("Other service plans"),
    "plans_named": lambda: _("New names of service plans"),
    "plans": lambda: _("Service plans"),
    "modes": lambda: _("Billing modes of the accounts"),
    "kept": lambda: _("What was there before is kept as"),
    "usage_price": lambda: _("Usage price"),
    "purchase_price": lambda: _("Purchase price"),
    "usage_cost": lambda: _("Cost in Usage Mode"),
    "purchase_cost": lambda: _("Cost in Purchase Mode"),
    "schedule": lambda: _("Price schedule"),
    "proration": lambda: _("Charged"),
    "margin": lambda: _("Margin in percent"),
    "market": lambda: _("Market"),
    "prices": lambda: _("Prices"),
    "copy_of": lambda: _("Copy of"),
    "entries": lambda: _("Entries of the audit log"),
    "audit_head": lambda: _("Hash of the latest entry"),
    "number": lambda: _("Number"),
    "month": lambda: _("Month"),
    "total": lambda: _("Total"),
    "amount": lambda: _("Amount"),
    "text": lambda: _("Text"),
    "kind": lambda: _("Kind"),
    "tax_id": lambda: _("Tax ID"),
    "tax_rate": lambda: _("Tax rate"),
    "address": lambda: _("Address"),
    "logo": lambda: _("Logo"),
    "issued_at": lambda: _("Issued"),
    "plan": lambda: _("Planned change"),
    "content": lambda: _("What"),
    "farewell": lambda: _("Leaving"),
    "due_on": lambda: _("Date"),
    "planned_at": lambda: _("Planned"),
    "planned_by": lambda: _("Planned by"),
    "outcome": lambda: _("Outcome"),
    "left": lambda: _("Left undone"),
    "freed": lambda: _("Licenses that ended"),
    "removed": lambda: _("Seats removed"),
    "add_seats": lambda: _("Add seats that the pool lacks"),
    "seen": lambda: _("Dismissed"),
    "user": lambda: _("User"),
    "count": lambda: _("Number"),
    "attempts": lambda: _("Failed attempts"),
    "codes_left": lambda: _("Recovery codes left"),
}
"""The usual facts, in the order in which they are shown."""

_PLACES = {key: place for place, key in enumerate(_LABELS)}
