"""The columns of the pools behind an advice: what each would have cost a month."""

from decimal import Decimal

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.advice import ProductAdvice
from cpdesk.ui.parts.money_column import money_column
from cpdesk.ui.widgets.columns import Align, Column, number_column


def pool_columns(currency: str) -> tuple[Column[ProductAdvice], ...]:
    """Pool and use of each product, and the pool at either price, for a whole month in `currency`."""
    return (
        Column("product", lambda: _("Product"), lambda row: row.product, strong=True, stretch=1, min_width=160),
        number_column("pool", lambda: _("Smallest pool"), lambda row: row.pool, min_width=104),
        Column(
            "average",
            lambda: _("In use on average"),
            lambda row: row.average_assigned,
            text=lambda row: "" if row.tenant else format_number(row.average_assigned),
            align=Align.END,
            min_width=128,
        ),
        money_column(
            "at_usage",
            lambda: _("Pool at Usage price"),
            lambda row: None if row.tenant else _times(row, row.usage_price),
            lambda _row: currency,
            none=lambda row: "" if row.tenant else _("no price"),
            min_width=136,
        ),
        money_column(
            "at_purchase",
            lambda: _("Pool at Purchase price"),
            lambda row: _times(row, row.purchase_price),
            lambda _row: currency,
            none=lambda _row: _("no price"),
            min_width=152,
        ),
    )


def _times(row: ProductAdvice, price: Decimal | None) -> Decimal | None:
    return None if price is None else row.pool * price
