"""Amounts of money in lists."""

from collections.abc import Callable
from decimal import Decimal

from cpdesk.base.formats import format_money
from cpdesk.ui.widgets.columns import Align, Column, Row
from cpdesk.ui.widgets.layout import Text


def money_column(
    key: str,
    title: Text,
    value: Callable[[Row], Decimal | None],
    currency: Callable[[Row], str],
    *,
    none: Callable[[Row], str] | None = None,
    tooltip: Callable[[Row], str] | None = None,
    strong: bool = False,
    min_width: int = Column.min_width,
) -> Column[Row]:
    """An amount with its currency, at the end of its column; `none` says what stands where there is none."""

    def text(row: Row) -> str:
        amount = value(row)
        if amount is None:
            return none(row) if none is not None else ""
        return format_money(amount, currency(row))

    return Column(key, title, value, text, Align.END, tooltip=tooltip, strong=strong, min_width=min_width)
