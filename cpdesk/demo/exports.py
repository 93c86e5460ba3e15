"""Files as the Microsoft 365 admin center exports them, written for the imports of the demo."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cpdesk.base import private
from cpdesk.demo.people import Person

_COLUMNS = (
    "Display name,DirSyncEnabled,User principal name,Object Id,First name,Last name,When created,"
    "Soft deletion time stamp,Title,Department,Preferred data location,City,CountryOrRegion,Office,StateOrProvince,"
    "Usage location,Last dirsync time,Block credential,Licenses,Password never expires,"
    "Last password change time stamp,Mobile Phone,Phone number,Postal code,Preferred language,Street address,Fax,"
    "Proxy addresses"
)
"""The header since about 2022."""


@dataclass(slots=True)
class Employee:
    """A person as the tenant knows them at the moment."""

    person: Person
    upn: str
    object_id: str
    products: list[str] = field(default_factory=list)
    """Part numbers."""
    blocked: bool = False


def write_export(
    folder: Path, exported_at: datetime, country: str, staff: Iterable[Employee], names: Mapping[str, str]
) -> Path:
    """Write an export of these users; `names` are the products' display names by part number."""
    stamp = f"{exported_at.month}_{exported_at.day}_{exported_at.year} {exported_at:%I_%M_%S %p}"
    path = folder / f"users_{stamp}.csv"
    with open(path, "w", encoding="utf-8-sig", newline="", opener=private.opener) as file:
        rows = csv.DictWriter(file, _COLUMNS.split(","), restval="")
        rows.writeheader()
        rows.writerows(_row(employee, country, names) for employee in staff)
    return path


def _row(employee: Employee, country: str, names: Mapping[str, str]) -> dict[str, str]:
    person = employee.person
    return {
        "Display name": person.display,
        "DirSyncEnabled": "False",
        "User principal name": employee.upn,
        "Object Id": employee.object_id,
        "First name": person.first,
        "Last name": person.last,
        "Title": person.title,
        "Department": person.department,
        "Usage location": country,
        "Block credential": str(employee.blocked),
        "Licenses": "+".join(names[product] for product in employee.products) or "Unlicensed",
    }
