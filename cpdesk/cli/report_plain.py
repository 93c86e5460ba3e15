"""The rows of reports as JSON values; see `plain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.cli.plain import instant

if TYPE_CHECKING:
    from decimal import Decimal

    from cpdesk.cli.plain import Document
    from cpdesk.domain.low_seats import LowRow
    from cpdesk.domain.report_rows import (
        BlockedRow,
        CostReport,
        CostRow,
        CurrencyTotal,
        IdleRow,
        OverlapRow,
        TrendRow,
    )


def idle(row: IdleRow) -> Document:
    return {
        "account": row.account,
        "domain": row.domain,
        "product": row.part_number,
        "name": row.product,
        "seats": row.seats,
        "assigned": row.assigned,
        "idle": row.idle,
        "since": row.since and instant(row.since),
        "idle_days": row.idle_days,
        "last_holder": row.last_holder or None,
        "unit_price": _text(row.unit_price),
        "cost": _text(row.cost),
        "currency": row.currency,
        "released_on": row.released_on and row.released_on.isoformat(),
    }


def low(row: LowRow) -> Document:
    return {
        "account": row.account,
        "domain": row.domain,
        "product": row.part_number,
        "name": row.product,
        "seats": row.seats,
        "assigned": row.assigned,
        "available": row.available,
        "threshold": row.threshold,
    }


def blocked(row: BlockedRow) -> Document:
    return {
        "account": row.account,
        "domain": row.domain,
        "upn": row.upn,
        "name": row.name,
        "products": list(row.products),
        "cost": str(row.cost),
        "unpriced": row.unpriced,
        "currency": row.currency,
        "mode": str(row.mode),
    }


def overlap(row: OverlapRow) -> Document:
    return {
        "account": row.account,
        "domain": row.domain,
        "upn": row.upn,
        "name": row.name,
        "product": row.part_number,
        "product_name": row.product,
        "within": row.within,
        "cost": _text(row.cost),
        "currency": row.currency,
        "mode": str(row.mode),
    }


def costs(report: CostReport) -> Document:
    return {
        "accounts": [_cost(row) for row in report.rows],
        "totals": [_total(total) for total in report.totals],
    }


def _cost(row: CostRow) -> Document:
    return {
        "account": row.account,
        "domain": row.domain,
        "mode": str(row.mode),
        "seats": row.seats,
        "assigned": row.assigned,
        "cost": str(row.cost),
        "idle_cost": _text(_known(row.idle_cost, row.idle_unpriced)),
        "unpriced": row.unpriced,
        "idle_unpriced": row.idle_unpriced,
        "currency": row.currency,
        "share": str(row.share),
    }


def _total(total: CurrencyTotal) -> Document:
    return {
        "currency": total.currency,
        "accounts": total.accounts,
        "seats": total.seats,
        "cost": str(total.cost),
        "idle_cost": _text(_known(total.idle_cost, total.idle_unpriced)),
        "unpriced": total.unpriced,
        "idle_unpriced": total.idle_unpriced,
    }


def trend(row: TrendRow) -> Document:
    return {
        "month": row.month.strftime("%Y-%m"),
        "seats": row.seats,
        "assigned": row.assigned,
        "available": row.available,
        "accounts": row.accounts,
        "complete": row.complete,
    }


def _known(amount: Decimal, unpriced: int) -> Decimal | None:
    """An amount, unless it is nothing only because no price is known."""
    return None if unpriced and not amount else amount


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
