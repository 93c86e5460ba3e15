"""Products as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.product_words import product_change, product_remark, scope_name
from cpdesk.cli.tables import indented, number, table
from cpdesk.domain.product_changes import ProductChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cpdesk.domain.catalog import Product
    from cpdesk.domain.product_changes import ProductImportReport, ProductLine
    from cpdesk.domain.product_rows import ProductRow


def products(rows: Sequence[ProductRow]) -> Iterator[str]:
    """Products by name, or that there are none like that."""
    if not rows:
        yield _("There are no such products. Import Microsoft's list: cpdesk products import FILE")
        return
    titles = (_("Product"), _("Part number"), _("GUID"), _("Scope"), _("Service plans"), _("Accounts"), _("Price"))
    yield from table(titles, [_cells(row) for row in rows])


def _cells(row: ProductRow) -> list[str | int]:
    product, prices = row.product, [amount for amount in (row.usage, row.purchase) if amount is not None]
    price = " / ".join(formats.format_money(amount, row.currency) for amount in prices) or _("no price")
    return [
        product.name,
        product.part_number,
        product.guid,
        scope_name(product.scope),
        row.plans,
        row.accounts,
        price,
    ]


def scope(product: Product) -> Iterator[str]:
    """What a product belongs to now."""
    yield _("Scope of {product}: {scope}").format(product=product.name, scope=scope_name(product.scope))


def imported(report: ProductImportReport, *, dry_run: bool) -> Iterator[str]:
    """What the import did, or would do: first in numbers, then each product that is not as it was."""
    opening = _("{file} would change in the catalogue:") if dry_run else _("{file} is imported into the catalogue:")
    yield opening.format(file=report.file)
    yield from indented(_numbers(report))
    changed = [line for line in report.lines if line.change is not ProductChange.UNCHANGED]
    if changed:
        yield ""
        titles = (_("Product"), _("Part number"), _("Change"), _("Service plans"), _("Remarks"))
        yield from table(titles, [_line_cells(line) for line in changed])


def _numbers(report: ProductImportReport) -> Iterator[str]:
    rows = ngettext("{number} row", "{number} rows", report.rows).format(number=number(report.rows))
    listed = len(report.lines)
    products = ngettext("{number} product", "{number} products", listed).format(number=number(listed))
    plans = ngettext("{number} service plan", "{number} service plans", report.service_plans)
    yield ", ".join((rows, products, plans.format(number=number(report.service_plans))))
    for change in ProductChange:
        count = report.count(change)
        text = ngettext("{change}: {number} product", "{change}: {number} products", count)
        yield text.format(change=product_change(change), number=number(count))
    if report.kept:
        text = ngettext(
            "{number} product of the catalogue is not in the file and stays as it is",
            "{number} products of the catalogue are not in the file and stay as they are",
            report.kept,
        )
        yield text.format(number=number(report.kept))


def _line_cells(line: ProductLine) -> list[str | int]:
    product, before = line.product, line.before
    name, part_number = product.name, product.part_number
    if before is not None and before.name != name:
        name = _("{before} → {after}").format(before=before.name, after=name)
    if before is not None and before.part_number != part_number:
        part_number = _("{before} → {after}").format(before=before.part_number, after=part_number)
    remarks = "; ".join(map(product_remark, line.remarks))
    return [name, part_number, product_change(line.change), len(line.plans), remarks]
