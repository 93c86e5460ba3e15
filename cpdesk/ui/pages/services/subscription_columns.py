"""The columns of the lists of products."""

from collections.abc import Callable
from dataclasses import replace

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.base.money_words import amount_text, no_price_text
from cpdesk.domain.rows import SubscriptionRow
from cpdesk.ui.pages.services.facts import PricedSeats
from cpdesk.ui.parts.money_column import money_column
from cpdesk.ui.parts.product_table import product_column
from cpdesk.ui.texts import seats_text
from cpdesk.ui.widgets.chips import ChipLook, pending_look
from cpdesk.ui.widgets.columns import Align, Column, number_column


def subscription_columns() -> tuple[Column[PricedSeats], ...]:
    """What an account holds, and what that costs; a pool that runs short is marked."""
    named: Column[PricedSeats] = product_column(min_width=200)
    return (
        replace(named, badge=lambda held: _low(held) or (named.badge(held) if named.badge else None)),
        number_column("seats", lambda: _("Seats"), lambda held: held.row.seats),
        _user_column("assigned", lambda: _("Assigned"), lambda row: row.assigned),
        _user_column("available", lambda: _("Available"), lambda row: row.available),
        money_column(
            "monthly",
            lambda: _("Monthly cost"),
            lambda held: held.monthly,
            lambda held: held.currency,
            none=_no_price,
            tooltip=price_each_text,
        ),
    )


def _no_price(_row: object) -> str:
    return no_price_text()


def price_each_text(held: PricedSeats) -> str:
    """How the cost comes about: "60 seats, $22.00 each"."""
    if held.unit_price is None:
        return ""
    price = amount_text(held.unit_price, held.currency)
    return _("{seats}, {price} each").format(seats=seats_text(held.row.seats), price=price)


def _low(held: PricedSeats) -> ChipLook | None:
    """Marks a pool that runs short."""
    return pending_look(_("few seats left")) if held.row.low else None


def _user_column(key: str, title: Callable[[], str], number: Callable[[SubscriptionRow], int]) -> Column[PricedSeats]:
    """A count of what users can hold: nothing for products that belong to the tenant."""

    def value(held: PricedSeats) -> int | None:
        return None if held.assignable_to == "tenant" else number(held.row)

    def text(held: PricedSeats) -> str:
        count = value(held)
        return "\u2013" if count is None else format_number(count)

    return Column(key, title, value, text, Align.END, export=value)
