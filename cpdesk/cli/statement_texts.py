"""Statements as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.apart import noted
from cpdesk.base.clock_words import statement_note
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import mode_name
from cpdesk.cli.tables import number, pairs, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from cpdesk.cli.tables import Cell
    from cpdesk.domain.billing import Statement, StatementRow
    from cpdesk.domain.issuing import IssuedStatement


def statement(shown: Statement, issued: IssuedStatement | None = None) -> Iterator[str]:
    """A statement as things stand: whose, its lines, and what they come to; and what was issued."""
    yield from pairs(
        (
            (_("Account"), noted(shown.account, shown.domain)),
            (_("Month"), _("{month}, by the calendar of {zone}").format(month=_month(shown), zone=shown.time_zone)),
            (_("Total"), formats.format_money(shown.total, shown.currency)),
        )
    )
    yield from _remarks(shown)
    if issued:
        yield _issued(issued)
    yield ""
    if not shown.lines:
        yield _("No seat was billable on any day.")
        return
    titles = (_("Product"), _("Mode"), _("From"), _("Through"), _("Seats"), _("Days"), _("Unit price"), _("Amount"))
    yield from table(titles, [_cells(row, shown.currency) for row in shown.lines])


def written(file: str, issued: IssuedStatement | None = None) -> str:
    if issued:
        return _("The statement was written to {file} as it was issued: {number}.").format(
            file=file, number=issued.number
        )
    return _("The statement was written to {file}.").format(file=file)


def _issued(issued: IssuedStatement) -> str:
    document = issued.document
    text = _("Issued as {number} on {date}: {amount}, tax included. The lines here are as things stand, without tax.")
    if issued.corrections:
        text = _(
            "Issued as {number} on {date}: {amount}, {balance} after corrections, tax included."
            " The lines here are as things stand, without tax."
        )
    return text.format(
        number=issued.number,
        date=formats.format_date(document.issued_on or document.month),
        amount=formats.format_money(issued.total, document.currency),
        balance=formats.format_money(issued.balance, document.currency),
    )


def _month(shown: Statement) -> str:
    return formats.format_month(shown.month)


def _remarks(shown: Statement) -> Iterator[str]:
    if shown.provisional:
        yield _("Provisional: the month is not over, and days through {date} are counted.").format(
            date=formats.format_date(shown.through)
        )
    if shown.corrected_on:
        yield statement_note(formats.format_date(shown.corrected_on))
    if shown.unpriced:
        text = ngettext(
            "{number} line has no price and is missing in the total.",
            "{number} lines have no price and are missing in the total.",
            shown.unpriced,
        )
        yield text.format(number=number(shown.unpriced))


def _cells(row: StatementRow, currency: str) -> list[Cell]:
    days = (formats.format_date(row.first), formats.format_date(row.last))
    amounts = (_money(row.unit_price, currency), _money(row.amount, currency))
    return [row.product, mode_name(row.mode), *days, row.seats, row.days, *amounts]


def _money(amount: Decimal | None, currency: str) -> str:
    return _("no price") if amount is None else formats.format_money(amount, currency)
