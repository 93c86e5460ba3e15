"""Products as JSON values. These shapes are a promise to scripts: keys may be added, none may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.domain.product_changes import ProductChange
from cpdesk.domain.schedules import amount_text

if TYPE_CHECKING:
    from cpdesk.domain.catalog import Product
    from cpdesk.domain.product_changes import ProductImportReport, ProductLine
    from cpdesk.domain.product_rows import ProductRow

Document = dict[str, object]


def product(found: Product) -> Document:
    return {
        "product": found.part_number,
        "guid": found.guid,
        "name": found.name,
        "scope": str(found.scope),
        "assignable_to": found.assignable_to,
    }


def row(found: ProductRow) -> Document:
    """With who has it, and what it costs today by the default schedule."""
    return product(found.product) | {
        "service_plans": found.plans,
        "accounts": found.accounts,
        "schedule": found.schedule,
        "currency": found.currency,
        "usage_price": amount_text(found.usage),
        "purchase_price": amount_text(found.purchase),
    }


def product_import(report: ProductImportReport, *, dry_run: bool) -> Document:
    """What was imported, or with `dry_run` would be: the numbers, and each product that is not as it was."""
    return {
        "file": report.file,
        "dry_run": dry_run,
        "rows": report.rows,
        "products": len(report.lines),
        "service_plans": report.service_plans,
        **{str(change): report.count(change) for change in ProductChange},
        "kept": report.kept,
        "changes": [_line(line) for line in report.lines if line.change is not ProductChange.UNCHANGED],
    }


def _line(line: ProductLine) -> Document:
    return product(line.product) | {
        "row": line.row,
        "change": str(line.change),
        "product_before": line.before.part_number if line.before else None,
        "name_before": line.before.name if line.before else None,
        "other_names": list(line.other_names),
        "service_plans": len(line.plans),
        "service_plans_added": line.plans_added,
        "service_plans_removed": line.plans_removed,
        "remarks": [str(remark) for remark in line.remarks],
    }
