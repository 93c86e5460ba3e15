"""The columns of the list of months."""

from collections.abc import Callable

from cpdesk.base.i18n import _
from cpdesk.domain.billing import MonthRow
from cpdesk.ui.pages.services.billing_view import month_text, unpriced_lines_text
from cpdesk.ui.parts.money_column import money_column
from cpdesk.ui.widgets.chips import ChipLook, Mark, Tone
from cpdesk.ui.widgets.columns import Align, Column


def month_columns(currency: Callable[[], str]) -> tuple[Column[MonthRow], ...]:
    """What each month came to, and under which number it went to the customer."""
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
        money_column("total", lambda: _("Total"), lambda row: row.total, lambda _row: currency(), min_width=110),
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
    )


def _provisional() -> ChipLook:
    return ChipLook(_("Provisional"), Tone.PENDING, Mark.CLOCK)
