"""What accounts cost a month, in lists of accounts."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from cpdesk.domain.billing import Cost
from cpdesk.ui.parts.money_texts import cost_text, has_price
from cpdesk.ui.widgets.columns import Align, Column, Row
from cpdesk.ui.widgets.layout import Text

CostOf: TypeAlias = Callable[[Row], Cost | None]
"""What a row costs; None while that is not known."""


def cost_column(key: str, title: Text, cost_of: CostOf[Row]) -> Column[Row]:
    """A cost, sorted by amount within each currency, and written into files as a number."""

    def value(row: Row) -> tuple[str, Decimal, int] | None:
        cost = cost_of(row)
        return (cost.currency, cost.amount, cost.unpriced) if cost else None

    def text(row: Row) -> str:
        cost = cost_of(row)
        return cost_text(cost) if cost else ""

    def amount(row: Row) -> Decimal | None:
        cost = cost_of(row)
        # What has no price at all is not worth nothing.
        return cost.amount if cost and has_price(cost) else None

    return Column(key, title, value, text, Align.END, export=amount, min_width=96)
