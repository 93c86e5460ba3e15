"""The service plans that this database knows, and which products include them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from cpdesk.domain.product_file import ServicePlan
from cpdesk.store import connection


def by_guid() -> dict[str, ServicePlan]:
    """All service plans."""
    rows = connection.rows_of("SELECT guid, name, title FROM service_plan")
    return {row[0]: ServicePlan(*row) for row in rows}


def of_products() -> dict[int, frozenset[str]]:
    """GUIDs of service plans by product id, of the products that have any."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    sql = "SELECT product_id, guid FROM product_plan JOIN service_plan ON service_plan.id = plan_id"
    for product_id, guid in connection.rows_of(sql):
        found[product_id].add(guid)
    return {product_id: frozenset(guids) for product_id, guids in found.items()}


def counts() -> dict[int, int]:
    """How many service plans a product has, by product id; of the products that have any."""
    return dict(connection.rows_of("SELECT product_id, COUNT(*) FROM product_plan GROUP BY product_id"))


def of_product(product_id: int) -> list[ServicePlan]:
    """The service plans of a product, by the name that people use."""
    rows = connection.rows_of(
        "SELECT guid, name, title FROM product_plan JOIN service_plan ON service_plan.id = plan_id"
        " WHERE product_id = ?",
        product_id,
    )
    return sorted((ServicePlan(*row) for row in rows), key=lambda plan: (plan.title.casefold(), plan.name))


def put(plans: Iterable[ServicePlan]) -> None:
    """Add service plans, or give those that are there these names."""
    connection.execute_many(
        "INSERT INTO service_plan (guid, name, title) VALUES (?, ?, ?)"
        " ON CONFLICT (guid) DO UPDATE SET name = excluded.name, title = excluded.title",
        [(plan.guid, plan.name, plan.title) for plan in plans],
    )


def put_of_products(plans: Mapping[int, Set[str]]) -> None:
    """What products include from now on, by product id; the plans have to be there."""
    connection.execute_many("DELETE FROM product_plan WHERE product_id = ?", [(product_id,) for product_id in plans])
    connection.execute_many(
        "INSERT INTO product_plan (product_id, plan_id) SELECT ?, id FROM service_plan WHERE guid = ?",
        [(product_id, guid) for product_id, guids in plans.items() for guid in sorted(guids)],
    )
