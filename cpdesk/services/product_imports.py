"""The import of Microsoft's product names and service plans into the catalogue."""

from pathlib import Path
from typing import Any, Protocol

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain.catalog import Product
from cpdesk.domain.product_changes import KnownPlans, ProductChange, ProductImportReport, ProductLine, import_report
from cpdesk.domain.product_file import ProductFile
from cpdesk.services.base import Work
from cpdesk.store import journal, products, service_plans


class ReadProductFile(Protocol):
    """Reads a file of product names; `encoding` overrules what its bytes say about themselves."""

    def __call__(self, path: Path, encoding: str | None = None) -> ProductFile:
        """Raises a UserError that names the file."""


def report(file: ProductFile) -> ProductImportReport:
    """What the import changes. Needs a transaction."""
    known = KnownPlans(service_plans.by_guid(), service_plans.of_products())
    return import_report(file, products.by_id(), known)


def write(
    work: Work, file: ProductFile, shown: ProductImportReport | None, progress: Tell | None
) -> ProductImportReport:
    """Take over what is new or other; what changes nothing leaves no trace, the audit log included.

    `progress` is told of the four steps that it takes. Raises UserError `products_changed_since`.
    """
    found = report(file)
    if shown is not None and shown != found:
        raise UserError("products_changed_since", file=found.file)
    if found.changes_nothing:
        return found
    tell = progress or _nobody
    tell(0, _STEPS)
    products.insert(line.product for line in found.of(ProductChange.NEW))
    products.rename({line.product_id: line.product for line in found.of(ProductChange.RENAMED) if line.product_id})
    tell(1, _STEPS)
    service_plans.put(found.plans)
    tell(2, _STEPS)
    ids = products.ids_by_guid()
    service_plans.put_of_products(
        {ids[line.product.guid]: line.plans for line in found.lines if line.plans_added or line.plans_removed}
    )
    tell(3, _STEPS)
    journal.append(work.now, _entry(work, found))
    tell(_STEPS, _STEPS)
    return found


_STEPS = 4


def _nobody(_done: int, _all: int) -> None:
    pass


def _entry(work: Work, found: ProductImportReport) -> journal.Entry:
    """Names before and after; of service plans their numbers: they are Microsoft's facts, and in its file."""
    renamed = found.of(ProductChange.RENAMED)
    before = {"renamed": [_plain(line.before) for line in renamed if line.before]} if renamed else None
    after: dict[str, Any] = {
        "file": found.file,
        "added": [_plain(line.product) | {"scope": str(line.product.scope)} for line in found.of(ProductChange.NEW)],
        "renamed": [_plain(line.product) for line in renamed],
        "plans_changed": [_plans(line) for line in found.lines if line.plans_added or line.plans_removed],
        "plans_named": len(found.plans),
    }
    return journal.Entry(
        action="products.imported", subject="products", before=before, after=after, by=work.by, reason=work.reason
    )


def _plain(product: Product) -> dict[str, Any]:
    return {"name": product.name, "part_number": product.part_number, "guid": product.guid}


def _plans(line: ProductLine) -> dict[str, Any]:
    return {"guid": line.product.guid, "name": line.product.name, "plans": len(line.plans)}
