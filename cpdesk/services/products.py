"""What can be sold: the products, and the services that an account can have."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cpdesk.base.errors import UserError
from cpdesk.domain import topics
from cpdesk.domain.catalog import Product, Scope, name_key, new_product
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.services.base import UseCases, account_row
from cpdesk.services.settling import Settler
from cpdesk.store import journal, products
from cpdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class ServiceOffer:
    """Microsoft Office 365 as The Catalog offers it to an account."""

    account: AccountRow
    since: datetime | None
    """UTC: when it was activated; None before."""


class Products(UseCases):
    """The catalogue. All accounts share it."""

    def __init__(self, store: Store, settler: Settler, published: Callable[[], Iterable[Product]]) -> None:
        """`published` are all products that Microsoft names, sold here or not."""
        super().__init__(store, settler)
        self._published = published

    def rows(self, by: Session) -> list[Product]:
        """The products by name, for everybody: they hold no secret of any account."""
        with self._reading(by):
            return list(products.by_id().values())

    def by_id(self, by: Session) -> Mapping[int, Product]:
        """The same by their ids, which prices and seats refer to."""
        with self._reading(by):
            return products.by_id()

    def offer(self, by: Session, account_id: int) -> ServiceOffer:
        """The service that the account has or can activate. Raises UserError `unknown_account`."""
        with self._reading(by, account_id) as work:
            return ServiceOffer(account_row(account_id, work.now), products.service_since(account_id))

    def described(self, by: Session, names: Iterable[str]) -> Mapping[str, tuple[Product, ...]]:
        """What Microsoft publishes about names that the catalogue lacks, by name key; several share some names.

        Their scope is not published: all of them stand as assignable to users.
        """
        with self._reading(by):
            known = {product.guid for product in products.by_id().values()}
        wanted = {name_key(name) for name in names}
        found: dict[str, tuple[Product, ...]] = {}
        for product in self._published():
            key = name_key(product.name)
            if key in wanted and product.guid not in known:
                found[key] = (*found.get(key, ()), product)
        return found

    def add(
        self, by: Session, name: str, part_number: str, guid: str, scope: Scope, *, reason: str = ""
    ) -> Done[Product]:
        """Add a product to the catalogue.

        Reseller administrators only: rule 17 gives a customer administrator everything in the own account, but
        every account would see the product. They can map the name to a product that is there, or skip it.

        Raises UserError `not_allowed`, `product_exists`, `bad_guid`, and `text_empty`, `text_too_long` or
        `text_not_printable` for name and part number.
        """
        product = new_product(name, part_number, guid, scope)
        with self._managing(by, reason) as work:
            known = {other.guid: other for other in products.by_id().values()}
            if product.guid in known:
                raise UserError("product_exists", guid=product.guid, product=known[product.guid].name)
            products.insert([product])
            facts = {
                "name": product.name,
                "part_number": product.part_number,
                "guid": product.guid,
                "scope": str(product.scope),
            }
            subject = f"product {product.part_number}"
            entry = journal.Entry(action="product.added", subject=subject, after=facts, by=work.by, reason=work.reason)
            journal.append(work.now, entry)
            return Done(product, topics.PRODUCTS)
