"""What deleting users does, in words. Plain Python."""

from collections.abc import Sequence
from datetime import datetime

from cpdesk.base import zones
from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain import switching
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import RESTORE_WITHIN, RemovalForecast, RemovedUser, SeatEffect
from cpdesk.domain.rows import UserRow
from cpdesk.ui.parts.money_texts import Priced, cost_of, priced_seats_text
from cpdesk.ui.texts import seats_text, users_text
from cpdesk.ui.widgets.columns import Column, number_column


def title_text(users: Sequence[UserRow]) -> str:
    """ "Delete Megan Bowen", "Delete 3 users"."""
    who = users[0].display_name if len(users) == 1 else users_text(len(users))
    return _("Delete {who}").format(who=who)


def bill_text(forecast: RemovalForecast) -> str:
    """What becomes of the bill."""
    freed = sum(effect.count for effect in forecast.effects)
    if not freed:
        return _("No license is held: seats and bill stay as they are.")
    cost = cost_of([Priced(effect.count, effect.unit_price) for effect in forecast.effects], forecast.currency)
    seats = priced_seats_text(freed, cost)
    if forecast.mode is Mode.USAGE:
        return ngettext(
            "{seats} leaves the account and is no longer billable from today on.",
            "{seats} leave the account and are no longer billable from today on.",
            freed,
        ).format(seats=seats)
    back = ngettext("{seats} goes back to the pool.", "{seats} go back to the pool.", freed)
    stays = _("The bill stays as it is until seats are removed from the pool.")
    return f"{back.format(seats=seats)} {stays}"


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


def removed_text(removed: Sequence[RemovedUser], users: Sequence[UserRow]) -> str:
    """What was done."""
    freed = sum(len(user.freed) for user in removed)
    done = _("{who} deleted.").format(who=users[0].display_name if len(users) == 1 else users_text(len(removed)))
    if not freed:
        return done
    in_usage = removed[0].mode is Mode.USAGE
    effect = (
        _("{seats} no longer billable from today on.") if in_usage else _("{seats} back in the pool, still billable.")
    )
    return f"{done} {effect.format(seats=seats_text(freed))}"


def effect_columns(mode: Mode) -> tuple[Column[SeatEffect], ...]:
    """Per product: what is freed, and what is left."""
    product = Column[SeatEffect]("product", lambda: _("Product"), lambda row: row.name, stretch=1, min_width=160)
    freed: Column[SeatEffect] = number_column("count", lambda: _("Freed"), lambda row: row.count)
    left = (lambda: _("Seats left")) if mode is Mode.USAGE else (lambda: _("Seats billable"))
    seats: Column[SeatEffect] = number_column("seats", left, lambda row: row.seats_after)
    if mode is Mode.USAGE:
        return product, freed, seats
    available: Column[SeatEffect] = number_column(
        "available", lambda: _("Available then"), lambda row: row.available_after
    )
    return product, freed, seats, available
