"""The columns of the reports."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from cpdesk.base.advice_words import percent
from cpdesk.base.formats import (
    format_date,
    format_instant,
    format_list,
    format_money,
    format_month,
    format_number,
    format_short_date,
)
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.low_seats import LowRow
from cpdesk.domain.report_rows import BlockedRow, CostRow, CurrencyTotal, IdleRow, OverlapRow, TrendRow
from cpdesk.ui.parts.money_column import money_column
from cpdesk.ui.widgets.chips import ChipLook, Tone, mode_look, mode_name, pending_look
from cpdesk.ui.widgets.columns import Align, Column, number_column


def idle_columns(*, with_account: bool) -> tuple[Column[IdleRow], ...]:
    """Seats that nobody holds."""
    return (
        *_account_columns(with_account=with_account)[:1],
        Column("product", lambda: _("Product"), lambda row: row.product, stretch=2, min_width=160),
        Column("idle", lambda: _("Idle"), lambda row: row.idle, text=_idle_of, align=Align.END, min_width=88),
        Column(
            "since",
            lambda: _("Idle for"),
            lambda row: row.idle_days,
            text=_idle_for,
            tooltip=lambda row: _instant(row.since, row.time_zone),
            min_width=88,
        ),
        Column(
            "last_holder",
            lambda: _("Last holder"),
            lambda row: row.last_holder or None,
            text=lambda row: row.last_holder or _("nobody so far"),
            soft=True,
            stretch=4,
            min_width=96,
            yields=True,
        ),
        Column(
            "released",
            lambda: _("Released on"),
            lambda row: row.released_on,
            text=_released_on,
            chip=lambda row: pending_look(_released_on(row)) if row.released_on else None,
            tooltip=_released,
            min_width=112,
        ),
        money_column(
            "cost",
            lambda: _("Cost a month"),
            lambda row: row.cost,
            lambda row: row.currency,
            none=_no_price,
            tooltip=_unit_price,
            strong=True,
            min_width=104,
        ),
    )


def low_columns(*, with_account: bool) -> tuple[Column[LowRow], ...]:
    """Pools that run short."""
    return (
        *_account_columns(with_account=with_account),
        Column("product", lambda: _("Product"), lambda row: row.product, stretch=3, min_width=160),
        number_column("available", lambda: _("Available"), lambda row: row.available, min_width=96),
        number_column("threshold", lambda: _("Warns at"), lambda row: row.threshold, min_width=96),
        number_column("assigned", lambda: _("Assigned"), lambda row: row.assigned, min_width=96),
        number_column("seats", lambda: _("Seats"), lambda row: row.seats),
    )


def blocked_columns(*, with_account: bool) -> tuple[Column[BlockedRow], ...]:
    """Users who cannot sign in and hold licenses."""
    return (
        *_account_columns(with_account=with_account)[:1],
        *_user_columns(),
        Column(
            "products",
            lambda: _("Licenses"),
            lambda row: format_list(row.products),
            tooltip=lambda row: "\n".join(row.products),
            stretch=3,
            min_width=144,
        ),
        _mode_column(),
        _sum_column(lambda row: _missing(row.unpriced)),
    )


def overlap_columns(*, with_account: bool) -> tuple[Column[OverlapRow], ...]:
    """Users with a product that another of theirs contains."""
    return (
        *_account_columns(with_account=with_account)[:1],
        *_user_columns(),
        Column("product", lambda: _("Could go"), lambda row: row.product, stretch=2, min_width=112),
        Column("within", lambda: _("Is contained in"), lambda row: row.within, soft=True, stretch=3, min_width=104),
        _mode_column(),
        money_column(
            "cost",
            lambda: _("Cost a month"),
            lambda row: row.cost,
            lambda row: row.currency,
            none=_no_price,
            strong=True,
            min_width=104,
        ),
    )


def cost_columns() -> tuple[Column[CostRow], ...]:
    """Accounts by what they cost."""
    return (
        *_account_columns(with_account=True),
        _mode_column(),
        number_column("seats", lambda: _("Seats"), lambda row: row.seats),
        number_column("assigned", lambda: _("Assigned"), lambda row: row.assigned, min_width=80),
        _idle_sum_column(min_width=96),
        _sum_column(_cost_note),
    )


def total_columns() -> tuple[Column[CurrencyTotal], ...]:
    """Sub-totals of costs."""
    return (
        Column("currency", lambda: _("Sub-total"), lambda row: row.currency, strong=True, stretch=1, min_width=88),
        number_column("accounts", lambda: _("Accounts"), lambda row: row.accounts, min_width=88),
        number_column("seats", lambda: _("Seats"), lambda row: row.seats),
        _idle_sum_column(min_width=112),
        _sum_column(lambda row: _missing(row.unpriced)),
    )


def trend_columns(*, with_accounts: bool) -> tuple[Column[TrendRow], ...]:
    """Seats at the end of months."""
    month: Column[TrendRow] = Column(
        "month",
        lambda: _("Month"),
        lambda row: row.month,
        text=lambda row: format_month(row.month),
        badge=_so_far,
        strong=True,
        stretch=1,
        min_width=160,
    )
    counts: tuple[Column[TrendRow], ...] = (
        number_column("seats", lambda: _("Seats"), lambda row: row.seats),
        number_column("assigned", lambda: _("Assigned"), lambda row: row.assigned, min_width=80),
        number_column("available", lambda: _("Available"), lambda row: row.available, min_width=80),
    )
    accounts: Column[TrendRow] = number_column(
        "accounts", lambda: _("Accounts with seats"), lambda row: row.accounts, min_width=144
    )
    return (month, *counts, accounts) if with_accounts else (month, *counts)


def _account_columns(*, with_account: bool) -> tuple[Column[Any], ...]:
    if not with_account:
        return ()
    return (
        Column(
            "account",
            lambda: _("Account"),
            lambda row: row.account,
            tooltip=lambda row: row.domain,
            strong=True,
            stretch=1,
            min_width=120,
        ),
        Column("domain", lambda: _("Domain"), lambda row: row.domain, soft=True, stretch=6, min_width=72, yields=True),
    )


def _user_columns() -> tuple[Column[Any], ...]:
    return (
        Column("name", lambda: _("User"), lambda row: row.name, tooltip=lambda row: row.upn, stretch=1, min_width=104),
        Column("upn", lambda: _("User principal name"), lambda row: row.upn, soft=True, stretch=6, yields=True),
    )


def _sum_column(tooltip: Callable[[Any], str]) -> Column[Any]:
    """What something costs a month, of which a part may have no price: that is never taken for nothing."""
    return Column(
        "cost",
        lambda: _("Cost a month"),
        lambda row: _known(row.cost, row.unpriced),
        text=lambda row: _sum_text(row.cost, row.currency, row.unpriced),
        align=Align.END,
        tooltip=tooltip,
        # A number from which something is missing would be added up in a workbook as if it were all.
        export=lambda row: _sum_text(row.cost, row.currency, row.unpriced) if row.unpriced else row.cost,
        strong=True,
        min_width=112,
    )


def _idle_sum_column(min_width: int) -> Column[Any]:
    """The part of it for seats that nobody holds, by the same rule."""
    return Column(
        "idle",
        lambda: _("Idle a month"),
        lambda row: _known(row.idle_cost, row.idle_unpriced),
        text=lambda row: _sum_text(row.idle_cost, row.currency, row.idle_unpriced),
        align=Align.END,
        tooltip=lambda row: _missing(row.idle_unpriced),
        export=lambda row: (
            _sum_text(row.idle_cost, row.currency, row.idle_unpriced) if row.idle_unpriced else row.idle_cost
        ),
        min_width=min_width,
    )


def _known(amount: Decimal, unpriced: int) -> Decimal | None:
    return None if unpriced and not amount else amount


def _sum_text(amount: Decimal, currency: str, unpriced: int) -> str:
    if not unpriced:
        return format_money(amount, currency)
    if not amount:
        return _("no price")
    return _("at least {amount}").format(amount=format_money(amount, currency))


def _mode_column() -> Column[Any]:
    return Column(
        "mode",
        lambda: _("Billing mode"),
        lambda row: row.mode,
        text=lambda row: mode_name(row.mode),
        chip=lambda row: mode_look(row.mode),
        min_width=120,
    )


def _released_on(row: IdleRow) -> str:
    return format_short_date(row.released_on) if row.released_on else ""


def _released(row: IdleRow) -> str:
    if row.released_on is None:
        return ""
    return _("The pending change to Usage Mode releases them on {date}.").format(date=format_date(row.released_on))


def _idle_of(row: IdleRow) -> str:
    return _("{number} of {total}").format(number=format_number(row.idle), total=format_number(row.seats))


def _idle_for(row: IdleRow) -> str:
    if row.since is None:
        return ""
    if row.idle_days == 0:
        return _("since today")
    return ngettext("{number} day", "{number} days", row.idle_days).format(number=format_number(row.idle_days))


def _unit_price(row: IdleRow) -> str:
    if row.unit_price is None:
        return ""
    return _("{price} for a seat and month").format(price=format_money(row.unit_price, row.currency))


def _no_price(_row: Any) -> str:
    return _("no price")


def _instant(instant: datetime | None, zone: str) -> str:
    return format_instant(instant, zone) if instant is not None else ""


def _missing(unpriced: int) -> str:
    """What an amount leaves out."""
    if not unpriced:
        return ""
    text = ngettext(
        "{number} product without a price is missing.", "{number} products without a price are missing.", unpriced
    )
    return text.format(number=format_number(unpriced))


def _cost_note(row: CostRow) -> str:
    share = _("{percent} of all costs in {currency}").format(percent=percent(row.share), currency=row.currency)
    return "\n".join(part for part in (share, _missing(row.unpriced)) if part)


def _so_far(row: TrendRow) -> ChipLook | None:
    return None if row.complete else ChipLook(_("so far"), Tone.SOFT)
