"""Products of the catalogue, and reports of imports, for pictures and tests of pages."""

from dataclasses import replace
from decimal import Decimal
from functools import cache

from cpdesk.base import assets
from cpdesk.domain.catalog import CatalogProduct, Product, Term, read_catalog
from cpdesk.domain.overlaps import Planned, extended, is_service, read_contained
from cpdesk.domain.product_changes import KnownPlans, ProductImportReport, import_report
from cpdesk.domain.product_file import ProductFile
from cpdesk.domain.product_rows import ProductDetails, ProductRow
from cpdesk.domain.published_products import read_published

FILE = "Product names and service plan identifiers for licensing.csv"
_HELD = {"SPB": 14, "O365_BUSINESS_PREMIUM": 9, "O365_BUSINESS_ESSENTIALS": 11, "SPE_E3": 4, "POWER_BI_PRO": 6}


@cache
def published() -> ProductFile:
    """Microsoft's list, with a row for each product and service plan, out of what comes with the program."""
    products, plans = assets.published_products(), assets.service_plans()
    file = read_published(products.read_text(encoding="utf-8"), plans.read_text(encoding="utf-8"), FILE)
    return replace(file, encoding="utf-8-sig", rows=sum(len(one.plans) for one in file.products))


@cache
def starting_catalogue() -> tuple[CatalogProduct, ...]:
    """What a new database starts with."""
    return read_catalog((assets.root() / "catalog" / "products.csv").read_text(encoding="utf-8"))


@cache
def sold() -> dict[int, Product]:
    """The starting catalogue, by product id."""
    return dict(enumerate((entry.product for entry in starting_catalogue()), start=1))


@cache
def rows(*, imported: bool = True) -> tuple[ProductRow, ...]:
    """The catalogue after the import of the list, or before it."""
    prices = {
        entry.product.guid: {price.term: price.amount for price in entry.prices} for entry in starting_catalogue()
    }
    plans = {one.guid: len(one.plans) for one in published().products} if imported else {}
    known = sold() | (_new() if imported else {})
    made = (
        ProductRow(
            id=number,
            product=product,
            plans=plans.get(product.guid, 0),
            accounts=_HELD.get(product.part_number, 0),
            usage=_amount(prices, product, Term.MONTHLY),
            purchase=_amount(prices, product, Term.ANNUAL_MONTHLY),
            schedule="Default",
            currency="USD",
        )
        for number, product in known.items()
    )
    return tuple(sorted(made, key=lambda row: row.product.name.casefold()))


def _amount(prices: dict[str, dict[Term, Decimal]], product: Product, term: Term) -> Decimal | None:
    return prices.get(product.guid, {}).get(term)


def _new() -> dict[int, Product]:
    guids = {product.guid for product in sold().values()}
    new = (one.product(None) for one in published().products if one.guid not in guids)
    return dict(enumerate(new, start=1001))


def row(part_number: str) -> ProductRow:
    """A product of the catalogue after the import."""
    return next(one for one in rows() if one.product.part_number == part_number)


def details(part_number: str, scope_fixed_by: int = 0) -> ProductDetails:
    """The same with its service plans."""
    found = row(part_number)
    file, contained = published(), _contained()
    names = {one.product.guid: one.product.name for one in rows()}
    guid = found.product.guid
    own = next(one for one in file.products if one.guid == guid)
    return ProductDetails(
        row=found,
        plans=tuple(sorted((file.plans[plan] for plan in own.plans), key=lambda plan: plan.title.casefold())),
        within=tuple(sorted({names[one] for one in contained.get(guid, ()) if one in names})),
        contains=tuple(sorted({names[one] for one, larger in contained.items() if guid in larger and one in names})),
        scope_fixed_by=scope_fixed_by,
    )


@cache
def _contained() -> dict[str, frozenset[str]]:
    file = published()
    services = {guid for guid, plan in file.plans.items() if is_service(plan.name)}
    plans = {one.guid: one.plans & services for one in file.products}
    proven = read_contained((assets.root() / "catalog" / "contained.csv").read_text(encoding="utf-8"))
    pairs = extended(proven, [Planned(one.product, plans[one.product.guid]) for one in rows()])
    return {guid: frozenset(larger) for guid, larger in pairs.items()}


def first_report() -> ProductImportReport:
    """What the list makes of the starting catalogue."""
    return import_report(published(), sold(), KnownPlans({}, {}))


def unchanged_report() -> ProductImportReport:
    """What it makes of a catalogue that has it."""
    return import_report(published(), _all(), _known_plans())


def later_report() -> ProductImportReport:
    """A year later: a few products are renamed, new, or have other service plans."""
    before = _all()
    old = {number: product for number, product in before.items() if number % 97}
    for number, name in ((9, "Microsoft 365 Enterprise E3"), (3, "Microsoft 365 Business"), (12, "Office 365 Plan E1")):
        old[number] = replace(old[number], name=name)
    old[5] = replace(old[5], part_number="OLD_" + old[5].part_number)
    plans = dict(_known_plans().of_products)
    for number in (1, 2, 20):
        plans[number] = frozenset(sorted(plans[number])[:-1])
    return import_report(published(), old, KnownPlans(_known_plans().plans, plans))


def _all() -> dict[int, Product]:
    return {one.id: one.product for one in rows()}


@cache
def _known_plans() -> KnownPlans:
    plans = {one.guid: one.plans for one in published().products}
    return KnownPlans(published().plans, {number: plans[product.guid] for number, product in _all().items()})
