"""What was dated by a clock that was far ahead, and from when it counts instead.

Nothing that is stored changes by a correction, so whoever reads when something counts asks here for the expression.
Nearly all databases have none, and the expression is the column.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from cpdesk.domain import clock_correction
from cpdesk.domain.clock_correction import Correction
from cpdesk.store import connection, settings
from cpdesk.store.fields import UnreadableValueError, utc_text

KEY = "clock_corrections"
"""The setting that says which there are."""


def made() -> list[Correction]:
    """All corrections, the first one first."""
    stored = settings.get(KEY)
    if not stored:
        return []
    try:
        return [clock_correction.from_plain(int(entry), facts) for entry, facts in json.loads(stored)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableValueError(stored) from error


def stored() -> str:
    """The corrections as they are stored, for `check`."""
    return settings.get(KEY)


def as_stored(corrections: Iterable[Correction]) -> str:
    """How corrections are stored; empty for none."""
    plain = [[one.entry, one.as_plain()] for one in corrections]
    return json.dumps(plain) if plain else ""


def add(correction: Correction) -> None:
    """Note a correction; its audit entry is written by whoever calls."""
    settings.put(KEY, as_stored([*made(), correction]))


def counted(column: str, entry: str = "audit_id", corrections: Sequence[Correction] | None = None) -> str:
    """The SQL expression for when something counts: `column` unless a correction says something else.

    `entry` is the column with the number of the audit entry. What stands in it was read as numbers and instants.
    """
    known = made() if corrections is None else corrections
    cases = [case for one in known for case in _cases(one, column, entry)]
    return f"(CASE {' '.join(cases)} ELSE {column} END)" if cases else column


def _cases(one: Correction, column: str, entry: str) -> Iterator[str]:
    for number, instant in one.switches.items():
        yield f"WHEN {entry} = {int(number)} THEN '{utc_text(instant)}'"
    yield f"WHEN {entry} >= {int(one.first)} AND {entry} < {int(one.entry)} THEN min({column}, '{utc_text(one.at)}')"


def about(account_ids: Sequence[int], one: Correction) -> set[int]:
    """Which of these accounts have ledger entries that a correction is about."""
    ids = ", ".join(str(int(number)) for number in account_ids)
    rows = connection.rows_of(
        f"SELECT DISTINCT account_id FROM seat_entry WHERE account_id IN ({ids}) AND audit_id >= ? AND audit_id < ?",
        one.first,
        one.entry,
    )
    return {row[0] for row in rows}


def first_ahead(now: datetime, after: int) -> tuple[int, str, datetime] | None:
    """Number, action and former time of the first entry that is dated later than `now` (UTC), after entry `after`."""
    sql = (
        "SELECT id, action, (SELECT recorded_at FROM audit_entry AS former WHERE former.id < entry.id"
        " ORDER BY former.id DESC LIMIT 1)"
        " FROM audit_entry AS entry WHERE id > ? AND recorded_at > ? ORDER BY id LIMIT 1"
    )
    row = next(connection.rows_of(sql, after, utc_text(now)), None)
    return (int(row[0]), str(row[1]), datetime.fromisoformat(row[2]) if row[2] else now) if row else None


def count_since(first: int, action: str = "%") -> int:
    """How many entries there are from a number on, with an action like this."""
    sql = "SELECT count(*) FROM audit_entry WHERE id >= ? AND action LIKE ?"
    return int(next(connection.rows_of(sql, first, action))[0])


def created_since(first: int) -> frozenset[int]:
    """Ids of the accounts that were created by the entries from a number on."""
    sql = "SELECT account_id FROM audit_entry WHERE id >= ? AND action = 'account.created'"
    return frozenset(row[0] for row in connection.rows_of(sql, first))


def completed_since(first: int, now: datetime) -> Iterator[tuple[Any, ...]]:
    """Switches to Usage Mode that were completed by the entries from a number on, though due later than `now` (UTC).

    Entry, account id, account, due instant as it is stored, zone.
    """
    return connection.rows_of(
        "SELECT audit_id, account_id, account.name, due_at, mode_switch.time_zone FROM mode_switch"
        " JOIN account ON account.id = account_id"
        " WHERE state = 'done' AND to_mode = 'usage' AND audit_id >= ? AND due_at > ?"
        " ORDER BY account.name_key, audit_id",
        first,
        utc_text(now),
    )


def waiting_since(first: int) -> tuple[str, ...]:
    """Names of the accounts in which something waits that was asked for by the entries from a number on."""
    sql = (
        "SELECT name FROM account WHERE id IN (SELECT account_id FROM mode_switch WHERE state = 'pending'"
        " AND audit_id >= ?) OR id IN (SELECT account_id FROM planned_change WHERE state = 'planned' AND planned_at >="
        " (SELECT recorded_at FROM audit_entry WHERE id = ?)) ORDER BY name_key"
    )
    return tuple(row[0] for row in connection.rows_of(sql, first, first))
