"""When the ledger of accounts begins."""

from collections.abc import Sequence
from datetime import datetime

from cpdesk.store import clock_corrections, connection
from cpdesk.store.fields import from_utc_text
from cpdesk.store.rows import in_parts


def of_accounts(account_ids: Sequence[int]) -> dict[int, datetime]:
    """When (UTC) the first entry took effect, by account id; accounts without an entry are left out."""
    found: dict[int, datetime] = {}
    at = clock_corrections.counted("effective_at")
    for part in in_parts(account_ids):
        marks = ", ".join("?" * len(part))
        rows = connection.rows_of(
            f"SELECT account_id, min({at}) FROM seat_entry WHERE account_id IN ({marks}) GROUP BY account_id",
            *part,
        )
        found.update((account_id, from_utc_text(first)) for account_id, first in rows)
    return found
