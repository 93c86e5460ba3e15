"""The columns of the lists of products."""

from collections.abc import Callable

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.rows import SubscriptionRow
from cpdesk.ui.pages.services.seat_counts import Offer
from cpdesk.ui.parts.product_table import product_column
from cpdesk.ui.widgets.columns import Align, Column, number_column


def subscription_columns() -> tuple[Column[SubscriptionRow], ...]:
    """What an account holds. The monthly cost comes last, once there are prices."""
    return (
        product_column(min_width=200),
        number_column("seats", lambda: _("Seats"), lambda row: row.seats),
        _user_column("assigned", lambda: _("Assigned"), lambda row: row.assigned),
        _user_column("available", lambda: _("Available"), lambda row: row.available),
    )


def _user_column(
    key: str, title: Callable[[], str], number: Callable[[SubscriptionRow], int]
) -> Column[SubscriptionRow]:
    """A count of what users can hold: nothing for products that belong to the tenant."""

    def value(row: SubscriptionRow) -> int | None:
        return None if row.assignable_to == "tenant" else number(row)

    def text(row: SubscriptionRow) -> str:
        count = value(row)
        return "\u2013" if count is None else format_number(count)

    return Column(key, title, value, text, Align.END, export=value)


def offer_columns() -> tuple[Column[Offer], ...]:
    """What seats can be added of."""
    return (
        product_column(stretch=3, min_width=200),
        Column(
            "part_number", lambda: _("Part number"), lambda offer: offer.part_number, soft=True, stretch=1, min_width=96
        ),
        number_column("seats", lambda: _("Seats"), lambda offer: offer.seats),
    )
