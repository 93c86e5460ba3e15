"""Reading the audit log."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from cpdesk.domain.rows import AuditRow
from cpdesk.store import connection
from cpdesk.store.fields import from_utc_text

OwnNumbers = Mapping[str, Mapping[int, int]]
"""By kind: the number in the whole database, and the one within an account."""

_COUNTED = {"user": "user", "switch": "mode_switch", "operator": "operator", "entry": "audit_entry"}
"""The tables whose numbers run on over all accounts, by the word for their rows."""


def listed(account_id: int | None, *, limit: int | None = None, own_numbers: bool = False) -> list[AuditRow]:
    """Entries, newest first; of one account if `account_id` is given.

    With `own_numbers` entries and what they are about are counted within the
    account, so that the numbers say nothing about other accounts.
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
    entries = [_row(row) for row in rows]
    if account_id is None or not own_numbers:
        return entries
    own = _own_numbers(account_id)
    return [_renumbered(entry, own) for entry in entries]


def _own_numbers(account_id: int) -> OwnNumbers:
    return {
        kind: {row[0]: number for number, row in enumerate(_ids(table, account_id), start=1)}
        for kind, table in _COUNTED.items()
    }


def _ids(table: str, account_id: int) -> Iterator[tuple[Any, ...]]:
    return connection.rows_of(f"SELECT id FROM {table} WHERE account_id = ? ORDER BY id", account_id)


def _renumbered(entry: AuditRow, own: OwnNumbers) -> AuditRow:
    kind, _, number = entry.subject.partition(" ")
    subject = f"{kind} {own[kind].get(int(number), 0)}" if kind in own and number.isdecimal() else entry.subject
    return replace(
        entry, subject=subject, before=_switch_renumbered(entry.before, own), after=_switch_renumbered(entry.after, own)
    )


def _switch_renumbered(facts: dict[str, object] | None, own: OwnNumbers) -> dict[str, object] | None:
    switch = facts.get("switch") if facts else None
    if not facts or not isinstance(switch, dict):
        return facts
    numbers = {"id": own["switch"].get(switch["id"], 0), "audit_id": own["entry"].get(switch["audit_id"], 0)}
    return facts | {"switch": switch | numbers}


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
