"""Which entries of the audit log were taken back, and which can no longer be."""

from cpdesk.store import connection

_ABOUT_ENTRIES = "action IN ('license.undone', 'seats.undone')"
"""The undo of a deletion is about the user instead, whose row knows by which entry it was deleted."""


def entries(account_id: int, since: int) -> set[int]:
    """Numbers of the account's entries, from `since` on, that were taken back: an undo is about "entry N"."""
    rows = connection.rows_of(
        f"SELECT subject FROM audit_entry WHERE account_id = ? AND id > ? AND {_ABOUT_ENTRIES}", account_id, since
    )
    return {int(row[0].removeprefix("entry ")) for row in rows}


def last_moves(account_id: int, since: int) -> dict[tuple[int, int], int]:
    """Number of the latest entry, from `since` on, by which a user got or lost a product, by both their ids."""
    rows = connection.rows_of(
        "SELECT user_id, product_id, max(audit_id) FROM seat_entry"
        " WHERE audit_id >= ? AND account_id = ? AND user_id IS NOT NULL GROUP BY user_id, product_id",
        since,
        account_id,
    )
    return {(user_id, product_id): audit_id for user_id, product_id, audit_id in rows}
