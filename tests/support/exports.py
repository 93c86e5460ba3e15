"""Files as the admin center exports them."""

import csv
from pathlib import Path

COLUMNS = [
    "Display name",
    "DirSyncEnabled",
    "User principal name",
    "Object Id",
    "First name",
    "Last name",
    "When created",
    "Soft deletion time stamp",
    "Title",
    "Department",
    "Preferred data location",
    "City",
    "CountryOrRegion",
    "Office",
    "StateOrProvince",
    "Usage location",
    "Last dirsync time",
    "Block credential",
    "Licenses",
    "Password never expires",
    "Last password change time stamp",
    "Mobile Phone",
    "Phone number",
    "Postal code",
    "Preferred language",
    "Street address",
    "Fax",
    "Proxy addresses",
]
"""The header since about 2022."""

OLD_COLUMNS = [
    "Block credential",
    "City",
    "Country/Region",
    "Department",
    "DirSyncEnabled",
    "Display name",
    "Fax",
    "First name",
    "Last dirsync time",
    "Last name",
    "Last password change time stamp",
    "License assignment details",
    "Licenses",
    "Mobile Phone",
    "Oath token meta data",
    "Object Id",
    "Office",
    "Password never expires",
    "Phone number",
    "Postal code",
    "Preferred data location",
    "Preferred language",
    "Proxy addresses",
    "Release track",
    "Soft deletion time stamp",
    "State",
    "Street address",
    "Strong password required",
    "Title",
    "Usage location",
    "User principal name",
    "When created",
]
"""The header before."""

PREMIUM_NAME = "Microsoft 365 Business Premium"
E3_NAME = "Office 365 E3"
STORAGE_NAME = "Office 365 Extra File Storage"


def person(
    upn: str, *licenses: str, object_id: str = "", name: str = "", blocked: bool = False, deleted: str = ""
) -> dict[str, str]:
    """A row; what is not said is empty."""
    return {
        "User principal name": upn,
        "Display name": name or upn.partition("@")[0],
        "Object Id": object_id,
        "Block credential": str(blocked),
        "Soft deletion time stamp": deleted,
        "Licenses": "+".join(licenses) or "Unlicensed",
    }


def write(path: Path, *people: dict[str, str]) -> Path:
    """Write a file with these rows."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS, restval="")
        rows.writeheader()
        rows.writerows(people)
    return path
