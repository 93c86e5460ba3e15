"""Subscriptions: what accounts hold of each product."""

from collections import defaultdict
from collections.abc import Sequence

from cpdesk.domain.rows import SubscriptionRow
from cpdesk.domain.seats import Holding
from cpdesk.store import connection
from cpdesk.store.models import Product, Subscription
from cpdesk.store.rows import tuples


def of_account(account_id: int) -> list[Holding]:
    """The counts of one account."""
    rows = connection.rows_of(
        "SELECT account_id, product_id, seats, assigned FROM subscription WHERE account_id = ?", account_id
    )
    return [Holding(*row) for row in rows]


def of_accounts(account_ids: Sequence[int]) -> dict[int, list[Holding]]:
    """The counts of many accounts, by account id."""
    found: defaultdict[int, list[Holding]] = defaultdict(list)
    marks = ", ".join("?" * len(account_ids))
    rows = connection.rows_of(
        f"SELECT account_id, product_id, seats, assigned FROM subscription WHERE account_id IN ({marks})",
        *account_ids,
    )
    for row in rows:
        found[row[0]].append(Holding(*row))
    return found


def with_pending(only: int | None = None) -> dict[int, list[SubscriptionRow]]:
    """By account with a pending switch: its subscriptions with at least one seat, by product name."""
    which, params = ("", ()) if only is None else (" AND held.account_id = ?", (only,))
    rows = connection.rows_of(
        "SELECT held.account_id, product.id, part_number, guid, name, assignable_to, seats, assigned"
        " FROM mode_switch AS switch JOIN subscription AS held ON held.account_id = switch.account_id"
        " JOIN product ON product.id = held.product_id"
        f" WHERE switch.state = 'pending' AND seats > 0{which} ORDER BY product.name, product.id",
        *params,
    )
    found: defaultdict[int, list[SubscriptionRow]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(SubscriptionRow(*row[1:]))
    return found


def listed(account_id: int) -> list[SubscriptionRow]:
    """Subscriptions with at least one seat, by product name."""
    query = (
        Subscription.select(
            Product.id,
            Product.part_number,
            Product.guid,
            Product.name,
            Product.assignable_to,
            Subscription.seats,
            Subscription.assigned,
        )
        .join(Product)
        .where((Subscription.account == account_id) & (Subscription.seats > 0))
        .order_by(Product.name, Product.part_number)
    )
    return [SubscriptionRow(*row) for row in tuples(query)]
