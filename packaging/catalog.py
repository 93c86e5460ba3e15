"""Make the shipped lists of products and service plans out of Microsoft's list: what `dev.py catalog` runs.

python packaging/catalog.py FILE MONTH [ENCODING]

FILE is Microsoft's "Product names and service plan identifiers for licensing" (CSV), MONTH the one it was published
in, as 2026-03. ENCODING is needed only where the file does not tell it.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from cpdesk.domain.published_products import ANOTHER, PLAN_COLUMNS, PRODUCT_COLUMNS  # noqa: E402
from cpdesk.gateways.product_files import read_product_file  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cpdesk.domain.product_file import ProductFile, PublishedProduct, ServicePlan

CATALOG = TOP / "resources" / "catalog"


def main(arguments: Sequence[str], folder: Path = CATALOG) -> int:
    """Write both lists into the folder; the answer is the exit code."""
    if len(arguments) not in {2, 3} or not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", arguments[1]):
        print(__doc__)
        return 2
    file = read_product_file(Path(arguments[0]), *arguments[2:])
    products, plans = texts(file, arguments[1])
    (folder / "published.csv").write_bytes(products.encode())
    (folder / "service_plans.csv").write_bytes(plans.encode())
    print(f"{len(file.products)} products, {len(file.plans)} service plans")
    return 0


def texts(file: ProductFile, month: str) -> tuple[str, str]:
    """`published.csv` and `service_plans.csv`, sorted so that a later list changes few rows of them."""
    plans = sorted(file.plans.values(), key=_plan_order)
    numbers = {plan.guid: number for number, plan in enumerate(plans, start=1)}
    products = (_product(one, month, numbers) for one in sorted(file.products, key=_product_order))
    titled = ((numbers[one.guid], one.guid, one.name, one.title if one.title != one.name else "") for one in plans)
    return _csv(PRODUCT_COLUMNS, products), _csv(PLAN_COLUMNS, titled)


def _product(one: PublishedProduct, month: str, numbers: dict[str, int]) -> tuple[str, ...]:
    if any(ANOTHER in text for text in (*one.part_numbers, *one.names)):
        raise SystemExit(f"catalog: {one.names[0]} has a {ANOTHER} in a name, which stands between names")
    plans = " ".join(map(str, sorted(numbers[plan] for plan in one.plans)))
    return one.guid, ANOTHER.join(one.part_numbers), ANOTHER.join(one.names), month, plans


def _product_order(one: PublishedProduct) -> tuple[str, str]:
    return one.part_numbers[0].casefold(), one.guid


def _plan_order(plan: ServicePlan) -> tuple[str, str]:
    return plan.name.casefold(), plan.guid


def _csv(columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
