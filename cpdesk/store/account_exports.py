"""What of one account is read for nothing else but its export."""

from collections.abc import Iterator
from typing import Any

from cpdesk.store import connection


def ledger(account_id: int) -> Iterator[dict[str, Any]]:
    """Every change of seats and assignments, oldest first, numbered within the account."""
    rows = connection.rows_of(
        "SELECT product.part_number, user.upn, line.kind, line.seats, line.assigned, line.seats_after,"
        " line.assigned_after, line.recorded_at, line.effective_at FROM seat_entry AS line"
        " JOIN product ON product.id = line.product_id LEFT JOIN user ON user.id = line.user_id"
        " WHERE line.account_id = ? ORDER BY line.id",
        account_id,
    )
    names = (
        "number",
        "product",
        "user",
        "kind",
        "seats",
        "assigned",
        "seats_after",
        "assigned_after",
        "recorded_at",
        "effective_at",
    )
    return (dict(zip(names, (number, *row), strict=True)) for number, row in enumerate(rows, start=1))
