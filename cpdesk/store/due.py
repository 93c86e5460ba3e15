"""What is due, of mode switches and planned changes alike: asked before every use case, so in plain SQL."""

from datetime import datetime

from cpdesk.store import connection
from cpdesk.store.fields import from_utc_text, utc_text

_SWITCH = "SELECT 1 FROM mode_switch WHERE state = 'pending' AND due_at <= ?"
_PLAN = "SELECT 1 FROM planned_change WHERE state = 'planned' AND due_at <= ?"


def anything(now: datetime, only: int | None = None) -> bool:
    """Whether something has to be settled at `now` (UTC), in one account or anywhere."""
    which, params = _params(now, only)
    sql = f"SELECT EXISTS ({_SWITCH}{which}) OR EXISTS ({_PLAN}{which})"
    return bool(next(connection.rows_of(sql, *params, *params))[0])


def any_plan(now: datetime, only: int | None = None) -> bool:
    """Whether a planned change has to be carried out at `now` (UTC), in one account or anywhere."""
    which, params = _params(now, only)
    return bool(next(connection.rows_of(f"SELECT EXISTS ({_PLAN}{which})", *params))[0])


def next_instant() -> datetime | None:
    """When (UTC) the next switch or planned change is due; None where nothing waits."""
    sql = (
        "SELECT min(due_at) FROM (SELECT min(due_at) AS due_at FROM mode_switch WHERE state = 'pending'"
        " UNION ALL SELECT min(due_at) FROM planned_change WHERE state = 'planned')"
    )
    (text,) = next(connection.rows_of(sql))
    return from_utc_text(text) if text else None


def planned_queue() -> tuple[int, datetime | None, str]:
    """How many planned changes wait, when (UTC) the next one is due, and the time zone of that one."""
    count = int(next(connection.rows_of("SELECT count(*) FROM planned_change WHERE state = 'planned'"))[0])
    sql = "SELECT due_at, time_zone FROM planned_change WHERE state = 'planned' ORDER BY due_at LIMIT 1"
    due_at, zone = next(connection.rows_of(sql), ("", ""))
    return count, from_utc_text(due_at) if due_at else None, zone


def _params(now: datetime, only: int | None) -> tuple[str, tuple[object, ...]]:
    return ("", (utc_text(now),)) if only is None else (" AND account_id = ?", (utc_text(now), only))
