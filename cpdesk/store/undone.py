"""Which entries of the audit log were taken back."""

from cpdesk.store import connection

_ABOUT_ENTRIES = "action IN ('license.undone', 'seats.undone')"
"""The undo of a deletion is about the user instead, whose row knows by which entry it was deleted."""


def entries(account_id: int, since: int) -> set[int]:
    """Numbers of the account's entries, from `since` on, that were taken back: an undo is about "entry N"."""
    rows = connection.rows_of(
        f"SELECT subject FROM audit_entry WHERE account_id = ? AND id > ? AND {_ABOUT_ENTRIES}", account_id, since
    )
    return {int(row[0].removeprefix("entry ")) for row in rows}
