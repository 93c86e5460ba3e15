"""The columns of the lists of products."""

from collections.abc import Callable

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.rows import SubscriptionRow
from cpdesk.ui.pages.services.seat_counts import Offer
from cpdesk.ui.parts.product_table import no_user_badge
from cpdesk.ui.widgets.columns import Align, Column, Row


def subscription_columns() -> tuple[Column[SubscriptionRow], ...]:
    """What an account holds. The monthly cost comes last, once there are prices."""
    return (
        Column(
            "product",
            lambda: _("Product"),
            lambda row: row.name,
            badge=lambda row: no_user_badge(row.assignable_to),
            stretch=1,
            min_width=200,
        ),
        _count("seats", lambda: _("Seats"), lambda row: row.seats),
        _count("assigned", lambda: _("Assigned"), lambda row: row.assigned),
        _count("available", lambda: _("Available"), lambda row: row.available),
    )


def offer_columns() -> tuple[Column[Offer], ...]:
    """What seats can be added of."""
    return (
        Column(
            "product",
            lambda: _("Product"),
            lambda offer: offer.name,
            badge=lambda offer: no_user_badge(offer.assignable_to),
            stretch=3,
            min_width=200,
        ),
        Column(
            "part_number", lambda: _("Part number"), lambda offer: offer.part_number, soft=True, stretch=1, min_width=96
        ),
        _count("seats", lambda: _("Seats"), lambda offer: offer.seats),
    )


def _count(key: str, title: Callable[[], str], number: Callable[[Row], int]) -> Column[Row]:
    return Column(key, title, number, lambda row: format_number(number(row)), Align.END)
