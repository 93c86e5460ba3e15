"""Partner price lists as files."""

import csv
import io
from pathlib import Path

COLUMNS = [
    "ChangeIndicator",
    "ProductTitle",
    "ProductId",
    "SkuId",
    "SkuTitle",
    "Publisher",
    "SkuDescription",
    "UnitOfMeasure",
    "TermDuration",
    "BillingPlan",
    "Market",
    "Currency",
    "UnitPrice",
    "PricingTierRangeMin",
    "PricingTierRangeMax",
    "EffectiveStartDate",
    "EffectiveEndDate",
    "Tags",
    "ERP Price",
    "Segment",
    "PreviousValues",
]
"""Of the present generation; the older one lacks the first and the last."""
PREMIUM_OFFER = ("CFQ7TTC0LCHC", "0002")
BASIC_OFFER = ("CFQ7TTC0LH18", "0001")
USUAL = {
    "ChangeIndicator": "Unchanged",
    "ProductTitle": "Microsoft 365 Business Premium",
    "ProductId": PREMIUM_OFFER[0],
    "SkuId": PREMIUM_OFFER[1],
    "SkuTitle": "Microsoft 365 Business Premium",
    "Publisher": "Microsoft Corporation",
    "TermDuration": "P1M",
    "BillingPlan": "Monthly",
    "Market": "US",
    "Currency": "USD",
    "UnitPrice": "20.00",
    "PricingTierRangeMin": "1",
    "EffectiveStartDate": "2026-01-01T00:00:00Z",
    "EffectiveEndDate": "9999-11-30T00:00:00Z",
    "ERP Price": "26.40",
    "Segment": "Commercial",
}
"""A row that counts."""
YEARLY = {"TermDuration": "P1Y", "UnitPrice": "210.00"}
"""What makes it the row of the annual term that is billed monthly."""


def prices_text(*rows: dict[str, str], columns: list[str] = COLUMNS, delimiter: str = ",") -> str:
    """A price list whose rows differ from USUAL by what is given."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(USUAL | row for row in rows)
    return text.getvalue()


def prices_file(folder: Path, *rows: dict[str, str], encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    """The same as a file; without rows it has both prices of one product."""
    path = folder / "prices.csv"
    text = prices_text(*(rows or ({}, YEARLY)), delimiter=delimiter)
    path.write_bytes(text.encode(encoding))
    return path
