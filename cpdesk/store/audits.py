"""Reading the audit log."""

import json
from typing import Any

from cpdesk.domain.rows import AuditRow
from cpdesk.store import connection
from cpdesk.store.fields import from_utc_text


def listed(account_id: int | None, *, limit: int | None = None, own_numbers: bool = False) -> list[AuditRow]:
    """Entries, newest first; of one account if `account_id` is given.

    With `own_numbers` entries are counted within the account, so that the
    numbers say nothing about other accounts.
    """
    number = "row_number() OVER (ORDER BY entry.id)" if own_numbers else "entry.id"
    where, params = ("WHERE entry.account_id = ?", [account_id]) if account_id is not None else ("", [])
    rows = connection.rows_of(
        f"SELECT {number}, entry.recorded_at, entry.effective_at, entry.operator, entry.role, account.name,"
        " entry.action, entry.subject, entry.before, entry.after, entry.reason"
        " FROM audit_entry AS entry LEFT JOIN account ON account.id = entry.account_id"
        f" {where} ORDER BY entry.id DESC LIMIT ?",
        *params,
        -1 if limit is None else limit,
    )
    return [_row(row) for row in rows]


def _row(row: tuple[Any, ...]) -> AuditRow:
    number, recorded, effective, operator, role, account, action, subject, before, after, reason = row
    return AuditRow(
        number=number,
        recorded_at=from_utc_text(recorded),
        effective_at=from_utc_text(effective),
        operator=operator,
        role=role,
        account=account,
        action=action,
        subject=subject,
        before=json.loads(before) if before else None,
        after=json.loads(after) if after else None,
        reason=reason,
    )
