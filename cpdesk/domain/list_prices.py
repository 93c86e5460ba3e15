"""The prices that a new database starts with: the list prices of the shipped catalogue."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from cpdesk.domain.catalog import CatalogProduct, Term
from cpdesk.domain.prices import Price


def list_prices(
    catalogue: Iterable[CatalogProduct], ids: Mapping[str, int], currency: str, now: datetime
) -> Iterator[Price]:
    """The prices in a currency; the product's section *Prices*. `ids`: product ids by GUID.

    In Usage Mode a seat costs what the monthly term does, in Purchase Mode a month of the annual term that is billed
    monthly.
    """
    for entry in catalogue:
        product_id = ids[entry.product.guid]
        for day in sorted({price.effective_on for price in entry.prices}):
            amounts = {
                price.term: price.amount
                for price in entry.prices
                if (price.effective_on, price.currency) == (day, currency)
            }
            usage, purchase = amounts.get(Term.MONTHLY), amounts.get(Term.ANNUAL_MONTHLY)
            if (usage, purchase) != (None, None):
                yield Price(product_id, day, usage, purchase, now)
