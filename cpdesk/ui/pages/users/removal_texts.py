"""What deleting users does, in words. Plain Python."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from cpdesk.base import zones
from cpdesk.base.billing_words import since_text
from cpdesk.base.formats import format_date, format_list, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain import switching
from cpdesk.domain.billing import Cost
from cpdesk.domain.leaving import Departure, RemovalForecast, SeatOutcome
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import RESTORE_WITHIN
from cpdesk.domain.rows import UserRow
from cpdesk.ui.pages.users.seat_fates import Fate, SeatFates
from cpdesk.ui.parts.counted import counted_products
from cpdesk.ui.parts.money_texts import cost_text, priced_seats_text
from cpdesk.ui.texts import seats_text, users_text

_NAMED = 2
"""More takers of a product than these are counted."""


def title_text(users: Sequence[UserRow]) -> str:
    """ "Delete Megan Bowen", "Delete 3 users"."""
    who = users[0].display_name if len(users) == 1 else users_text(len(users))
    return _("Delete {who}").format(who=who)


def bill_text(fates: SeatFates) -> str:
    """What becomes of the seats and of the bill, all products together."""
    freed = sum(one.effect.count for one in fates.outcomes)
    if not freed:
        return _("No license is held: seats and bill stay as they are.")
    released, kept = (sum(getattr(one, what) for one in fates.outcomes) for what in ("released", "kept"))
    parts = []
    if released and fates.forecast.mode is Mode.USAGE:
        leave = ngettext("{seats} leaves the account at once.", "{seats} leave the account at once.", released)
        parts.append(leave.format(seats=seats_text(released)))
    falls = falls_text(released, fates.saved, fates.forecast.falls_on)
    parts.append(falls if released else _("The bill stays as it is."))
    if kept:
        parts.append(_stay_text(kept, fates.kept))
    return " ".join(parts)


def falls_text(seats: int, cost: Cost, day: date) -> str:
    """From when and by how much the bill is smaller, for seats that leave."""
    if cost.unpriced:
        text = ngettext(
            "{seats} is no longer billed from {date} on.", "{seats} are no longer billed from {date} on.", seats
        )
        return text.format(seats=priced_seats_text(seats, cost), date=format_date(day))
    text = _("The bill falls by {amount} a month from {date} on.")
    return text.format(amount=cost_text(cost), date=format_date(day))


def _stay_text(seats: int, cost: Cost) -> str:
    text = ngettext("{seats} stays in the pool, billable.", "{seats} stay in the pool, billable.", seats)
    return text.format(seats=priced_seats_text(seats, cost))


def fate_names(mode: Mode) -> dict[Fate, str]:
    """The choices for freed seats."""
    if mode is Mode.USAGE:
        return {Fate.USUAL: _("Leave the account"), Fate.HAND_ON: _("Hand on…")}
    return {Fate.USUAL: _("Keep in the pool"), Fate.RELEASE: _("Release"), Fate.HAND_ON: _("Hand on…")}


def outcome_text(fates: SeatFates, outcome: SeatOutcome) -> str:
    """What becomes of the freed seats of one product."""
    parts = [_handed_on_text(fates.takers.get(outcome.effect.guid, ()))] if outcome.handed_on else []
    if outcome.released:
        parts.append(_released_text(fates, outcome))
    if outcome.kept:
        parts.append(_kept_text(fates, outcome))
    return " ".join(parts)


def _handed_on_text(takers: Sequence[UserRow]) -> str:
    names = [user.display_name for user in takers[:_NAMED]]
    more = len(takers) - len(names)
    if more:
        names.append(ngettext("{number} more", "{number} more", more).format(number=format_number(more)))
    text = ngettext("{seats} goes on to {names}.", "{seats} go on to {names}.", len(takers))
    return text.format(seats=seats_text(len(takers)), names=format_list(names))


def _released_text(fates: SeatFates, outcome: SeatOutcome) -> str:
    in_usage = ngettext(
        "{seats} leaves the account and is no longer billed from {date} on. Left: {left}.",
        "{seats} leave the account and are no longer billed from {date} on. Left: {left}.",
        outcome.released,
    )
    of_pool = ngettext(
        "{seats} leaves the pool and is no longer billed from {date} on. Left: {left}.",
        "{seats} leave the pool and are no longer billed from {date} on. Left: {left}.",
        outcome.released,
    )
    text = in_usage if fates.forecast.mode is Mode.USAGE else of_pool
    return text.format(
        seats=priced_seats_text(outcome.released, fates.cost(outcome.effect, outcome.released)),
        date=format_date(fates.forecast.falls_on),
        left=seats_text(outcome.seats_after),
    )


def _kept_text(fates: SeatFates, outcome: SeatOutcome) -> str:
    text = ngettext(
        "{seats} goes back to the pool and stays billable. Available then: {available}.",
        "{seats} go back to the pool and stay billable. Available then: {available}.",
        outcome.kept,
    )
    return text.format(
        seats=priced_seats_text(outcome.kept, fates.cost(outcome.effect, outcome.kept)),
        available=format_number(outcome.available_after),
    )


def pending_text(forecast: RemovalForecast) -> str:
    """What a pending change to Usage Mode means for the freed seats; "" where none is pending or none becomes free."""
    if forecast.pending_on is None or not forecast.effects:
        return ""
    return _(
        "The change to Usage Mode on {date} releases freed seats that are still in the pool then; until then they are "
        "billed."
    ).format(date=format_date(forecast.pending_on))


def restore_text(now: datetime, zone: str) -> str:
    """Until when this can be taken back."""
    last = switching.local_date(now + RESTORE_WITHIN, zones.zone(zone))
    return _("Deleted users can be restored until {date}.").format(date=format_date(last))


def delete_text(number: int) -> str:
    """What the button says."""
    return _("Delete User") if number == 1 else _("Delete {users}").format(users=users_text(number))


def keep_text(number: int) -> str:
    """What the safe button says."""
    return _("Keep the user") if number == 1 else _("Keep the users")


def left_text(departure: Departure, users: Sequence[UserRow], names: Mapping[str, str]) -> str:
    """What was done; `names` of products by part number."""
    who = users[0].display_name if len(users) == 1 else users_text(len(departure.users))
    parts = [_("{who} deleted.").format(who=who)]
    handed_on, released = (sum(count for _one, count in counts) for counts in (departure.handed_on, departure.released))
    rest = departure.freed - handed_on - released
    if departure.handed_on:
        parts.append(_("Handed on: {products}.").format(products=counted_products(departure.handed_on, names)))
    since = since_text(departure.falls_later)
    if released:
        parts.append(_("{seats} released, no longer billable {since}.").format(seats=seats_text(released), since=since))
    if rest:
        in_usage = departure.mode is Mode.USAGE
        text = _("{seats} no longer billable {since}.") if in_usage else _("{seats} back in the pool, still billable.")
        parts.append(text.format(seats=seats_text(rest), since=since))
    return " ".join(parts)
