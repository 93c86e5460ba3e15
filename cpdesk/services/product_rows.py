"""Products as they are listed."""

from collections.abc import Iterable, Set

from cpdesk.base import zones
from cpdesk.base.errors import UserError
from cpdesk.domain.catalog import Product
from cpdesk.domain.overlaps import Contained
from cpdesk.domain.people import RESTORE_WITHIN
from cpdesk.domain.prices import in_force
from cpdesk.domain.product_rows import ProductDetails, ProductRow
from cpdesk.domain.switching import local_date
from cpdesk.services.base import Work
from cpdesk.services.defaults import stored_defaults
from cpdesk.store import prices, products, service_plans


def product_rows(work: Work) -> list[ProductRow]:
    """All products by name, with today's prices of the schedule that is the default."""
    today = local_date(work.now, zones.zone(stored_defaults().time_zone))
    defaults = prices.default_schedules()
    schedule = in_force(defaults, today)
    book = prices.book(schedule if schedule is not None else defaults[0][1])
    plans, accounts = service_plans.counts(), products.accounts_holding()
    rows = []
    for number, product in products.by_id().items():
        price = book.price_on(number, today)
        rows.append(
            ProductRow(
                id=number,
                product=product,
                plans=plans.get(number, 0),
                accounts=accounts.get(number, 0),
                usage=price.usage if price else None,
                purchase=price.purchase if price else None,
                schedule=book.name,
                currency=book.currency,
            )
        )
    return rows


def details(work: Work, product_id: int, contained: Contained) -> ProductDetails:
    """One product. Raises UserError `unknown_product`."""
    rows = product_rows(work)
    row = next((one for one in rows if one.id == product_id), None)
    if row is None:
        raise UserError("unknown_product", text=str(product_id))
    guid = row.product.guid
    catalogue = [one.product for one in rows]
    return ProductDetails(
        row=row,
        plans=tuple(service_plans.of_product(product_id)),
        within=_names(catalogue, contained.get(guid, frozenset())),
        contains=_names(catalogue, {smaller for smaller, larger in contained.items() if guid in larger}),
        scope_fixed_by=scope_fixed_by(work, product_id),
    )


def scope_fixed_by(work: Work, product_id: int) -> int:
    """How many accounts hold a product, or held it when a user was deleted who can still be restored with it."""
    return products.holders(product_id, work.now - RESTORE_WITHIN)


def _names(products: Iterable[Product], guids: Set[str]) -> tuple[str, ...]:
    """In their order; a name that several of them have once."""
    return tuple(dict.fromkeys(product.name for product in products if product.guid in guids))
