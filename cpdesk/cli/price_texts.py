"""Prices as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.price_words import change_name, proration_name, skip_reason
from cpdesk.cli.tables import indented, number, table
from cpdesk.domain.price_reports import PriceChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from cpdesk.domain.price_reports import PriceImportReport, PriceLine
    from cpdesk.domain.schedules import AccountSchedules, PriceRow, ScheduleRow


def prices(rows: Sequence[PriceRow]) -> Iterator[str]:
    """Prices with their costs, where those are known to the reader, or what to do where there are none."""
    if not rows:
        yield _("There are no prices. Import some: cpdesk prices import FILE --schedule NAME")
        return
    titles = [_("Product"), _("From"), _("Usage price"), _("Purchase price")]
    with_costs = any(row.usage_cost is not None or row.purchase_cost is not None for row in rows)
    if with_costs:
        titles += [_("Cost in Usage Mode"), _("Cost in Purchase Mode")]
    yield from table(titles, [_price_cells(row, with_costs=with_costs) for row in rows])


def _price_cells(row: PriceRow, *, with_costs: bool) -> list[str]:
    amounts = [row.usage_price, row.purchase_price]
    if with_costs:
        amounts += [row.usage_cost, row.purchase_cost]
    return [row.product, formats.format_date(row.effective_on), *(_money(amount, row.currency) for amount in amounts)]


def _money(amount: Decimal | None, currency: str) -> str:
    return _("no price") if amount is None else formats.format_money(amount, currency)


def schedules(rows: Sequence[ScheduleRow]) -> Iterator[str]:
    titles = (_("Price schedule"), _("Currency"), _("Default"), _("Accounts"), _("Products"), _("Proration"))
    yield from table(titles, [_schedule_cells(row) for row in rows])


def _schedule_cells(row: ScheduleRow) -> list[str | int]:
    default = _("yes") if row.is_default else ""
    return [row.name, row.currency, default, row.accounts, row.products, proration_name(row.proration)]


def account_schedules(account: str, found: AccountSchedules) -> Iterator[str]:
    """By what an account pays, now and later."""
    if found.now is not None:
        yield _("{account} pays by the price schedule {schedule}.").format(account=account, schedule=found.now.name)
    for day, name in found.next:
        yield _("From {date}: {schedule}.").format(date=formats.format_date(day), schedule=name)


def imported(report: PriceImportReport, *, dry_run: bool) -> Iterator[str]:
    """What the import did, or would do: first in numbers, then each price that is not as it was."""
    yield (_("{file} would change in {schedule}:") if dry_run else _("{file} is imported into {schedule}:")).format(
        file=report.file, schedule=report.schedule
    )
    yield from indented(_numbers(report))
    changed = [line for line in report.lines if line.change is not PriceChange.UNCHANGED]
    if changed:
        yield ""
        titles = (_("Product"), _("Change"), _("Usage price"), _("Purchase price"), _("Remarks"))
        yield from table(titles, [_line_cells(line, report.currency) for line in changed])
    if report.skipped:
        yield ""
        yield _("Rows that give no price:")
        yield from indented(f"{number(count)}  {skip_reason(reason)}" for reason, count in report.reasons.most_common())


def _numbers(report: PriceImportReport) -> Iterator[str]:
    yield _("prices in {currency} for the market {market}, from {date}").format(
        currency=report.currency, market=report.market, date=formats.format_date(report.effective_on)
    )
    yield _("margin: {percent} %").format(percent=formats.format_number(report.margin))
    for change in PriceChange:
        count = report.count(change)
        text = ngettext("{change}: {number} product", "{change}: {number} products", count)
        yield text.format(change=change_name(change), number=number(count))


def _line_cells(line: PriceLine, currency: str) -> list[str]:
    return [
        line.product,
        change_name(line.change),
        _change(line.usage_before, line.usage, currency),
        _change(line.purchase_before, line.purchase, currency),
        _remarks(line),
    ]


def _change(before: Decimal | None, after: Decimal | None, currency: str) -> str:
    now = _money(after, currency)
    if before is None or before == after:
        return now
    return _("{before} → {after}").format(before=_money(before, currency), after=now)


def _remarks(line: PriceLine) -> str:
    remarks = [
        (line.usage_kept, _("no monthly term in the list: the Usage price stays")),
        (line.purchase_kept, _("no annual term billed monthly in the list: the Purchase price stays")),
    ]
    return "; ".join(text for holds, text in remarks if holds)
