"""The columns of a subscription's history, and of its idle seats."""

from collections.abc import Callable

from cpdesk.base.formats import format_instant
from cpdesk.base.i18n import _
from cpdesk.base.money_words import no_price_text
from cpdesk.domain import switching
from cpdesk.domain.seat_tracing import TracedSeats
from cpdesk.domain.subscriptions import LedgerRow
from cpdesk.ui.pages.services import ledger_words as words
from cpdesk.ui.parts.money_column import money_column
from cpdesk.ui.texts import operator_text
from cpdesk.ui.widgets.chips import ChipLook, pending_look
from cpdesk.ui.widgets.columns import Align, Column, number_column

Zone = Callable[[], str]
"""The IANA name of the account's zone; read later than the columns are made."""


def history_columns(zone: Zone, *, of_tenant: Callable[[], bool]) -> tuple[Column[LedgerRow], ...]:
    """When, what, by whom, why, and the counts after it; `of_tenant` products are never assigned."""

    def assigned(row: LedgerRow) -> str:
        return "\u2013" if of_tenant() else words.count_text(row.assigned_after, row.assigned)

    return (
        Column(
            "effective",
            lambda: _("Effective"),
            lambda row: row.effective_at,
            text=lambda row: words.moment(row.effective_at, zone()),
            badge=_late,
            copy=lambda row: format_instant(row.effective_at, zone()),
            tooltip=lambda row: format_instant(row.effective_at, zone()),
            min_width=136,
        ),
        Column(
            "what",
            lambda: _("What happened"),
            lambda row: words.what_text(row, zone()),
            copy=lambda row: words.what_text(row, zone(), in_full=True),
            tooltip=lambda row: row.upn,
            strong=True,
            stretch=5,
            min_width=176,
        ),
        Column(
            "seats",
            lambda: _("Seats"),
            lambda row: row.seats_after,
            text=lambda row: words.count_text(row.seats_after, row.seats),
            align=Align.END,
            min_width=88,
        ),
        Column("assigned", lambda: _("Assigned"), lambda row: row.assigned_after, assigned, Align.END, min_width=96),
        Column(
            "operator",
            lambda: _("Operator"),
            lambda row: operator_text(row.operator),
            soft=True,
            stretch=3,
            min_width=120,
            yields=True,
        ),
        Column("reason", lambda: _("Reason"), lambda row: row.reason, soft=True, stretch=3, min_width=96, yields=True),
    )


def trace_columns(zone: Zone, currency: Callable[[], str]) -> tuple[Column[TracedSeats], ...]:
    """Since when, how many, who held them last, and what the time has cost."""
    return (
        Column(
            "since",
            lambda: _("Idle since"),
            lambda row: row.since,
            text=lambda row: words.moment(row.since, zone()),
            copy=lambda row: format_instant(row.since, zone()),
            tooltip=lambda row: format_instant(row.since, zone()),
            min_width=144,
        ),
        Column(
            "days",
            lambda: _("Idle for"),
            lambda row: row.idle_days,
            text=lambda row: words.days_text(row.idle_days),
            align=Align.END,
            min_width=96,
        ),
        number_column("seats", lambda: _("Seats"), lambda row: row.seats),
        Column("holder", lambda: _("Last holder"), words.holder_text, stretch=1, min_width=160),
        money_column(
            "cost",
            lambda: _("Cost so far"),
            lambda row: row.cost,
            lambda _row: currency(),
            none=lambda _row: no_price_text(),
            strong=True,
            min_width=112,
        ),
    )


def _late(row: LedgerRow) -> ChipLook | None:
    """Marks what was recorded long after it took effect."""
    return pending_look(_("late")) if switching.is_late(row.effective_at, row.recorded_at) else None
