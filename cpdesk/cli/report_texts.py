"""Reports as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.advice_words import percent
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import mode_name
from cpdesk.cli.tables import number, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from cpdesk.domain.low_seats import LowRow
    from cpdesk.domain.report_rows import BlockedRow, CostReport, IdleRow, OverlapRow, TrendRow


def idle(rows: Sequence[IdleRow]) -> Iterator[str]:
    if not rows:
        yield _("No seat is idle.")
        return
    titles = (_("Account"), _("Product"), _("Idle"), _("Seats"), _("Days idle"), _("Last holder"), _("A month"))
    cells = [
        (row.account, row.product, row.idle, row.seats, row.idle_days, row.last_holder, _money(row.cost, row.currency))
        for row in rows
    ]
    yield from table(titles, cells)


def low(rows: Sequence[LowRow]) -> Iterator[str]:
    if not rows:
        yield _("No pool runs short of seats.")
        return
    titles = (_("Account"), _("Product"), _("Available"), _("Warns at"), _("Assigned"), _("Seats"))
    cells = [(row.account, row.product, row.available, row.threshold, row.assigned, row.seats) for row in rows]
    yield from table(titles, cells)


def blocked(rows: Sequence[BlockedRow]) -> Iterator[str]:
    if not rows:
        yield _("No blocked user holds a license.")
        return
    titles = (_("Account"), _("User principal name"), _("Name"), _("Licenses"), _("A month"))
    cells = [
        (row.account, row.upn, row.name, ", ".join(row.products), _partly(row.cost, row.currency, row.unpriced))
        for row in rows
    ]
    yield from table(titles, cells)


def overlapping(rows: Sequence[OverlapRow]) -> Iterator[str]:
    if not rows:
        yield _("No user has a product that another one contains.")
        return
    titles = (_("Account"), _("User principal name"), _("Product"), _("Contained in"), _("A month"))
    yield from table(
        titles, [(row.account, row.upn, row.product, row.within, _money(row.cost, row.currency)) for row in rows]
    )


def costs(report: CostReport) -> Iterator[str]:
    """Accounts by what they cost, and the sub-totals under them."""
    titles = (_("Account"), _("Mode"), _("Seats"), _("A month"), _("Of it idle"), _("Share"))
    cells = [
        (
            row.account,
            mode_name(row.mode),
            row.seats,
            _partly(row.cost, row.currency, row.unpriced),
            _partly(row.idle_cost, row.currency, row.idle_unpriced),
            percent(row.share),
        )
        for row in report.rows
    ]
    totals = [
        (
            _("Total {currency}").format(currency=total.currency),
            "",
            total.seats,
            _partly(total.cost, total.currency, total.unpriced),
            _partly(total.idle_cost, total.currency, total.idle_unpriced),
            "",
        )
        for total in report.totals
    ]
    yield from table(titles, [*cells, *totals])


def trend(rows: Sequence[TrendRow]) -> Iterator[str]:
    titles = (_("Month"), _("Seats"), _("Assigned"), _("Available"), _("Accounts"), _("Remarks"))
    cells = [
        (
            formats.format_month(row.month),
            row.seats,
            row.assigned,
            row.available,
            row.accounts,
            "" if row.complete else _("so far"),
        )
        for row in rows
    ]
    yield from table(titles, cells)


def _money(amount: Decimal | None, currency: str) -> str:
    return _("no price") if amount is None else formats.format_money(amount, currency)


def _partly(amount: Decimal, currency: str, unpriced: int) -> str:
    """An amount in which something may be missing."""
    if unpriced and not amount:
        return _money(None, currency)
    shown = formats.format_money(amount, currency)
    if not unpriced:
        return shown
    text = ngettext("{amount} and {count} without a price", "{amount} and {count} without a price", unpriced)
    return text.format(amount=shown, count=number(unpriced))
