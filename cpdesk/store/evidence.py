"""What `check` reads: every table as it is stored, without the help of the code that wrote it."""

from collections import defaultdict
from collections.abc import Generator, Iterator
from datetime import datetime
from typing import Any

from cpdesk.domain.company_checking import StoredCompany
from cpdesk.domain.statement_checking import StoredStatements
from cpdesk.store import connection, word_index
from cpdesk.store.fields import utc_text
from cpdesk.store.journal import AUDIT_COLUMNS, LEDGER_COLUMNS
from cpdesk.store.planned import COLUMNS as PLAN_COLUMNS
from cpdesk.store.switches import COLUMNS as SWITCH_COLUMNS

Row = tuple[Any, ...]

_FITTING = defaultdict(lambda: "text", {"INTEGER": "integer"})
"""What SQLite calls the type of a value that belongs into a column, by the column's declared type."""


def integrity() -> list[str]:
    """SQLite's own findings about pages, indexes and constraints; empty where all is well."""
    found = [str(row[0]) for row in connection.rows_of("PRAGMA integrity_check(100)")]
    broken = [f"{row[0]} {row[1]} -> {row[2]}" for row in connection.rows_of("PRAGMA foreign_key_check")]
    return [text for text in found if text != "ok"] + broken


def foreign_code() -> list[tuple[str, str]]:
    """Name and kind of each trigger and view: no version of the program makes any (`contents.has_foreign_code`)."""
    return list(connection.rows_of("SELECT name, type FROM sqlite_master WHERE type IN ('trigger', 'view')"))


def misfits() -> list[tuple[str, int]]:
    """Columns that hold values of another type than theirs, which SQLite lets anybody store, and how many."""
    found = []
    for table in sorted(set(connection.database.get_tables()) - word_index.PARTS):
        columns = list(connection.rows_of(f'SELECT name, type FROM pragma_table_info("{table}")'))
        sums = ", ".join(f"sum(typeof(\"{name}\") NOT IN ('null', '{_FITTING[kind]}'))" for name, kind in columns)
        counts = next(connection.rows_of(f'SELECT {sums} FROM "{table}"'))
        found += [(f"{table}.{column[0]}", count) for column, count in zip(columns, counts, strict=True) if count]
    return found


def audit_rows() -> Generator[Row, None, None]:
    """All audit entries, oldest first, in the order of `journal.AUDIT_COLUMNS`. Close it if you stop before the end."""
    yield from connection.rows_of(f"SELECT {AUDIT_COLUMNS} FROM audit_entry ORDER BY id")


def ledger_rows() -> Iterator[Row]:
    """All ledger entries, oldest first, in the order of `journal.LEDGER_COLUMNS`."""
    return connection.rows_of(f"SELECT {LEDGER_COLUMNS} FROM seat_entry ORDER BY id")


def switch_rows() -> Iterator[Row]:
    """All mode switches, oldest first, in the order of `switches.COLUMNS`."""
    return connection.rows_of(f"SELECT {SWITCH_COLUMNS} FROM mode_switch ORDER BY id")


def plan_rows() -> Iterator[Row]:
    """All planned changes in the order of `planned.COLUMNS`."""
    return connection.rows_of(f"SELECT {PLAN_COLUMNS} FROM planned_change ORDER BY account_id, number")


def due_plans(now: datetime) -> Iterator[Row]:
    """Account id, number and due instant of the planned changes that wait though they are due at `now` (UTC)."""
    sql = (
        "SELECT account_id, number, due_at FROM planned_change WHERE state = 'planned' AND due_at <= ?"
        " ORDER BY due_at, account_id, number"
    )
    return connection.rows_of(sql, utc_text(now))


def subscriptions() -> dict[tuple[int, int], tuple[int, int]]:
    """Seats and assigned seats by account id and product id."""
    rows = connection.rows_of("SELECT account_id, product_id, seats, assigned FROM subscription")
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def thresholds() -> dict[tuple[int, str], int]:
    """Low-seat thresholds by account id and product GUID."""
    rows = connection.rows_of(
        "SELECT kept.account_id, product.guid, kept.threshold FROM seat_threshold AS kept"
        " JOIN product ON product.id = kept.product_id"
    )
    return {(row[0], row[1]): row[2] for row in rows}


def assignments() -> set[tuple[int, int, int]]:
    """Account id, user id and product id of every seat that is held."""
    return set(connection.rows_of("SELECT account_id, user_id, product_id FROM assignment"))


def people() -> dict[int, dict[str, Any]]:
    """Every user with all columns, by user id."""
    columns = [column for (column,) in connection.rows_of("SELECT name FROM pragma_table_info('user')")]
    rows = connection.rows_of(f"SELECT {', '.join(columns)} FROM user")
    return {row["id"]: row for row in (dict(zip(columns, values, strict=True)) for values in rows)}


def operators() -> dict[int, dict[str, Any]]:
    """Every operator with all columns but the password's, by operator id."""
    columns = ("email", "email_key", "role", "account_id", "created_at", "removed_at")
    rows = connection.rows_of(f"SELECT id, {', '.join(columns)} FROM operator")
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}


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


def companies() -> dict[int, StoredCompany]:
    """Each account with its domains, contacts and time zones, by account id."""
    domains = _grouped("SELECT account_id, position, domain, domain_key, kept FROM account_domain ORDER BY position")
    contacts = _grouped("SELECT account_id, position, name, email, phone, role FROM account_contact ORDER BY position")
    zones = _grouped("SELECT account_id, effective_on, time_zone FROM account_zone ORDER BY effective_on")
    columns = ("name", "name_key", "domain", "country", "currency", "time_zone", "status", "domain_free_on")
    return {
        row[0]: StoredCompany(
            dict(zip(columns, row[1:], strict=True)), domains[row[0]], contacts[row[0]], zones[row[0]]
        )
        for row in connection.rows_of(f"SELECT id, {', '.join(columns)} FROM account")
    }


def _grouped(sql: str) -> defaultdict[int, list[Row]]:
    """Rows without their first column, by that column."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in connection.rows_of(sql):
        found[row[0]].append(row[1:])
    return found


def issued() -> StoredStatements:
    """Issued statements and their corrections with all columns, the reseller's own company, and its pictures."""
    kept = dict(connection.rows_of("SELECT key, value FROM setting WHERE key = 'own_company' OR key LIKE 'logo %'"))
    company = str(kept.pop("own_company", ""))
    logos = {key.removeprefix("logo "): str(value) for key, value in kept.items()}
    return StoredStatements(_columns_of("issued_statement"), _columns_of("statement_correction"), company, logos)


def _columns_of(table: str) -> list[dict[str, Any]]:
    columns = [column for (column,) in connection.rows_of(f"SELECT name FROM pragma_table_info('{table}')")]
    rows = connection.rows_of(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")
    return [dict(zip(columns, values, strict=True)) for values in rows]


def pending_accounts() -> set[int]:
    """Ids of the accounts in which a switch is pending."""
    return {row[0] for row in connection.rows_of("SELECT account_id FROM mode_switch WHERE state = 'pending'")}


def closed_accounts() -> set[int]:
    """Ids of the accounts that are closed."""
    return {row[0] for row in connection.rows_of("SELECT id FROM account WHERE status = 'closed'")}


def tenant_products() -> set[int]:
    """Ids of the products that no user can hold."""
    return {row[0] for row in connection.rows_of("SELECT id FROM product WHERE assignable_to = 'tenant'")}
