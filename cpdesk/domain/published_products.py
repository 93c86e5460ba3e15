"""Microsoft's products and service plans as they ship with the program: the facts alone, in a form of our own.

`published.csv` has a row for each product and `service_plans.csv` one for each service plan, which the former calls by
its number. `packaging/dev.py catalog` makes both out of Microsoft's list.
"""

import csv
import io
from collections.abc import Mapping
from typing import Final

from cpdesk.domain.product_file import ProductFile, PublishedProduct, ServicePlan

PRODUCT_COLUMNS: Final = ("guid", "part_number", "name", "listed_in", "plans")
"""`listed_in` is the month of Microsoft's list, as 2026-03; `plans` are numbers with blanks between them."""
PLAN_COLUMNS: Final = ("number", "guid", "name", "title")
"""A plan without a title is called by its name."""
ANOTHER: Final = "|"
"""Stands between the part numbers, and between the names, where a product has several."""


def read_published(products: str, plans: str, file: str) -> ProductFile:
    """What the texts of `published.csv` and `service_plans.csv` say; `file` is what the former is called.

    Raises ValueError if one is damaged: each product is there once, each plan, too, and no other one is meant.
    """
    numbered = {line["number"]: _plan(line) for line in csv.DictReader(io.StringIO(plans))}
    lines = list(csv.DictReader(io.StringIO(products)))
    found = tuple(_product(row, line, numbered) for row, line in enumerate(lines, start=2))
    by_guid = {plan.guid: plan for plan in numbered.values()}
    if not found or len({one.guid for one in found}) < len(found) or len(by_guid) < len(numbered):
        raise ValueError(f"{file}: the products or their service plans are not told apart by their GUIDs")
    return ProductFile(file, "utf-8", len(found), found, by_guid)


def _plan(line: Mapping[str, str]) -> ServicePlan:
    return ServicePlan(line["guid"], line["name"], line["title"] or line["name"])


def _product(row: int, line: Mapping[str, str], numbered: Mapping[str, ServicePlan]) -> PublishedProduct:
    numbers = line["plans"].split()
    unknown = [number for number in numbers if number not in numbered]
    if unknown:
        raise ValueError(f"row {row}: there is no service plan {', '.join(unknown)}")
    plans = frozenset(numbered[number].guid for number in numbers)
    part_numbers, names = (tuple(line[column].split(ANOTHER)) for column in ("part_number", "name"))
    return PublishedProduct(row, line["guid"], part_numbers, names, plans)
