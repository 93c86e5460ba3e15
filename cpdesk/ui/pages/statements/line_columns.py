"""The columns of a statement's lines and corrections."""

from collections.abc import Callable
from datetime import date

from cpdesk.base import zones
from cpdesk.base.formats import format_date, format_day_of_month, format_short_date
from cpdesk.base.i18n import _
from cpdesk.base.money_words import no_price_text
from cpdesk.domain.issuing import Correction, CorrectionKind
from cpdesk.domain.switching import local_date
from cpdesk.ui.pages.statements.facts import LineRow
from cpdesk.ui.parts.money_column import money_column
from cpdesk.ui.widgets.chips import ChipLook, Tone, mode_look, mode_name
from cpdesk.ui.widgets.columns import Align, Column, number_column


def line_columns(currency: Callable[[], str]) -> tuple[Column[LineRow], ...]:
    """The lines as they are printed; in a table, numbers are numbers."""
    return (
        Column(
            "product",
            lambda: _("Product"),
            lambda row: row.line.product,
            badge=_late_badge,
            tooltip=_late_text,
            stretch=3,
            min_width=150,
        ),
        Column(
            "mode",
            lambda: _("Billing mode"),
            lambda row: row.line.mode.value,
            lambda row: mode_name(row.line.mode),
            chip=lambda row: mode_look(row.line.mode),
            min_width=136,
        ),
        _day_column("from", lambda: _("From"), lambda row: row.line.first),
        _day_column("to", lambda: _("Through"), lambda row: row.line.last),
        number_column("seats", lambda: _("Seats"), lambda row: row.line.seats),
        Column(
            "days",
            lambda: _("Days"),
            lambda row: row.line.days,
            lambda row: _together(_("{days} of {all}").format(days=row.line.days, all=row.line.days_in_month)),
            Align.END,
            min_width=88,
        ),
        money_column(
            "unit_price",
            lambda: _("Unit price"),
            lambda row: row.line.unit_price,
            lambda _row: currency(),
            none=lambda _row: no_price_text(),
            min_width=84,
        ),
        money_column(
            "amount",
            lambda: _("Amount"),
            lambda row: row.line.amount,
            lambda _row: currency(),
            none=lambda _row: "\u2013",
            strong=True,
            min_width=92,
        ),
    )


def correction_columns(currency: str, time_zone: str) -> tuple[Column[Correction], ...]:
    """What was put under an issued statement."""
    return (
        Column("number", lambda: _("Number"), lambda row: row.number, strong=True, min_width=140),
        Column("kind", lambda: _("Kind"), lambda row: kind_name(row.kind), min_width=100),
        Column(
            "date",
            lambda: _("Date"),
            lambda row: row.issued_at,
            lambda row: format_short_date(local_date(row.issued_at, zones.zone(time_zone))),
            min_width=110,
        ),
        Column("text", lambda: _("For"), lambda row: row.text, stretch=2, min_width=160),
        Column("reason", lambda: _("Reason"), lambda row: row.reason, soft=True, stretch=1, min_width=120),
        money_column(
            "amount", lambda: _("Amount"), lambda row: row.amount, lambda _row: currency, strong=True, min_width=100
        ),
    )


def kind_name(kind: CorrectionKind) -> str:
    """What a correction is called."""
    return {CorrectionKind.CREDIT: _("Credit"), CorrectionKind.ADJUSTMENT: _("Adjustment")}[kind]


def _day_column(key: str, title: Callable[[], str], day: Callable[[LineRow], date]) -> Column[LineRow]:
    """A day of the statement's month: its year is in the title of the page, and in what is copied."""
    return Column(
        key,
        title,
        day,
        lambda row: _together(format_day_of_month(day(row))),
        copy=lambda row: format_short_date(day(row)),
        min_width=72,
    )


def _together(text: str) -> str:
    """A text that no column folds."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _late_badge(row: LineRow) -> ChipLook | None:
    return ChipLook(_("priced later"), Tone.PENDING) if row.line.priced_on else None


def _late_text(row: LineRow) -> str:
    if row.line.priced_on is None:
        return row.line.part_number
    return _("The price was entered on {date}, after these days.").format(date=format_date(row.line.priced_on))
