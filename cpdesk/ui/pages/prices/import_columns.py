"""The columns of the preview of an import of prices."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from cpdesk.base.formats import format_money
from cpdesk.base.i18n import _
from cpdesk.base.price_words import skip_reason
from cpdesk.domain.price_reports import PriceChange, PriceLine, SkippedRow
from cpdesk.ui.pages.prices.words import price_text
from cpdesk.ui.widgets.chips import ChipLook, Tone
from cpdesk.ui.widgets.columns import Align, Column

_TONES = {PriceChange.NEW: Tone.USAGE, PriceChange.CHANGED: Tone.ACCENT}


def change_texts() -> dict[PriceChange, str]:
    """What becomes of a price, in a word."""
    return {
        PriceChange.NEW: _("New"),
        PriceChange.CHANGED: _("Changed"),
        PriceChange.UNCHANGED: _("Unchanged"),
    }


def line_columns(currency: Callable[[], str]) -> tuple[Column[PriceLine], ...]:
    """A product with its prices before and after; `currency` is that of what is shown now."""
    return (
        Column("product", lambda: _("Product"), lambda line: line.product, strong=True, stretch=3, min_width=200),
        Column("change", lambda: _("Becomes"), _change, chip=_change_look, min_width=104),
        _amount("usage_before", lambda: _("Usage before"), lambda line: line.usage_before, currency),
        _amount(
            "usage", lambda: _("Usage price"), lambda line: line.usage, currency, kept=lambda line: line.usage_kept
        ),
        _amount("purchase_before", lambda: _("Purchase before"), lambda line: line.purchase_before, currency),
        _amount(
            "purchase",
            lambda: _("Purchase price"),
            lambda line: line.purchase,
            currency,
            kept=lambda line: line.purchase_kept,
        ),
        Column("row", lambda: _("Rows of the file"), _rows, align=Align.END, soft=True),
    )


def skipped_columns() -> tuple[Column[SkippedRow], ...]:
    """Rows of the file that give no price, and why."""
    return (
        Column("row", lambda: _("Row"), lambda row: row.row, text=lambda row: str(row.row), align=Align.END),
        Column("title", lambda: _("Product in the file"), lambda row: row.title, strong=True, stretch=2, min_width=200),
        Column("why", lambda: _("Why it is skipped"), _why, stretch=3, min_width=200),
    )


def _amount(
    key: str,
    title: Callable[[], str],
    value: Callable[[PriceLine], Decimal | None],
    currency: Callable[[], str],
    *,
    kept: Callable[[PriceLine], bool] | None = None,
) -> Column[PriceLine]:
    def text(line: PriceLine) -> str:
        amount = value(line)
        if kept is None:
            return "" if amount is None else format_money(amount, currency())
        return price_text(amount, currency())

    return Column(key, title, value, text, Align.END, tooltip=partial(_kept_tip, kept) if kept else None)


def _kept_tip(kept: Callable[[PriceLine], bool], line: PriceLine) -> str:
    return _("The file has no such term of this product: the price of the schedule stays.") if kept(line) else ""


def _change(line: PriceLine) -> str:
    return change_texts()[line.change]


def _change_look(line: PriceLine) -> ChipLook | None:
    tone = _TONES.get(line.change)
    return ChipLook(_change(line), tone) if tone else None


def _rows(line: PriceLine) -> str:
    return ", ".join(str(row) for row in (line.usage_row, line.purchase_row) if row is not None)


def _why(row: SkippedRow) -> str:
    return skip_reason(row.reason)
