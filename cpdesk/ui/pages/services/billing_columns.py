"""The columns of the list of months."""

from collections.abc import Callable

from cpdesk.base.i18n import _
from cpdesk.base.money_words import is_unpriced, no_price_text
from cpdesk.domain.billing import MonthRow
from cpdesk.ui.pages.services.billing_view import month_text, unpriced_lines_text
from cpdesk.ui.parts.money_column import money_column
from cpdesk.ui.widgets.chips import ChipLook, Mark, Tone
from cpdesk.ui.widgets.columns import Align, Column


def month_columns(currency: Callable[[], str]) -> tuple[Column[MonthRow], ...]:
    """What each month comes to, and under which number and with which amount it went to the customer."""
    return (
        Column(
            "month",
            lambda: _("Month"),
            lambda row: row.month,
            month_text,
            badge=lambda row: _provisional() if row.provisional else None,
            strong=True,
            stretch=2,
            min_width=180,
        ),
        money_column(
            "total",
            lambda: _("As things stand"),
            lambda row: None if is_unpriced(row.total, row.unpriced) else row.total,
            lambda _row: currency(),
            none=lambda _row: no_price_text(),
            min_width=110,
        ),
        Column(
            "unpriced",
            lambda: _("Without a price"),
            lambda row: row.unpriced,
            lambda row: unpriced_lines_text(row.unpriced),
            Align.END,
            min_width=110,
        ),
        Column(
            "number",
            lambda: _("Issued as"),
            lambda row: row.number,
            lambda row: row.number or ("" if row.provisional else _("not issued")),
            soft=True,
            stretch=1,
            min_width=130,
        ),
        money_column(
            "issued_amount",
            lambda: _("Issued amount"),
            lambda row: row.issued_amount,
            lambda _row: currency(),
            min_width=110,
        ),
    )


def _provisional() -> ChipLook:
    return ChipLook(_("Provisional"), Tone.PENDING, Mark.CLOCK)
