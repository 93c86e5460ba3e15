"""Subscriptions: what accounts hold of each product."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from peewee import JOIN

from cpdesk.domain.accounts import Status
from cpdesk.domain.low_seats import is_low
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import SubscriptionRow
from cpdesk.domain.seats import Holding
from cpdesk.store import connection
from cpdesk.store.models import Account, Product, SeatThreshold, Subscription
from cpdesk.store.rows import tuples

_OF_THE_SAME = (SeatThreshold.account == Subscription.account) & (SeatThreshold.product == Subscription.product)


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
            Account.mode,
            Account.status,
            Product.id,
            Product.part_number,
            Product.guid,
            Product.name,
            Product.assignable_to,
            Subscription.seats,
            Subscription.assigned,
            SeatThreshold.threshold,
        )
        .join_from(Subscription, Account)
        .join_from(Subscription, Product)
        .join_from(Subscription, SeatThreshold, JOIN.LEFT_OUTER, on=_OF_THE_SAME)
        .where((Subscription.account == account_id) & (Subscription.seats > 0))
        .order_by(Product.name, Product.part_number)
    )
    return [_row(mode, status, *facts) for mode, status, *facts in tuples(query)]


def _row(mode: Mode, status: Status, *facts: Any) -> SubscriptionRow:
    row = SubscriptionRow(*facts)
    return replace(row, low=is_low(mode, status, row.assignable_to, row.seats, row.assigned, row.threshold))
