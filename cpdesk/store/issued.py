"""The reseller's own company, and what was issued: statements with their numbers, and corrections to them."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from cpdesk.domain import audit, own_company
from cpdesk.domain.issuing import Correction, kind_of
from cpdesk.domain.own_company import OwnCompany
from cpdesk.store import connection, settings
from cpdesk.store.fields import UnreadableValueError, from_day_text, from_utc_text, utc_text
from cpdesk.store.rows import in_parts

_COMPANY_KEY = "own_company"
_LOGO_KEY = "logo "
"""With the digest of the picture behind it: each logo is kept once, and as long as there are statements with it."""


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """An issued statement as it is kept."""

    id: int
    account_id: int
    month: date
    """Its first day."""
    number: str
    issued_at: datetime
    """UTC."""
    content: str
    """JSON: everything that was printed on it."""


def company() -> OwnCompany:
    """The reseller's own company; empty until it was entered."""
    stored = settings.get(_COMPANY_KEY)
    if not stored:
        return OwnCompany()
    try:
        facts = json.loads(stored)
        return own_company.from_plain(facts, logo(facts["logo"]))
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise UnreadableValueError(_COMPANY_KEY) from error


def save_company(saved: OwnCompany) -> None:
    """Keep the reseller's own company; inside a write transaction."""
    settings.put(_COMPANY_KEY, audit.canonical(saved.as_plain()))
    if saved.logo:
        settings.put(_LOGO_KEY + saved.logo_digest, base64.b64encode(saved.logo).decode("ascii"))


def logo(digest: str) -> bytes:
    """The picture that has a digest; nothing where it is not kept."""
    return base64.b64decode(settings.get(_LOGO_KEY + digest)) if digest else b""


def numbers(account_id: int) -> dict[date, str]:
    """The numbers of the statements that were issued to an account, by the first day of the month."""
    rows = connection.rows_of("SELECT month, number FROM issued_statement WHERE account_id = ?", account_id)
    return {from_day_text(month): number for month, number in rows}


def of_account(account_id: int) -> list[StoredStatement]:
    """What was issued to an account, newest month first."""
    return _statements("account_id = ? ORDER BY month DESC", account_id)


def of_month(account_ids: Sequence[int], month: date) -> dict[int, StoredStatement]:
    """The statements of a month (its first day) that were issued, by account id."""
    found: list[StoredStatement] = []
    for part in in_parts(account_ids):
        marks = ", ".join("?" * len(part))
        found += _statements(f"month = ? AND account_id IN ({marks})", month.isoformat(), *part)
    return {statement.account_id: statement for statement in found}


def corrections(statement_ids: Sequence[int]) -> dict[int, list[Correction]]:
    """What was put under statements, oldest first, by the id of the statement."""
    found: dict[int, list[Correction]] = {number: [] for number in statement_ids}
    for part in in_parts(statement_ids):
        marks = ", ".join("?" * len(part))
        rows = connection.rows_of(
            "SELECT statement_id, number, issued_at, text, amount, reason FROM statement_correction"
            f" WHERE statement_id IN ({marks}) ORDER BY id",
            *part,
        )
        for statement, *columns in rows:
            found[statement].append(_correction(*columns))
    return found


def next_place(year: int) -> int:
    """The place that the next statement gets among those of a year; valid while the write lock is held."""
    pattern = f"{year:04d}-{'[0-9]' * 6}"
    latest = next(connection.rows_of("SELECT max(number) FROM issued_statement WHERE number GLOB ?", pattern))[0]
    return int(latest.rpartition("-")[2]) + 1 if latest else 1


def id_of(number: str) -> int:
    """The id of the statement with a number, which has to exist."""
    return int(next(connection.rows_of("SELECT id FROM issued_statement WHERE number = ?", number))[0])


def next_id() -> int:
    """The id that the next statement will get; valid while the write lock is held."""
    return int(next(connection.rows_of("SELECT coalesce(max(id), 0) + 1 FROM issued_statement"))[0])


def next_correction_id() -> int:
    """The id that the next correction will get; valid while the write lock is held."""
    return int(next(connection.rows_of("SELECT coalesce(max(id), 0) + 1 FROM statement_correction"))[0])


def insert(statement: StoredStatement, audit_id: int) -> None:
    """Keep an issued statement, which the audit entry `audit_id` describes."""
    connection.execute_many(
        "INSERT INTO issued_statement (id, account_id, month, number, issued_at, content, audit_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                statement.id,
                statement.account_id,
                statement.month.isoformat(),
                statement.number,
                utc_text(statement.issued_at),
                statement.content,
                audit_id,
            )
        ],
    )


def insert_correction(correction_id: int, statement_id: int, correction: Correction, audit_id: int) -> None:
    """Put a correction under a statement, which the audit entry `audit_id` describes."""
    connection.execute_many(
        "INSERT INTO statement_correction (id, statement_id, number, issued_at, text, amount, reason, audit_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                correction_id,
                statement_id,
                correction.number,
                utc_text(correction.issued_at),
                correction.text,
                str(correction.amount),
                correction.reason,
                audit_id,
            )
        ],
    )


def _statements(where: str, *params: object) -> list[StoredStatement]:
    rows = connection.rows_of(
        f"SELECT id, account_id, month, number, issued_at, content FROM issued_statement WHERE {where}", *params
    )
    return [
        StoredStatement(number, account, from_day_text(month), named, from_utc_text(issued_at), content)
        for number, account, month, named, issued_at, content in rows
    ]


def _correction(number: str, issued_at: str, text: str, amount: str, reason: str) -> Correction:
    try:
        return Correction(number, kind_of(number), from_utc_text(issued_at), text, Decimal(amount), reason)
    except (ValueError, InvalidOperation) as error:
        raise UnreadableValueError(number) from error
