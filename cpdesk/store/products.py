"""The products that this database knows."""

from collections.abc import Iterable
from datetime import datetime

from cpdesk.domain.catalog import Product, Scope
from cpdesk.store import connection, models
from cpdesk.store.rows import first, tuples


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
    # Asked for by nearly every use case: plain SQL is several times quicker.
    sql = "SELECT id, part_number, guid, name, assignable_to, scope, offer FROM product ORDER BY name, part_number"
    return {
        row[0]: Product(
            part_number=row[1], guid=row[2], name=row[3], assignable_to=row[4], scope=Scope(row[5]), offer=row[6]
        )
        for row in connection.rows_of(sql)
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
