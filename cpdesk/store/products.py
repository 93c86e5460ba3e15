"""The products that this database knows."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from cpdesk.domain.catalog import Product, Scope
from cpdesk.store import connection, models
from cpdesk.store.fields import utc_text
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


def rename(products: Mapping[int, Product]) -> None:
    """Give products, by id, the part numbers and names that they have now."""
    connection.execute_many(
        "UPDATE product SET part_number = ?, name = ? WHERE id = ?",
        [(product.part_number, product.name, number) for number, product in products.items()],
    )


def set_scope(product_id: int, scope: Scope) -> None:
    """What a product belongs to from now on."""
    connection.execute_many(
        "UPDATE product SET scope = ?, assignable_to = ? WHERE id = ?", [(str(scope), scope.assignable_to, product_id)]
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


def accounts_holding() -> dict[int, int]:
    """How many accounts have seats of a product, by product id; of the products that anybody has."""
    sql = "SELECT product_id, COUNT(*) FROM subscription WHERE seats > 0 GROUP BY product_id"
    return dict(connection.rows_of(sql))


def holders(product_id: int, since: datetime) -> int:
    """How many accounts have seats of a product, or had some at any time since then (UTC)."""
    sql = (
        "SELECT COUNT(*) FROM (SELECT account_id FROM subscription WHERE product_id = ? AND seats > 0"
        " UNION SELECT account_id FROM seat_entry WHERE product_id = ? AND recorded_at >= ?)"
    )
    return int(next(connection.rows_of(sql, product_id, product_id, utc_text(since)))[0])


def service_since(account_id: int) -> datetime | None:
    """When (UTC) Microsoft 365 was enabled for an account; None before."""
    row = first(models.Account.select(models.Account.service_since).where(models.Account.id == account_id))
    return row["service_since"] if row else None
