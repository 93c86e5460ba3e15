"""What the mode advisor says as JSON values; see `plain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import advice_words
from cpdesk.domain.seats import summed

if TYPE_CHECKING:
    from decimal import Decimal

    from cpdesk.cli.plain import Document
    from cpdesk.domain.advice import Advice, MonthCost, ProductAdvice


def advice(shown: Advice) -> Document:
    return {
        "account": shown.account,
        "account_id": shown.account_id,
        "domain": shown.domain,
        "currency": shown.currency,
        "mode": str(shown.mode),
        "pending": shown.pending,
        "months": shown.months,
        "first_month": shown.first.strftime("%Y-%m"),
        "actual": str(shown.actual),
        "usage_cost": str(shown.usage_cost),
        "purchase_cost": str(shown.purchase_cost),
        "smallest_pool": summed((product.part_number, product.pool) for product in shown.products if product.pool),
        "utilisation": _text(shown.utilisation),
        "break_even": _text(shown.break_even),
        "turnover": _text(shown.turnover),
        "tenant_products": list(shown.tenant_products),
        "unpriced": list(shown.unpriced),
        "recommended": str(shown.recommended),
        "saving_per_month": str(shown.saving_per_month),
        "pool_saving": str(shown.pool_saving),
        "matters_from": str(shown.matters_from),
        "ready_on": shown.ready_on and shown.ready_on.isoformat(),
        "reason": advice_words.reason(shown),
        "products": [_product(product) for product in shown.products],
        "by_month": [_month(month) for month in shown.by_month],
    }


def _product(product: ProductAdvice) -> Document:
    return {
        "product": product.part_number,
        "name": product.product,
        "pool": product.pool,
        "average_assigned": str(product.average_assigned),
        "usage_price": _text(product.usage_price),
        "purchase_price": _text(product.purchase_price),
        "break_even": _text(product.break_even),
        "assignable_to": "tenant" if product.tenant else "user",
    }


def _month(month: MonthCost) -> Document:
    return {
        "month": month.month.strftime("%Y-%m"),
        "mode": str(month.mode),
        "actual": str(month.actual),
        "usage_cost": str(month.usage),
        "purchase_cost": str(month.purchase),
        "unpriced": month.unpriced,
        "seats": month.seats,
        "assigned": month.assigned,
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
