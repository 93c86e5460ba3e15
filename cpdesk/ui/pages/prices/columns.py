"""The columns of the lists of schedules and prices."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from cpdesk.base.formats import format_short_date
from cpdesk.base.i18n import _
from cpdesk.domain.schedules import PriceRow, ScheduleRow
from cpdesk.ui.pages.prices.price_lines import ProductLine
from cpdesk.ui.pages.prices.words import both_text, margin_text, price_text, proration_name, waiting_text
from cpdesk.ui.parts.money_column import money_column
from cpdesk.ui.widgets.chips import ChipLook, Tone, pending_look
from cpdesk.ui.widgets.columns import Align, Column, number_column
from cpdesk.ui.widgets.layout import Text

T = TypeVar("T")

COSTS = ("usage_cost", "purchase_cost")
"""Columns of a history that tell something only where costs are known."""
PART_NUMBER = "part_number"

Of = Callable[[T], PriceRow | None]


def schedule_columns() -> tuple[Column[ScheduleRow], ...]:
    """What is told of each schedule."""
    return (
        Column("name", lambda: _("Name"), lambda row: row.name, badge=_default, strong=True, stretch=3, min_width=200),
        Column("currency", lambda: _("Currency"), lambda row: row.currency, soft=True),
        number_column("accounts", lambda: _("Accounts"), lambda row: row.accounts),
        number_column("products", lambda: _("Priced products"), lambda row: row.products),
        Column("proration", lambda: _("Proration"), lambda row: proration_name(row.proration), min_width=96),
        Column("waits", lambda: _("Next change"), waiting_text, chip=_waits, stretch=1, min_width=120),
    )


def line_columns() -> tuple[Column[ProductLine], ...]:
    """What a product costs today, and from when it will cost something else."""
    return (
        Column("product", lambda: _("Product"), _name, strong=True, stretch=3, min_width=200),
        Column(PART_NUMBER, lambda: _("Part number"), lambda line: line.product.part_number, soft=True, stretch=1),
        _amount_column(_now, "usage_price", lambda: _("Usage price"), missing=_no_price),
        _amount_column(_now, "purchase_price", lambda: _("Purchase price"), missing=_no_price),
        Column("since", lambda: _("From"), _since, text=_since_text, min_width=104),
        Column("next", lambda: _("Next price"), _next, text=_next_text, chip=_next_look, tooltip=_next_tip),
    )


def cost_columns() -> tuple[Column[ProductLine], ...]:
    """What the reseller pays for a product, and what is left of its prices."""
    return (
        Column("product", lambda: _("Product"), _name, strong=True, stretch=3, min_width=200),
        *_price_columns(_now),
    )


def history_columns() -> tuple[Column[PriceRow], ...]:
    """One product's prices through time."""
    return (
        Column("since", lambda: _("From"), _day, text=_day_text, badge=_state, strong=True, stretch=1, min_width=200),
        *(column for column in _price_columns(_itself) if not column.key.endswith("_margin")),
    )


def _price_columns(of: Of[T]) -> tuple[Column[T], ...]:
    """The costs and margins stand beside the prices that they belong to."""
    return (
        _amount_column(of, "usage_price", lambda: _("Usage price"), missing=_no_price),
        _amount_column(of, "usage_cost", lambda: _("Usage cost")),
        _margin_column(of, "usage", lambda: _("Usage margin")),
        _amount_column(of, "purchase_price", lambda: _("Purchase price"), missing=_no_price),
        _amount_column(of, "purchase_cost", lambda: _("Purchase cost")),
        _margin_column(of, "purchase", lambda: _("Purchase margin")),
    )


def _amount_column(of: Of[T], key: str, title: Text, missing: Callable[[T], str] | None = None) -> Column[T]:
    def value(row: T) -> Decimal | None:
        amount: Decimal | None = getattr(of(row), key, None)
        return amount

    def currency(row: T) -> str:
        price = of(row)
        return price.currency if price else ""

    return money_column(key, title, value, currency, none=missing)


def _margin_column(of: Of[T], mode: str, title: Text) -> Column[T]:
    def value(row: T) -> Decimal | None:
        margin: Decimal | None = getattr(of(row), f"{mode}_margin", None)
        return margin

    def text(row: T) -> str:
        price = of(row)
        if price is None:
            return ""
        amount, cost = getattr(price, f"{mode}_price"), getattr(price, f"{mode}_cost")
        return margin_text(amount, cost, value(row), price.currency)

    return Column(f"{mode}_margin", title, value, text, Align.END)


def _no_price(_row: object) -> str:
    return _("no price")


def _day(row: PriceRow) -> date:
    return row.effective_on


def _day_text(row: PriceRow) -> str:
    return format_short_date(row.effective_on)


def _itself(row: PriceRow) -> PriceRow:
    return row


def _name(line: ProductLine) -> str:
    return line.product.name


def _now(line: ProductLine) -> PriceRow | None:
    return line.now


def _since(line: ProductLine) -> date | None:
    return line.now.effective_on if line.now else None


def _since_text(line: ProductLine) -> str:
    return format_short_date(line.now.effective_on) if line.now else ""


def _next(line: ProductLine) -> date | None:
    return line.next.effective_on if line.next else None


def _next_text(line: ProductLine) -> str:
    row = line.next
    if row is None:
        return ""
    return _("{date}: {usage} and {purchase}").format(
        date=format_short_date(row.effective_on),
        usage=price_text(row.usage_price, row.currency),
        purchase=price_text(row.purchase_price, row.currency),
    )


def _next_look(line: ProductLine) -> ChipLook | None:
    return pending_look(_next_text(line)) if line.next else None


def _next_tip(line: ProductLine) -> str:
    return both_text(line.next) if line.next else ""


def _default(row: ScheduleRow) -> ChipLook | None:
    return ChipLook(_("default"), Tone.ACCENT) if row.is_default else None


def _waits(row: ScheduleRow) -> ChipLook | None:
    text = waiting_text(row)
    return pending_look(text) if text else None


def _state(row: PriceRow) -> ChipLook | None:
    if row.in_force:
        return ChipLook(_("today"), Tone.ACCENT)
    return pending_look(_("waits")) if row.upcoming else None
