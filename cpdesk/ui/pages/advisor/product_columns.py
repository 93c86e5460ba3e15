"""The columns of the products in an advice."""

from decimal import Decimal

from cpdesk.base.advice_words import percent
from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.advice import ProductAdvice
from cpdesk.ui.parts.money_column import money_column
from cpdesk.ui.widgets.chips import ChipLook, Tone
from cpdesk.ui.widgets.columns import Align, Column, number_column

_UNBROKEN = "\u00a0"
_HUNDREDTHS = Decimal("0.01")


def product_columns(currency: str) -> tuple[Column[ProductAdvice], ...]:
    """What is told of each product; prices are for a seat and month, in `currency`."""
    return (
        Column(
            "product",
            lambda: _("Product"),
            lambda row: row.product,
            badge=_no_user,
            strong=True,
            stretch=1,
            min_width=176,
        ),
        number_column("pool", lambda: _("Smallest pool"), lambda row: row.pool, min_width=104),
        Column(
            "average",
            lambda: _("In use on average"),
            lambda row: row.average_assigned,
            text=_average,
            align=Align.END,
            min_width=128,
        ),
        money_column(
            "usage_price",
            lambda: _("Usage price"),
            lambda row: row.usage_price,
            lambda _row: currency,
            none=_no_usage_price,
            min_width=96,
        ),
        money_column(
            "purchase_price",
            lambda: _("Purchase price"),
            lambda row: row.purchase_price,
            lambda _row: currency,
            none=_no_price,
            min_width=112,
        ),
        Column(
            "break_even",
            lambda: _("Break-even"),
            lambda row: row.break_even,
            text=_break_even,
            tooltip=_seats_needed,
            align=Align.END,
            min_width=136,
        ),
    )


def _no_user(row: ProductAdvice) -> ChipLook | None:
    return ChipLook(_("belongs to no user"), Tone.PENDING) if row.tenant else None


def _average(row: ProductAdvice) -> str:
    return "" if row.tenant else format_number(row.average_assigned)


def _break_even(row: ProductAdvice) -> str:
    """A percentage with what it means in seats."""
    if row.break_even is None:
        return ""
    seats = format_number((row.break_even * row.pool).quantize(_HUNDREDTHS))
    text = _("{percent} · {seats} of {pool}").format(
        percent=percent(row.break_even), seats=seats, pool=format_number(row.pool)
    )
    return text.replace(" ", _UNBROKEN)


def _seats_needed(row: ProductAdvice) -> str:
    if row.break_even is None:
        return ""
    return _("Purchase Mode is cheaper where more than this is in use on an average day.")


def _no_price(_row: ProductAdvice) -> str:
    return _("no price")


def _no_usage_price(row: ProductAdvice) -> str:
    """What belongs to the tenant needs none: it cannot be held in Usage Mode."""
    return "" if row.tenant else _("no price")
