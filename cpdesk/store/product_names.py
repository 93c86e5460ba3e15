"""What operators said that product names in files mean."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from cpdesk.domain.user_import.choices import SKIP
from cpdesk.store import connection
from cpdesk.store.fields import utc_text


def answers(account_id: int) -> dict[str, str]:
    """The answers that count for an account, by name key: GUIDs, or SKIP. Its own go before those for all."""
    rows = connection.rows_of(
        "SELECT name_key, guid FROM name_answer LEFT JOIN product ON product.id = product_id"
        " WHERE account_id = ? OR account_id IS NULL ORDER BY account_id IS NOT NULL",
        account_id,
    )
    return {str(key): SKIP if guid is None else str(guid) for key, guid in rows}


def answered_for_all(account_id: int) -> frozenset[str]:
    """The name keys for which an account has no answer of its own, only the one for all accounts."""
    rows = connection.rows_of(
        "SELECT name_key FROM name_answer WHERE account_id IS NULL"
        " EXCEPT SELECT name_key FROM name_answer WHERE account_id = ?",
        account_id,
    )
    return frozenset(str(row[0]) for row in rows)


def remember(account_id: int | None, given: Mapping[str, int | None], operator: str, now: datetime) -> None:
    """Keep answers in place of earlier ones: product ids (None: skip) by name key, for one account or for all."""
    connection.execute_many(
        "DELETE FROM name_answer WHERE account_id IS ? AND name_key = ?", [(account_id, key) for key in given]
    )
    connection.execute_many(
        "INSERT INTO name_answer (account_id, name_key, product_id, answered_by, answered_at) VALUES (?, ?, ?, ?, ?)",
        list(_rows(account_id, given, operator, utc_text(now))),
    )


def _rows(
    account_id: int | None, given: Mapping[str, int | None], operator: str, stamp: str
) -> Iterable[tuple[object, ...]]:
    return ((account_id, key, product_id, operator, stamp) for key, product_id in given.items())


def forget(account_id: int, keys: Iterable[str]) -> None:
    """Take back what was said for one account."""
    connection.execute_many(
        "DELETE FROM name_answer WHERE account_id = ? AND name_key = ?", [(account_id, key) for key in keys]
    )
