"""At how many available seats of a product an account wants to be warned."""

from collections.abc import Iterator

from cpdesk.domain.accounts import Status
from cpdesk.domain.low_seats import LowRow, is_low
from cpdesk.domain.modes import Mode
from cpdesk.store import connection
from cpdesk.store.fields import word

_MODES = {str(mode): mode for mode in Mode}
_STATES = {str(status): status for status in Status}
_KEPT = """
    SELECT account.mode, account.status, product.assignable_to, account.id, account.name, account.domain,
        product.id, product.part_number, product.guid, product.name, held.seats, held.assigned, kept.threshold
    FROM seat_threshold AS kept
    JOIN subscription AS held ON held.account_id = kept.account_id AND held.product_id = kept.product_id
    JOIN account ON account.id = kept.account_id JOIN product ON product.id = kept.product_id
    {which} ORDER BY account.name_key, account.id, product.name, product.id
"""


def get(account_id: int, product_id: int) -> int | None:
    """The threshold of a product; None where there is none."""
    sql = "SELECT threshold FROM seat_threshold WHERE account_id = ? AND product_id = ?"
    row = next(connection.rows_of(sql, account_id, product_id), None)
    return row[0] if row else None


def put(account_id: int, product_id: int, threshold: int | None) -> None:
    """Set the threshold of a product; None takes it away."""
    gone = [(account_id, product_id)]
    connection.execute_many("DELETE FROM seat_threshold WHERE account_id = ? AND product_id = ?", gone)
    kept = [] if threshold is None else [(account_id, product_id, threshold)]
    connection.execute_many("INSERT INTO seat_threshold (account_id, product_id, threshold) VALUES (?, ?, ?)", kept)


def low(only: int | None) -> Iterator[LowRow]:
    """The products to warn of, in all accounts or one: by account and product name."""
    which, params = ("", ()) if only is None else ("WHERE kept.account_id = ?", (only,))
    for mode, status, assignable_to, *facts in connection.rows_of(_KEPT.format(which=which), *params):
        row = LowRow(*facts)
        if is_low(word(_MODES, mode), word(_STATES, status), assignable_to, row.seats, row.assigned, row.threshold):
            yield row
