"""Microsoft's product names and service plans as files."""

import csv
import io
from pathlib import Path

from cpdesk.base import assets
from cpdesk.domain.product_file import COLUMNS

PUBLISHED = assets.published_products()
"""The list that ships with the program."""
ROCKET = "0c0ffee0-1111-4222-8333-444455556666"
BOOSTER = "0c0ffee0-1111-4222-8333-aaaabbbbcccc"
FUEL = "facade00-1111-4222-8333-444455556666"
ENGINE = "facade00-1111-4222-8333-aaaabbbbcccc"
USUAL = {
    "Product_Display_Name": "Rocket",
    "String_Id": "ROCKET",
    "GUID": ROCKET,
    "Service_Plan_Name": "FUEL",
    "Service_Plan_Id": FUEL,
    "Service_Plans_Included_Friendly_Names": "Rocket Fuel",
}
WITH_ENGINE = {
    "Service_Plan_Name": "ENGINE",
    "Service_Plan_Id": ENGINE,
    "Service_Plans_Included_Friendly_Names": "Rocket Engine",
}


def products_text(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, delimiter: str = ",") -> str:
    """A list whose rows differ from USUAL by what is given."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(USUAL | row for row in rows or ({},))
    return text.getvalue()


def products_file(folder: Path, *rows: dict[str, str], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """The same as a file."""
    path = folder / "product names.csv"
    path.write_bytes(products_text(*rows, delimiter=delimiter).encode(encoding))
    return path
