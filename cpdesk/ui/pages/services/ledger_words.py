"""Ledger entries of a subscription, and its idle seats, in words. Plain Python."""

from datetime import datetime

from cpdesk.base import zones
from cpdesk.base.apart import beside, noted
from cpdesk.base.audit_words import action_name
from cpdesk.base.formats import format_money, format_number, format_short_date
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain import switching
from cpdesk.domain.seat_tracing import SeatTrace, TracedSeats
from cpdesk.domain.seats import LedgerKind
from cpdesk.domain.subscriptions import LedgerRow
from cpdesk.ui.texts import seats_text

_MINUS = "\u2212"
_PLAIN = frozenset({"license.assigned", "license.removed", "license.changed", "seats.added", "seats.removed"})
"""Actions that add nothing to what their ledger entries say themselves."""


def what_text(row: LedgerRow, zone: str, *, in_full: bool = False) -> str:
    """ "Assigned to Ada Reyes", what it was a part of, and if it was written down later, when.

    `in_full` users are told with their user principal names, which tell those of the same name apart.
    """
    user = person_text(row.name, row.upn) if in_full else row.name or row.upn
    parts = [_change_text(row, user)]
    if row.action not in _PLAIN:
        parts.append(action_name(row.action))
    if switching.is_late(row.effective_at, row.recorded_at):
        parts.append(_("recorded {instant}").format(instant=moment(row.recorded_at, zone)))
    return beside(*parts)


def _change_text(row: LedgerRow, user: str) -> str:
    seats = seats_text(abs(row.seats))
    texts = {
        LedgerKind.ASSIGN: _("Assigned to {user}"),
        LedgerKind.UNASSIGN: _("Taken from {user}"),
        LedgerKind.ADD: _("{seats} bought"),
        LedgerKind.REMOVE: _("{seats} removed from the pool"),
        LedgerKind.RELEASE: _("{seats} released"),
    }
    known = row.kind in set(LedgerKind)
    return texts[LedgerKind(row.kind)].format(user=user, seats=seats) if known else row.kind


def person_text(name: str, upn: str) -> str:
    """ "Ada Reyes (ada@contoso.example)"."""
    return noted(name, upn) if name and name != upn else upn


def moment(instant: datetime, zone: str) -> str:
    """Day and time in a zone that is named over the list: "Dec 1, 2026, 00:00"; the time may stand in a second line."""
    local = instant.astimezone(zones.zone(zone))
    day = format_short_date(local.date()).replace(" ", "\u00a0")
    return f"{day}, {local:%H:%M}"


def count_text(after: int, change: int) -> str:
    """A count after an entry, and by how much that changed it: "60", or "63 (+3)"."""
    if not change:
        return format_number(after)
    sign = _MINUS if change < 0 else "+"
    return f"{format_number(after)} ({sign}{format_number(abs(change))})"


def days_text(days: int) -> str:
    """For how long: "since today", or "12 days"."""
    if days == 0:
        return _("since today")
    return ngettext("{number} day", "{number} days", days).format(number=format_number(days))


def holder_text(row: TracedSeats) -> str:
    """Who held a seat last."""
    return person_text(row.name, row.upn) if row.upn else _("nobody since they were bought")


def trace_text(trace: SeatTrace) -> str:
    """ "9 idle seats have cost $118.17 so far.", and what is missing in it."""
    seats = ngettext("{number} idle seat", "{number} idle seats", trace.seats)
    text = ngettext("{seats} has cost {amount} so far.", "{seats} have cost {amount} so far.", trace.seats)
    told = text.format(
        seats=seats.format(number=format_number(trace.seats)), amount=format_money(trace.cost, trace.currency)
    )
    if not trace.unpriced:
        return told
    if not any(row.cost for row in trace.rows):
        text = _("{seats}. What the time has cost is not known: there was no price.")
        return text.format(seats=seats.format(number=format_number(trace.seats)))
    return f"{told} {_('Days without a price are missing in this.')}"


def trace_rule() -> str:
    """By which rule idle seats are told apart, and how their cost is counted."""
    return _(
        "Seats of a product are all alike. They are told apart by one rule: the seat that became idle last is the "
        "first to be assigned or removed again. A day on whose evening a seat is idle, today included, costs the "
        "Purchase price of that day divided by the days of its month."
    )
