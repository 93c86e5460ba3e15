"""Reading the audit log."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cpdesk.domain.audit_query import PREFIXES, AuditQuery, ChangeGroup, Words
from cpdesk.domain.rows import AuditRow
from cpdesk.store import connection
from cpdesk.store.fields import from_utc_text, utc_text

OwnNumbers = Mapping[str, Mapping[int, int]]
"""By kind: the number in the whole database, and the one within an account."""

_COUNTED = {"user": "user", "switch": "mode_switch", "operator": "operator", "entry": "audit_entry"}
"""The tables whose numbers run on over all accounts, by the word for their rows."""

_COLUMNS = (
    "entry.id, entry.recorded_at, entry.effective_at, entry.operator, entry.role, account.name, entry.account_id,"
    " entry.action, entry.subject, entry.before, entry.after, entry.reason"
)
_HIDDEN = {
    "user.erased": frozenset({"entries"}),
    "account.contact_erased": frozenset({"entries"}),
    "operator.erased": frozenset({"entries"}),
    "prices.schedule_assigned": frozenset({"schedule"}),
    "statement.issued": frozenset({"statement"}),
    "statement.corrected": frozenset({"statement", "correction"}),
}
"""Facts by action that tell of other accounts: names of schedules, and rows counted over all accounts."""

_AT_ONCE = 5000
"""Entries asked for in one statement: SQLite takes no statement of any length."""

_TABLES = "audit_entry AS entry LEFT JOIN account ON account.id = entry.account_id"


def listed(account_id: int | None, *, limit: int | None = None, own_numbers: bool = False) -> list[AuditRow]:
    """Entries, newest first; of one account if `account_id` is given.

    With `own_numbers` entries and what they are about are counted within the
    account, so that the numbers say nothing about other accounts; nor do the facts.
    """
    where = _Where(AuditQuery(account_id=account_id))
    rows = connection.rows_of(
        f"SELECT {_COLUMNS} FROM {_TABLES} {where.sql} ORDER BY entry.id DESC LIMIT ?",
        *where.params,
        -1 if limit is None else limit,
    )
    return _shown([_row(row) for row in rows], account_id if own_numbers else None)


def found(query: AuditQuery, words: Words, *, own_numbers: bool = False) -> tuple[int, ...]:
    """The numbers of the entries that a query asks for, newest first; `words` are those of its text."""
    where = _Where(query)
    if not words:
        sql = f"SELECT entry.id FROM audit_entry AS entry {where.sql} ORDER BY entry.id DESC"
        ids = [row[0] for row in connection.rows_of(sql, *where.params)]
    else:
        sql = f"SELECT {_COLUMNS} FROM {_TABLES} {where.sql} ORDER BY entry.id DESC"
        rows = connection.rows_of(sql, *where.params)
        likely = (row for row in rows if words.could_be_in(*_stored_texts(row)))
        ids = [row[0] for row in likely if words.are_in(_seen(row, own_numbers=own_numbers))]
    if not own_numbers or query.account_id is None:
        return tuple(ids)
    own = {row[0]: number for number, row in enumerate(_ids("audit_entry", query.account_id), start=1)}
    return tuple(own[audit_id] for audit_id in ids)


def some(numbers: Sequence[int], account_id: int | None, *, own_numbers: bool = False) -> list[AuditRow]:
    """The entries with these numbers in this order, without those of other accounts if `account_id` is given."""
    ids = list(numbers)
    if own_numbers and account_id is not None:
        known = [row[0] for row in _ids("audit_entry", account_id)]
        ids = [known[number - 1] for number in numbers if 0 < number <= len(known)]
    where = _Where(AuditQuery(account_id=account_id))
    by_id: dict[int, AuditRow] = {}
    for start in range(0, len(ids), _AT_ONCE):
        marks = ", ".join(str(int(number)) for number in ids[start : start + _AT_ONCE])
        condition = f"{where.sql or 'WHERE 1'} AND entry.id IN ({marks})"
        rows = connection.rows_of(f"SELECT {_COLUMNS} FROM {_TABLES} {condition}", *where.params)
        by_id |= {row[0]: _row(row) for row in rows}
    return _shown([by_id[number] for number in ids if number in by_id], account_id if own_numbers else None)


def operators(account_id: int | None) -> list[str]:
    """Who stands in the log, of one account or of all, in alphabetical order."""
    where = _Where(AuditQuery(account_id=account_id))
    sql = f"SELECT DISTINCT entry.operator FROM audit_entry AS entry {where.sql} ORDER BY entry.operator"
    return [row[0] for row in connection.rows_of(sql, *where.params)]


def first_hash() -> str:
    """The hash of the first entry; empty in an empty log."""
    row = next(connection.rows_of("SELECT hash FROM audit_entry ORDER BY id LIMIT 1"), None)
    return str(row[0]) if row else ""


def last_number() -> int:
    """The number of the latest entry; 0 in an empty log."""
    return int(next(connection.rows_of("SELECT coalesce(max(id), 0) FROM audit_entry"))[0])


def sealed(number: int) -> tuple[str, str] | None:
    """When the entry with a number was recorded, as it is stored, and its hash; None where there is none."""
    row = next(connection.rows_of("SELECT recorded_at, hash FROM audit_entry WHERE id = ?", number), None)
    return (str(row[0]), str(row[1])) if row else None


def count() -> int:
    """How many entries there are."""
    return int(next(connection.rows_of("SELECT count(*) FROM audit_entry"))[0])


class _Where:
    """The condition of a query, all but its words."""

    def __init__(self, query: AuditQuery) -> None:
        times = (query.since and utc_text(query.since), query.until and utc_text(query.until))
        asked = (
            ("entry.account_id = ?", query.account_id),
            ("entry.operator = ?", query.operator or None),
            ("entry.recorded_at >= ?", times[0]),
            ("entry.recorded_at < ?", times[1]),
        )
        parts = [sql for sql, value in asked if value is not None]
        self.params = [value for _sql, value in asked if value is not None]
        if query.groups:
            parts.append("(" + " OR ".join(_of_group(group) for group in sorted(query.groups)) + ")")
        self.sql = "WHERE " + " AND ".join(parts) if parts else ""


def _of_group(group: ChangeGroup) -> str:
    """A condition that holds for the actions of a group; the words in it are our own."""
    if group in PREFIXES:
        return "(" + " OR ".join(f"entry.action LIKE '{prefix}.%'" for prefix in PREFIXES[group]) + ")"
    return "NOT (" + " OR ".join(map(_of_group, PREFIXES)) + ")"


def _seen(row: tuple[Any, ...], *, own_numbers: bool) -> AuditRow:
    """The entry with the facts that its reader gets: nothing else may be found."""
    return _without_others(_row(row)) if own_numbers else _row(row)


def _without_others(entry: AuditRow) -> AuditRow:
    """The entry without the facts that tell of other accounts; a statement goes by its printed number."""
    hidden = _HIDDEN.get(entry.action)
    if hidden is None:
        return entry
    before, after = _known(entry.before, hidden), _known(entry.after, hidden)
    subject = entry.subject
    if subject.startswith("statement "):
        # A log that was altered may hold anything.
        subject = f"statement {after.get('number', '') if isinstance(after, dict) else ''}".rstrip()
    return replace(entry, subject=subject, before=before or None, after=after)


def _known(facts: dict[str, object] | None, hidden: frozenset[str]) -> dict[str, object] | None:
    return {name: value for name, value in facts.items() if name not in hidden} if isinstance(facts, dict) else facts


def _stored_texts(row: tuple[Any, ...]) -> tuple[str, ...]:
    """What words are looked for in, as it is stored: operator, account, before, after, reason."""
    return (str(row[3]), row[5] or "", str(row[9]), str(row[10]), str(row[11]))


def _shown(entries: list[AuditRow], own_account: int | None) -> list[AuditRow]:
    """The entries, numbered within an account if one is given."""
    if own_account is None:
        return entries
    own = _own_numbers(own_account)
    return [_renumbered(_without_others(entry), own) for entry in entries]


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
        entry,
        number=own["entry"][entry.number],
        subject=subject,
        before=_facts_renumbered(entry.before, own),
        after=_facts_renumbered(entry.after, own),
    )


def _facts_renumbered(facts: dict[str, object] | None, own: OwnNumbers) -> dict[str, object] | None:
    """The same with the numbers within an account of the switch, or of the user who is planned to leave."""
    if not facts:
        return facts
    switch, plan = facts.get("switch"), facts.get("plan")
    if isinstance(switch, dict):
        numbers = {"id": own["switch"].get(switch["id"], 0), "audit_id": own["entry"].get(switch["audit_id"], 0)}
        return facts | {"switch": switch | numbers}
    content = plan.get("content") if isinstance(plan, dict) else None
    if isinstance(plan, dict) and isinstance(content, dict) and "user_id" in content:
        leaver = content | {"user_id": own["user"].get(content["user_id"], 0)}
        return facts | {"plan": plan | {"content": leaver}}
    return facts


def _row(row: tuple[Any, ...]) -> AuditRow:
    number, recorded, effective, operator, role, account, account_id, action, subject, before, after, reason = row
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
        account_id=account_id,
    )
