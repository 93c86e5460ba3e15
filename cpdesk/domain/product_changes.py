"""What a file of product names makes of the catalogue.

A product is found by its GUID, so one that is renamed keeps its id, its prices and its ledger. What the catalogue has
and the file has not stays as it is.
"""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from cpdesk.domain.catalog import Product, name_key
from cpdesk.domain.product_file import ProductFile, PublishedProduct, ServicePlan


class ProductChange(StrEnum):
    """What becomes of a product. The words: `cpdesk.base.product_words`."""

    NEW = "new"
    RENAMED = "renamed"
    """Its name or its part number is another one; its service plans can be, too."""
    PLANS = "plans"
    """Only its service plans are others, as where none were known."""
    UNCHANGED = "unchanged"


class Remark(StrEnum):
    """What is worth knowing of a product: part number or name alone do not tell which one is meant."""

    SEVERAL_NAMES = "several_names"
    """The file has another name for the same GUID."""
    SAME_NAME = "same_name"
    """Another GUID has this name, too."""
    SAME_PART_NUMBER = "same_part_number"
    """Another GUID has this part number, too."""


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product of the file as the catalogue will have it."""

    row: int
    """Its first one in the file, as a spreadsheet numbers rows."""
    product_id: int | None
    """None: it is new."""
    product: Product
    before: Product | None
    change: ProductChange
    plans: frozenset[str]
    """GUIDs of its service plans."""
    plans_added: int
    plans_removed: int
    remarks: tuple[Remark, ...]
    other_names: tuple[str, ...]
    """How else the file calls it."""


@dataclass(frozen=True, slots=True)
class ProductImportReport:
    """What an import of product names would change, or has changed."""

    file: str
    """Name without its folder."""
    encoding: str
    """How its bytes were read, by Python's name for it."""
    rows: int
    """Without the header and blank ones."""
    lines: tuple[ProductLine, ...]
    """By name."""
    plans: tuple[ServicePlan, ...]
    """Service plans that are new or called otherwise now, by GUID."""
    service_plans: int
    """How many the file has."""
    kept: int
    """Products of the catalogue that the file does not have: they stay as they are."""

    @property
    def changes_nothing(self) -> bool:
        """Whether the catalogue has all of it already."""
        return not self.plans and self.count(ProductChange.UNCHANGED) == len(self.lines)

    def count(self, change: ProductChange) -> int:
        """How many products are new, renamed, and so on."""
        return sum(line.change is change for line in self.lines)

    def of(self, change: ProductChange) -> list[ProductLine]:
        """The products that become so."""
        return [line for line in self.lines if line.change is change]


@dataclass(frozen=True, slots=True)
class KnownPlans:
    """The service plans that the catalogue knows."""

    plans: Mapping[str, ServicePlan]
    """By GUID."""
    of_products: Mapping[int, Set[str]]
    """GUIDs by product id."""


def import_report(file: ProductFile, products: Mapping[int, Product], known: KnownPlans) -> ProductImportReport:
    """What becomes of the catalogue, the same for the same file and catalogue."""
    ids = {product.guid: number for number, product in products.items()}
    after = {one.guid: one.product(products.get(ids.get(one.guid, 0))) for one in file.products}
    whole = {product.guid: product for product in products.values()} | after
    names = Counter(name_key(product.name) for product in whole.values())
    part_numbers = Counter(name_key(product.part_number) for product in whole.values())

    def line(one: PublishedProduct) -> ProductLine:
        number, product = ids.get(one.guid), after[one.guid]
        before = products[number] if number is not None else None
        had = known.of_products.get(number, frozenset()) if number is not None else frozenset()
        remarks = (
            (len(one.names) > 1, Remark.SEVERAL_NAMES),
            (names[name_key(product.name)] > 1, Remark.SAME_NAME),
            (part_numbers[name_key(product.part_number)] > 1, Remark.SAME_PART_NUMBER),
        )
        return ProductLine(
            row=one.row,
            product_id=number,
            product=product,
            before=before,
            change=_change(product, before, plans_differ=one.plans != had),
            plans=one.plans,
            plans_added=len(one.plans - had),
            plans_removed=len(had - one.plans),
            remarks=tuple(remark for holds, remark in remarks if holds),
            other_names=tuple(name for name in one.names if name != product.name),
        )

    lines = sorted(map(line, file.products), key=lambda one: (one.product.name.casefold(), one.product.guid))
    plans = sorted((plan for guid, plan in file.plans.items() if known.plans.get(guid) != plan), key=_guid)
    kept = len(ids.keys() - after.keys())
    return ProductImportReport(file.name, file.encoding, file.rows, tuple(lines), tuple(plans), len(file.plans), kept)


def _guid(plan: ServicePlan) -> str:
    return plan.guid


def _change(product: Product, before: Product | None, *, plans_differ: bool) -> ProductChange:
    if before is None:
        return ProductChange.NEW
    if product != before:
        return ProductChange.RENAMED
    return ProductChange.PLANS if plans_differ else ProductChange.UNCHANGED
