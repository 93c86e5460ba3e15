"""How an amount comes about, in words and numbers. Plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date, format_days, format_instant, format_money, format_number
from cpdesk.base.i18n import _
from cpdesk.domain.billing import Explanation, LedgerLine
from cpdesk.domain.seats import LedgerKind
from cpdesk.domain.statements import Proration
from cpdesk.ui.texts import seats_text
from cpdesk.ui.widgets.chips import mode_name

_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where an explanation belongs to."""

    currency: str
    """ISO 4217."""
    time_zone: str
    """IANA name of the zone whose calendar counts."""


def formula(explanation: Explanation, within: Surroundings) -> str:
    """ "12 seats x $15.00 x 29 of 30 days = $174.00"."""
    line = explanation.line
    if line.unit_price is None or line.amount is None:
        return _("{seats} \u00d7 no price: there is no amount").format(seats=seats_text(line.seats))
    if explanation.proration is Proration.NONE:
        text = _("{seats} \u00d7 {price} for the whole month = {amount}")
    else:
        text = _("{seats} \u00d7 {price} \u00d7 {days} of {all} days = {amount}")
    return text.format(
        seats=seats_text(line.seats),
        price=format_money(line.unit_price, within.currency),
        days=format_number(line.days),
        all=format_number(line.days_in_month),
        amount=format_money(line.amount, within.currency),
    )


def facts_of(explanation: Explanation, within: Surroundings) -> tuple[tuple[str, str], ...]:
    """What the numbers of the formula are, and where they come from."""
    return tuple(_facts(explanation, within))


def as_text(explanation: Explanation, within: Surroundings) -> str:
    """The whole for a ticket or a mail."""
    told = [explanation.line.product, formula(explanation, within)]
    told += [f"{what}: {how}" for what, how in facts_of(explanation, within)]
    told += [entry_text(entry, within) for entry in explanation.entries]
    return "\n".join(told) + "\n"


def entry_text(entry: LedgerLine, within: Surroundings) -> str:
    """A ledger entry on one line."""
    when = format_instant(entry.effective_at, within.time_zone)
    parts = (f"#{entry.number}", when, kind_name(entry.kind), entry.user, signed(entry.seats))
    return beside(*parts, _("then {seats}").format(seats=seats_text(entry.seats_after)))


def kind_name(kind: str) -> str:
    """What a ledger entry did."""
    names = {
        LedgerKind.ASSIGN: _("License assigned"),
        LedgerKind.UNASSIGN: _("License taken away"),
        LedgerKind.ADD: _("Seats added"),
        LedgerKind.REMOVE: _("Seats removed"),
        LedgerKind.RELEASE: _("Seats released"),
    }
    return names.get(LedgerKind(kind), kind) if kind in set(LedgerKind) else kind


def signed(change: int) -> str:
    """ "+2", "-1" with a true minus, or "0"."""
    if not change:
        return "0"
    return f"{'+' if change > 0 else _MINUS}{format_number(abs(change))}"


def _facts(explanation: Explanation, within: Surroundings) -> Iterator[tuple[str, str]]:
    line = explanation.line
    yield _("Days, in {zone}").format(zone=within.time_zone), format_days(line.first, line.last)
    yield _("Billing mode on these days"), mode_name(line.mode)
    before = format_date(line.first - timedelta(days=1))
    yield _("Seats at the end of {date}").format(date=before), format_number(explanation.opening)
    yield _("Seats that are charged"), _seats_rule(explanation)
    yield from _price_facts(explanation, within)


def _seats_rule(explanation: Explanation) -> str:
    seats = format_number(explanation.line.seats)
    if explanation.proration is Proration.NONE:
        return _("{seats}, the most that a day of the month ended with").format(seats=seats)
    return _("{seats}, at the end of each of these days").format(seats=seats)


def _price_facts(explanation: Explanation, within: Surroundings) -> Iterator[tuple[str, str]]:
    line = explanation.line
    yield _("Price schedule"), explanation.schedule or _("none in {currency}").format(currency=within.currency)
    if line.unit_price is None:
        yield _("Price of a seat and month"), _("no price")
        return
    yield _("Price of a seat and month"), format_money(line.unit_price, within.currency)
    if explanation.price_effective_on is not None:
        yield _("It counts from"), format_date(explanation.price_effective_on)
    if line.priced_at is not None:
        entered = format_instant(line.priced_at, within.time_zone)
        yield _("It was entered after these days"), entered
