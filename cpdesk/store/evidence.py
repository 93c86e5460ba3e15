"""What `check` reads: every table as it is stored, without the help of the code that wrote it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from cpdesk.store import connection
from cpdesk.store.journal import AUDIT_COLUMNS, LEDGER_COLUMNS
from cpdesk.store.switches import COLUMNS as SWITCH_COLUMNS

Row = tuple[Any, ...]

_FITTING = defaultdict(lambda: "text", {"INTEGER": "integer"})
"""What SQLite calls the type of a value that belongs into a column, by the column's declared type."""


def integrity() -> list[str]:
    """SQLite's own findings about pages, indexes and constraints; empty where all is well."""
    found = [str(row[0]) for row in connection.rows_of("PRAGMA integrity_check(100)")]
    broken = [f"{row[0]} {row[1]} -> {row[2]}" for row in connection.rows_of("PRAGMA foreign_key_check")]
    return [text for text in found if text != "ok"] + broken


def misfits() -> list[tuple[str, int]]:
    """Columns that hold values of another type than theirs, which SQLite lets anybody store, and how many."""
    found = []
    for table in connection.database.get_tables():
        columns = list(connection.rows_of(f'SELECT name, type FROM pragma_table_info("{table}")'))
        sums = ", ".join(f"sum(typeof(\"{name}\") NOT IN ('null', '{_FITTING[kind]}'))" for name, kind in columns)
        counts = next(connection.rows_of(f'SELECT {sums} FROM "{table}"'))
        found += [(f"{table}.{column[0]}", count) for column, count in zip(columns, counts, strict=True) if count]
    return found


def audit_rows() -> Iterator[Row]:
    """All audit entries, oldest first, in the order of `journal.AUDIT_COLUMNS`."""
    return connection.rows_of(f"SELECT {AUDIT_COLUMNS} FROM audit_entry ORDER BY id")


def ledger_rows() -> Iterator[Row]:
    """All ledger entries, oldest first, in the order of `journal.LEDGER_COLUMNS`."""
    return connection.rows_of(f"SELECT {LEDGER_COLUMNS} FROM seat_entry ORDER BY id")


def switch_rows() -> Iterator[Row]:
    """All mode switches, oldest first, in the order of `switches.COLUMNS`."""
    return connection.rows_of(f"SELECT {SWITCH_COLUMNS} FROM mode_switch ORDER BY id")


def subscriptions() -> dict[tuple[int, int], tuple[int, int]]:
    """Seats and assigned seats by account id and product id."""
    rows = connection.rows_of("SELECT account_id, product_id, seats, assigned FROM subscription")
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def assignments() -> set[tuple[int, int, int]]:
    """Account id, user id and product id of every seat that is held."""
    return set(connection.rows_of("SELECT account_id, user_id, product_id FROM assignment"))


def deleted_holders() -> list[int]:
    """Ids of deleted users, or users of another account, who still hold a seat."""
    rows = connection.rows_of(
        "SELECT DISTINCT user.id FROM assignment JOIN user ON user.id = assignment.user_id"
        " WHERE user.deleted_at IS NOT NULL OR user.account_id <> assignment.account_id"
    )
    return [row[0] for row in rows]


def account_modes() -> dict[int, str]:
    """The stored mode of each account, by account id."""
    return {row[0]: row[1] for row in connection.rows_of("SELECT id, mode FROM account")}


def tenant_products() -> set[int]:
    """Ids of the products that no user can hold."""
    return {row[0] for row in connection.rows_of("SELECT id FROM product WHERE assignable_to = 'tenant'")}
