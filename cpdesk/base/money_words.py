"""Amounts in words, where a price may be missing. What has no price is counted, never taken for nothing."""

from typing import TYPE_CHECKING

from cpdesk.base.formats import format_money, format_number
from cpdesk.base.i18n import _, ngettext

if TYPE_CHECKING:
    from decimal import Decimal

_NO_BREAK = "\u00a0"


def no_price_text() -> str:
    """What stands in the place of an amount that is not known."""
    return _("no price")


def amount_text(amount: "Decimal | None", currency: str) -> str:
    """ "$22.00", or that there is no price."""
    return no_price_text() if amount is None else format_money(amount, currency)


def is_unpriced(amount: "Decimal", unpriced: int) -> bool:
    """Whether nothing of a sum has a price: `amount` without the `unpriced` parts of it."""
    return bool(unpriced) and not amount


def sum_text(amount: "Decimal", currency: str, unpriced: int = 0) -> str:
    """ "$120.00", "$120.00 + 1 unpriced", or where nothing has a price that there is none."""
    if is_unpriced(amount, unpriced):
        return no_price_text()
    if not unpriced:
        return format_money(amount, currency)
    missing = ngettext("{number} unpriced", "{number} unpriced", unpriced).format(number=format_number(unpriced))
    # A line may end before the plus, nowhere else.
    return " ".join((format_money(amount, currency), f"+ {missing}".replace(" ", _NO_BREAK)))
