"""Mode switches: the queue, and what has been completed."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from cpdesk.domain.modes import CompletedSwitch, PendingSwitch, SwitchState
from cpdesk.store import connection
from cpdesk.store.fields import utc_text
from cpdesk.store.models import AuditEntry, ModeSwitch
from cpdesk.store.rows import dicts, first

COLUMNS = (
    "id, account_id, from_mode, to_mode, state, requested_at, requested_by, effective_on, time_zone, due_at,"
    " ended_at, ended_by, audit_id"
)
"""All columns of a mode switch, in the order of `Row`."""

Row = tuple[Any, ...]
"""A mode switch as it is stored; see COLUMNS."""


def plain(row: Sequence[Any]) -> dict[str, Any]:
    """A stored switch as JSON values: what its audit entry keeps, and what `check` compares."""
    return dict(zip(COLUMNS.split(", "), row, strict=True))


def next_id() -> int:
    """The number that the next switch will get; valid while the write lock is held."""
    return int(next(connection.rows_of("SELECT coalesce(max(id), 0) + 1 FROM mode_switch"))[0])


def save(rows: Iterable[Row]) -> None:
    """Write switches as they now are, new ones and changed ones."""
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    connection.execute_many(
        f"INSERT INTO mode_switch ({COLUMNS}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET"
        " state = excluded.state, ended_at = excluded.ended_at, ended_by = excluded.ended_by,"
        " audit_id = excluded.audit_id",
        list(rows),
    )


def pending_by_account(only: int | None = None, due_by: datetime | None = None) -> dict[int, PendingSwitch]:
    """The pending switch of each account that has one, of those that are due by an instant (UTC) if one is given."""
    query = ModeSwitch.select().where(ModeSwitch.state == SwitchState.PENDING)
    if only is not None:
        query = query.where(ModeSwitch.account == only)
    if due_by is not None:
        query = query.where(ModeSwitch.due_at <= due_by)
    return {row["account"]: _pending(row) for row in dicts(query)}


def pending_row(account_id: int) -> Row | None:
    """The pending switch of an account as stored."""
    return next(
        connection.rows_of(f"SELECT {COLUMNS} FROM mode_switch WHERE account_id = ? AND state = 'pending'", account_id),
        None,
    )


def row_ended_by_closing(account_id: int) -> Row | None:
    """The switch that ended when the account was closed, as stored; there is one at most."""
    sql = f"SELECT {COLUMNS} FROM mode_switch WHERE account_id = ? AND state = '{SwitchState.CLOSED}'"
    return next(connection.rows_of(sql, account_id), None)


def any_of(account_id: int) -> bool:
    """Whether the account ever had a switch, whatever became of it."""
    return bool(ModeSwitch.select().where(ModeSwitch.account == account_id).exists())


def due_rows(now: datetime, only: int | None, limit: int) -> list[Row]:
    """Pending switches due at `now` (UTC) as stored, oldest first."""
    which, params = ("", ()) if only is None else ("AND account_id = ? ", (only,))
    sql = (
        f"SELECT {COLUMNS} FROM mode_switch WHERE state = 'pending' AND due_at <= ? {which}ORDER BY due_at, id LIMIT ?"
    )
    return list(connection.rows_of(sql, utc_text(now), *params, limit))


def queue() -> tuple[int, datetime | None, str]:
    """How many switches are pending, when (UTC) the next one is due, and the time zone of that one."""
    count = int(next(connection.rows_of("SELECT count(*) FROM mode_switch WHERE state = 'pending'"))[0])
    sql = "SELECT due_at, time_zone FROM mode_switch WHERE state = 'pending' ORDER BY due_at, id LIMIT 1"
    due_at, zone = next(connection.rows_of(sql), ("", ""))
    return count, datetime.fromisoformat(due_at) if due_at else None, zone


def latest_completed(account_id: int) -> CompletedSwitch | None:
    """The switch that gave the account its present mode; None where it always was in Usage Mode."""
    query = ModeSwitch.select(ModeSwitch, AuditEntry.after).join(AuditEntry)
    done = (ModeSwitch.account == account_id) & (ModeSwitch.state == SwitchState.DONE)
    row = first(query.where(done).order_by(ModeSwitch.id.desc()))
    return _completed(row) if row else None


def _pending(row: dict[str, Any]) -> PendingSwitch:
    return PendingSwitch(
        id=row["id"],
        account_id=row["account"],
        to=row["to_mode"],
        effective_on=row["effective_on"],
        time_zone=row["time_zone"],
        due_at=row["due_at"],
        requested_at=row["requested_at"],
        requested_by=row["requested_by"],
    )


def _completed(row: dict[str, Any]) -> CompletedSwitch:
    facts = json.loads(row["after"])
    return CompletedSwitch(
        id=row["id"],
        account_id=row["account"],
        to=row["to_mode"],
        effective_on=row["effective_on"],
        time_zone=row["time_zone"],
        due_at=row["due_at"],
        applied_at=row["ended_at"],
        requested_at=row["requested_at"],
        requested_by=row["requested_by"],
        released=tuple(sorted(facts.get("released", {}).items())),
        reopened=bool(facts.get("reopened")),
    )
