"""The products that this database knows."""

from collections.abc import Iterable
from datetime import datetime

from cpdesk.domain.catalog import Product, Scope
from cpdesk.store import connection, models
from cpdesk.store.rows import dicts, first, tuples


def insert(products: Iterable[Product]) -> None:
    """Add products; their GUIDs must be new."""
    connection.execute_many(
        "INSERT INTO product (part_number, guid, name, scope, assignable_to, offer) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (item.part_number, item.guid, item.name, str(item.scope), item.assignable_to, item.offer)
            for item in products
        ],
    )


def by_id() -> dict[int, Product]:
    """All products by id, in the order of their names."""
    rows = dicts(models.Product.select().order_by(models.Product.name, models.Product.part_number))
    return {
        row["id"]: Product(
            part_number=row["part_number"],
            guid=row["guid"],
            name=row["name"],
            assignable_to=row["assignable_to"],
            scope=Scope(row["scope"]),
            offer=row["offer"],
        )
        for row in rows
    }


def ids_by_guid() -> dict[str, int]:
    """Product ids by GUID."""
    return {row[0]: row[1] for row in tuples(models.Product.select(models.Product.guid, models.Product.id))}


def part_numbers() -> dict[int, str]:
    """Part numbers by product id."""
    return {row[0]: row[1] for row in tuples(models.Product.select(models.Product.id, models.Product.part_number))}


def service_since(account_id: int) -> datetime | None:
    """When (UTC) Microsoft 365 was enabled for an account; None before."""
    row = first(models.Account.select(models.Account.service_since).where(models.Account.id == account_id))
    return row["service_since"] if row else None
