"""What can be sold: the products, and the services that an account can have."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain import operators as roles
from cpdesk.domain import topics
from cpdesk.domain.catalog import Product, Scope, name_key, new_product
from cpdesk.domain.operators import Session
from cpdesk.domain.product_changes import ProductImportReport
from cpdesk.domain.product_rows import ProductDetails, ProductRow
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.services import product_imports, product_rows
from cpdesk.services.base import UseCases, Work, account_row
from cpdesk.services.overlaps import WhichContain
from cpdesk.services.product_imports import ReadProductFile
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

    def __init__(
        self,
        store: Store,
        settler: Settler,
        published: Callable[[], Iterable[Product]],
        read: ReadProductFile,
        contained: WhichContain,
    ) -> None:
        """`published` are all products that Microsoft names, sold here or not; `contained`: which contain which."""
        super().__init__(store, settler)
        self._published = published
        self._read = read
        self._contained = contained

    def rows(self, by: Session) -> list[Product]:
        """The products by name, for everybody: they hold no secret of any account."""
        with self._reading(by):
            return list(products.by_id().values())

    def by_id(self, by: Session) -> Mapping[int, Product]:
        """The same by their ids, which prices and seats refer to."""
        with self._reading(by):
            return products.by_id()

    def catalogue(self, by: Session) -> list[ProductRow]:
        """The products by name, with who has them and what they cost by the default schedule.

        Raises UserError `not_allowed` for customer administrators: it tells of all accounts.
        """
        with self._reading(by) as work:
            roles.require_overview(work.by)
            return product_rows.product_rows(work)

    def details(self, by: Session, product_id: int) -> ProductDetails:
        """One of them with its service plans. Raises UserError `unknown_product`, and what `catalogue` raises."""
        with self._reading(by) as work:
            roles.require_overview(work.by)
            return product_rows.details(work, product_id, self._contained())

    def preview(self, by: Session, path: Path, *, encoding: str | None = None) -> ProductImportReport:
        """What the import of Microsoft's product names would change; nothing is changed.

        Raises UserError `not_allowed`, and everything that reading the file raises.
        """
        file = self._read(path, encoding)
        with self._reading(by) as work:
            roles.require_overview(work.by)
            return product_imports.report(file)

    def import_products(
        self,
        by: Session,
        path: Path,
        *,
        encoding: str | None = None,
        shown: ProductImportReport | None = None,
        reason: str = "",
        progress: Tell | None = None,
    ) -> Done[ProductImportReport]:
        """Take over products, names and service plans, all or nothing; a second time it changes nothing.

        A product is known by its GUID: one that is renamed keeps its id, its scope, its prices and its ledger.
        `shown` is the preview that was seen: raises UserError `products_changed_since` where that no longer holds,
        and what `preview` raises. What `progress` raises ends the work.
        """
        file = self._read(path, encoding)
        with self._managing(by, reason) as work:
            found = product_imports.write(work, file, shown, progress)
            return Done(found, frozenset() if found.changes_nothing else topics.PRODUCTS)

    def set_scope(self, by: Session, product_id: int, scope: Scope, *, reason: str = "") -> Done[Product]:
        """Say what a product belongs to, which Microsoft's list does not.

        Raises UserError `unknown_product`, `scope_unchanged`, and `product_in_use` while an account has seats of it
        or had some within the last 30 days, when a deleted user could still be restored with it.
        """
        with self._managing(by, reason) as work:
            product = products.by_id().get(product_id)
            if product is None:
                raise UserError("unknown_product", text=str(product_id))
            if product.scope is scope:
                raise UserError("scope_unchanged", product=product.name)
            accounts = product_rows.scope_fixed_by(work, product_id)
            if accounts:
                raise UserError("product_in_use", product=product.name, accounts=accounts)
            products.set_scope(product_id, scope)
            journal.append(work.now, _scope_entry(work, product, scope))
            return Done(products.by_id()[product_id], topics.PRODUCTS)

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


def _scope_entry(work: Work, product: Product, scope: Scope) -> journal.Entry:
    return journal.Entry(
        action="product.scope_changed",
        subject=f"product {product.part_number}",
        before={"name": product.name, "scope": str(product.scope)},
        after={"name": product.name, "guid": product.guid, "scope": str(scope)},
        by=work.by,
        reason=work.reason,
    )
