"""A month-end pack for people, and as JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.money_words import no_price_text
from cpdesk.cli.tables import number, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from cpdesk.domain.month_end import AccountFigures, CurrencyTotal, MonthEndFigures, MonthEndSummary


def lines(summary: MonthEndSummary) -> Iterator[str]:
    """Where the pack is, what it comes to, and what is missing in it."""
    figures = summary.figures
    yield _("Written to {folder}").format(folder=summary.folder)
    yield ngettext("{count} statement for {month}", "{count} statements for {month}", len(figures.accounts)).format(
        count=number(len(figures.accounts)), month=formats.format_month(figures.month)
    )
    yield ""
    titles = (_("Currency"), _("Accounts"), _("Lines"), _("Sub-total"), _("Tax"), _("Total"))
    yield from table(titles, [_cells(total) for total in figures.totals])
    yield from _remarks(figures)


def document(summary: MonthEndSummary) -> dict[str, object]:
    """The same for programs; amounts are text."""
    figures = summary.figures
    return {
        "month": f"{figures.month:%Y-%m}",
        "folder": str(summary.folder),
        "files": [file.name for file in summary.files],
        "accounts": [_account(one) for one in figures.accounts],
        "totals": [_total(one) for one in figures.totals],
        "lines": figures.lines,
        "unpriced": figures.unpriced,
        "skipped": figures.skipped,
    }


def _cells(total: CurrencyTotal) -> tuple[str | int, ...]:
    amounts = (_amount(amount, total) for amount in (total.net, total.tax, total.total))
    return total.currency, total.accounts, total.lines, *amounts


def _amount(amount: Decimal, total: CurrencyTotal) -> str:
    """One of the sums in a currency; what lacks a price is never taken for nothing."""
    if not total.unpriced or (total.net and not amount):
        return formats.format_money(amount, total.currency)
    if not amount:
        return no_price_text()
    return _("at least {amount}").format(amount=formats.format_money(amount, total.currency))


def _remarks(figures: MonthEndFigures) -> Iterator[str]:
    if figures.skipped:
        yield ngettext(
            "{count} account without charges was left out.",
            "{count} accounts without charges were left out.",
            figures.skipped,
        ).format(count=number(figures.skipped))
    if figures.unpriced:
        yield ngettext(
            "{count} line has no price and is not in the totals.",
            "{count} lines have no price and are not in the totals.",
            figures.unpriced,
        ).format(count=number(figures.unpriced))
    if figures.provisional:
        yield ngettext(
            "{count} statement is provisional: its month is not over.",
            "{count} statements are provisional: their month is not over.",
            figures.provisional,
        ).format(count=number(figures.provisional))


def _account(figures: AccountFigures) -> dict[str, object]:
    return {
        "id": figures.account_id,
        "account": figures.account,
        "domain": figures.domain,
        "number": figures.number or None,
        "currency": figures.currency,
        "lines": figures.lines,
        "net": str(figures.net),
        "tax": str(figures.tax),
        "corrections": str(figures.corrections),
        "total": str(figures.total),
        "unpriced": figures.unpriced,
        "provisional": figures.provisional,
    }


def _total(total: CurrencyTotal) -> dict[str, object]:
    return {
        "currency": total.currency,
        "accounts": total.accounts,
        "lines": total.lines,
        "net": str(total.net),
        "tax": str(total.tax),
        "corrections": str(total.corrections),
        "total": str(total.total),
        "unpriced": total.unpriced,
    }
