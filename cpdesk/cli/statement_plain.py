"""Statements as JSON values. These shapes are a promise to scripts: keys may be added, none may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.cli.plain import instant

if TYPE_CHECKING:
    from decimal import Decimal

    from cpdesk.domain.billing import Statement, StatementRow
    from cpdesk.domain.issuing import IssuedStatement, StatementSheet

Document = dict[str, object]


def sheet(shown: StatementSheet) -> Document:
    """The statement as things stand, and what was issued."""
    return statement(shown.statement) | {"issued": shown.issued and _issued(shown.issued)}


def statement(shown: Statement) -> Document:
    return {
        "account": shown.account,
        "month": f"{shown.month:%Y-%m}",
        "currency": shown.currency,
        "provisional": shown.provisional,
        "total": _money(shown.total),
        "unpriced": shown.unpriced,
        "corrected_on": shown.corrected_on and shown.corrected_on.isoformat(),
        "lines": [_line(row) for row in shown.lines],
        "account_id": shown.account_id,
        "domain": shown.domain,
        "through": shown.through.isoformat(),
        "time_zone": shown.time_zone,
        "proration": str(shown.proration),
    }


def _issued(issued: IssuedStatement) -> Document:
    return {
        "number": issued.number,
        "issued_at": instant(issued.issued_at),
        "total": _money(issued.total),
        "balance": _money(issued.balance),
    }


def _line(row: StatementRow) -> Document:
    return {
        "product": row.part_number,
        "mode": str(row.mode),
        "from": row.first.isoformat(),
        "to": row.last.isoformat(),
        "seats": row.seats,
        "days": row.days,
        "unit_price": _money(row.unit_price),
        "amount": _money(row.amount),
        "guid": row.guid,
        "name": row.product,
        "days_in_month": row.days_in_month,
        "priced_at": row.priced_at and instant(row.priced_at),
    }


def _money(amount: Decimal | None) -> str | None:
    """Never with an exponent."""
    return None if amount is None else f"{amount:f}"
