"""Prices as JSON values. These shapes are a promise to scripts: keys may be added, none may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.domain.price_reports import PriceChange
from cpdesk.domain.schedules import amount_text

if TYPE_CHECKING:
    from cpdesk.domain.price_reports import PriceImportReport, PriceLine
    from cpdesk.domain.schedules import AccountSchedules, PriceRow, ScheduleRow

Document = dict[str, object]


def price(row: PriceRow) -> Document:
    """Costs are null for who may not see them, and where they are not known."""
    return {
        "product": row.part_number,
        "currency": row.currency,
        "usage_price": amount_text(row.usage_price),
        "purchase_price": amount_text(row.purchase_price),
        "effective_on": row.effective_on.isoformat(),
        "guid": row.guid,
        "name": row.product,
        "usage_cost": amount_text(row.usage_cost),
        "purchase_cost": amount_text(row.purchase_cost),
        "in_force": row.in_force,
    }


def schedule(row: ScheduleRow) -> Document:
    return {
        "id": row.id,
        "name": row.name,
        "currency": row.currency,
        "default": row.is_default,
        "accounts": row.accounts,
        "products": row.products,
        "proration": str(row.proration),
    }


def account_schedules(found: AccountSchedules) -> Document:
    """Which schedule an account has today, and which it will have."""
    return {
        "schedule": found.now.name if found.now else None,
        "own": found.own,
        "next": [{"effective_on": day.isoformat(), "schedule": name} for day, name in found.next],
    }


def price_import(report: PriceImportReport, *, dry_run: bool) -> Document:
    """What was imported, or with `dry_run` would be."""
    return {
        "file": report.file,
        "dry_run": dry_run,
        "schedule": report.schedule,
        "currency": report.currency,
        "market": report.market,
        "margin": amount_text(report.margin),
        "effective_on": report.effective_on.isoformat(),
        **{str(change): report.count(change) for change in PriceChange},
        "prices": [_line(line) for line in report.lines],
        "skipped": [{"row": row.row, "product": row.title, "reason": str(row.reason)} for row in report.skipped],
    }


def _line(line: PriceLine) -> Document:
    return {
        "product": line.part_number,
        "name": line.product,
        "change": str(line.change),
        "usage_price_before": amount_text(line.usage_before),
        "purchase_price_before": amount_text(line.purchase_before),
        "usage_price": amount_text(line.usage),
        "purchase_price": amount_text(line.purchase),
        "usage_cost": amount_text(line.usage_cost),
        "purchase_cost": amount_text(line.purchase_cost),
        "usage_kept": line.usage_kept,
        "purchase_kept": line.purchase_kept,
        "usage_row": line.usage_row,
        "purchase_row": line.purchase_row,
    }
