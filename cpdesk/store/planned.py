"""Planned changes: what waits for its date, and what came of what did."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from cpdesk.domain.audit import canonical
from cpdesk.domain.planned import Leaver, PlanKind, PlannedChange, PlanState, read_content, read_outcome
from cpdesk.store import connection, users
from cpdesk.store.fields import UnreadableValueError, from_day_text, from_utc_text, utc_text, word

COLUMNS = (
    "account_id, number, kind, state, due_on, time_zone, due_at, planned_at, planned_by, reason, content, outcome,"
    " ended_at, ended_by, seen"
)
"""All columns of a planned change, in the order of `Row`."""

Row = tuple[Any, ...]
"""A planned change as it is stored; see COLUMNS."""

Facts = dict[str, Any]
"""The same as JSON values, by column: what its audit entry keeps, and what `check` compares."""

_ORDER = "due_at, CASE kind WHEN 'leaver' THEN 0 WHEN 'joiner' THEN 1 ELSE 2 END, planned_at, account_id, number"
"""See `domain.planned`."""
_JSON = ("content", "outcome")
_KINDS = {str(kind): kind for kind in PlanKind}
_STATES = {str(state): state for state in PlanState}


def plain(row: Sequence[Any]) -> Facts:
    """A stored planned change as JSON values. Raises UnreadableValueError."""
    facts = dict(zip(COLUMNS.split(", "), row, strict=True))
    try:
        read = {name: json.loads(facts[name]) for name in _JSON}
    except ValueError as error:
        raise UnreadableValueError(str(error)) from error
    return facts | read | {"seen": bool(facts["seen"])}


def stored(facts: Facts) -> Row:
    """The opposite of `plain`, column by column. Raises KeyError where one is missing."""
    return tuple(_column(name, facts[name]) for name in COLUMNS.split(", "))


def save(rows: Iterable[Facts]) -> None:
    """Write planned changes as they now are, new ones and changed ones."""
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    connection.execute_many(
        f"INSERT INTO planned_change ({COLUMNS}) VALUES ({marks}) ON CONFLICT (account_id, number) DO UPDATE SET"
        " state = excluded.state, planned_by = excluded.planned_by, reason = excluded.reason,"
        " content = excluded.content, outcome = excluded.outcome, ended_at = excluded.ended_at,"
        " ended_by = excluded.ended_by, seen = excluded.seen",
        [stored(facts) for facts in rows],
    )


def next_number(account_id: int) -> int:
    """The number that the next planned change of an account will get; valid while the write lock is held."""
    sql = "SELECT coalesce(max(number), 0) + 1 FROM planned_change WHERE account_id = ?"
    return int(next(connection.rows_of(sql, account_id))[0])


def find(account_id: int, number: int) -> Facts | None:
    """One planned change of an account."""
    sql = f"SELECT {COLUMNS} FROM planned_change WHERE account_id = ? AND number = ?"
    row = next(connection.rows_of(sql, account_id, number), None)
    return plain(row) if row else None


def due(now: datetime, only: int | None, limit: int) -> list[Facts]:
    """What has to be carried out at `now` (UTC), in the order in which it is; a `limit` below 0 means all.

    What was altered until it cannot be read stays as it is, for `check` to tell of: the switches and plans of all
    others must not wait for it.
    """
    which, params = ("", ()) if only is None else ("AND account_id = ? ", (only,))
    sql = (
        f"SELECT {COLUMNS} FROM planned_change WHERE state = 'planned' AND due_at <= ? {which}ORDER BY {_ORDER} LIMIT ?"
    )
    return [facts for row in connection.rows_of(sql, utc_text(now), *params, limit) if (facts := _readable(row))]


def waiting(account_id: int) -> list[Facts]:
    """What is planned in an account, in the order in which it will be carried out."""
    sql = f"SELECT {COLUMNS} FROM planned_change WHERE state = 'planned' AND account_id = ? ORDER BY {_ORDER}"
    return [plain(row) for row in connection.rows_of(sql, account_id)]


def listed(only: int | None = None, number: int | None = None) -> list[PlannedChange]:
    """Planned changes of all accounts or of one, whatever became of them, by due instant; or just one of an account."""
    conditions = {"account_id = ?": only, "number = ?": number}
    asked = {sql: value for sql, value in conditions.items() if value is not None}
    where = f"WHERE {' AND '.join(asked)} " if asked else ""
    columns = ", ".join(f"plan.{name}" for name in COLUMNS.split(", "))
    sql = (
        f"SELECT {columns}, account.name, account.domain FROM (SELECT * FROM planned_change {where}) AS plan"
        f" JOIN account ON account.id = plan.account_id ORDER BY {_ORDER}"
    )
    return _up_to_date([change(plain(row[:-2]), row[-2], row[-1]) for row in connection.rows_of(sql, *asked.values())])


def of_account(account_id: int) -> list[Facts]:
    """All planned changes of an account, whatever became of them."""
    sql = f"SELECT {COLUMNS} FROM planned_change WHERE account_id = ? ORDER BY number"
    return [plain(row) for row in connection.rows_of(sql, account_id)]


def counts(only: int | None = None) -> tuple[int, int]:
    """How many planned changes wait, and how many left something undone that nobody has dismissed."""
    which, params = ("", ()) if only is None else (" AND account_id = ?", (only,))
    sql = (
        "SELECT coalesce(sum(state = 'planned'), 0),"
        " coalesce(sum(state IN ('partly', 'skipped', 'closed') AND NOT seen), 0) FROM planned_change"
    )
    waits, alarms = next(connection.rows_of(f"{sql} WHERE 1{which}", *params))
    return int(waits), int(alarms)


def change(facts: Facts, account: str, domain: str) -> PlannedChange:
    """A planned change out of its facts. Raises UnreadableValueError."""
    kind = word(_KINDS, facts["kind"])
    try:
        content, outcome = read_content(kind, facts["content"]), read_outcome(facts["outcome"])
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableValueError(str(error)) from error
    return PlannedChange(
        account_id=facts["account_id"],
        account=account,
        domain=domain,
        number=facts["number"],
        kind=kind,
        content=content,
        state=word(_STATES, facts["state"]),
        due_on=from_day_text(facts["due_on"]),
        time_zone=facts["time_zone"],
        due_at=from_utc_text(facts["due_at"]),
        planned_at=from_utc_text(facts["planned_at"]),
        planned_by=facts["planned_by"],
        reason=facts["reason"],
        outcome=outcome,
        ended_at=from_utc_text(facts["ended_at"]) if facts["ended_at"] else None,
        ended_by=facts["ended_by"],
        seen=bool(facts["seen"]),
    )


def _readable(row: Sequence[Any]) -> Facts | None:
    """The facts of a planned change that says what is to be done; None for any other."""
    try:
        facts = plain(row)
        change(facts, "", "")
    except UnreadableValueError:
        return None
    return facts


def _column(name: str, value: Any) -> Any:
    return canonical(value) if name in _JSON else int(value) if name == "seen" else value


def _up_to_date(changes: list[PlannedChange]) -> list[PlannedChange]:
    """Leavers who wait by the names that they have now: they may have been renamed since."""
    ids = [one.content.user_id for one in changes if one.waits and isinstance(one.content, Leaver)]
    known = users.names_of(ids) if ids else {}
    return [_renamed(one, known) for one in changes] if known else changes


def _renamed(one: PlannedChange, known: dict[int, tuple[str, str]]) -> PlannedChange:
    content = one.content
    if not (one.waits and isinstance(content, Leaver) and content.user_id in known):
        return one
    upn, name = known[content.user_id]
    return replace(one, content=replace(content, upn=upn, name=name))
