"""What stands in a database file that need not be the one that is opened, nor of the present schema.

Every function gets a plain connection, and asks only for what all schemas have.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cpdesk.domain.modes import Mode, SwitchState
from cpdesk.domain.operators import Role
from cpdesk.domain.second_factor import Place
from cpdesk.store import journal, migrate
from cpdesk.store.fields import UnreadableValueError, from_utc_text
from cpdesk.store.sign_in import RECOVERY_KEY, Factor


@dataclass(frozen=True, slots=True)
class StoredMode:
    """The billing mode of an account as it is stored."""

    name: str
    domain: str
    mode: Mode
    effective_on: date | None
    """Account-local: when the change to Usage Mode that is pending takes effect; None where none is."""
    due_at: datetime | None
    """UTC: the same instant."""


@dataclass(frozen=True, slots=True)
class StoredOperator:
    """Somebody who can sign in."""

    id: int
    email: str
    role: Role
    account_id: int | None
    password_hash: str
    factor: Factor | None = None
    code_hashes: frozenset[str] = frozenset()
    """Of the recovery codes that are left."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What has to be known of a database before another one takes its place."""

    schema: int
    entries: int
    """The number of the latest audit entry."""
    head: str
    """Its hash; empty where there is none."""
    last_recorded: datetime | None
    """UTC."""
    demo: bool
    accounts: Mapping[int, StoredMode]
    """By account id."""
    operators: Mapping[str, StoredOperator]
    """Those who can sign in, by the e-mail address in the form that is compared."""
    recovery_hash: str = ""
    """Of the program's recovery code; empty where it is not there."""


def read(plain: sqlite3.Connection) -> Contents:
    """One snapshot of it. Raises UnreadableValueError, an error of the database's, for what can be none of ours."""
    try:
        return _read(plain)
    except (ValueError, TypeError) as error:
        raise UnreadableValueError(str(error)) from error


def _read(plain: sqlite3.Connection) -> Contents:
    latest = plain.execute("SELECT id, hash, recorded_at FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
    first = plain.execute("SELECT after FROM audit_entry ORDER BY id LIMIT 1").fetchone()
    return Contents(
        schema=migrate.schema_of(plain),
        entries=int(latest[0]) if latest else 0,
        head=str(latest[1]) if latest else "",
        last_recorded=from_utc_text(latest[2]) if latest else None,
        demo=journal.tells_of_demo(first),
        accounts=_modes(plain),
        operators=_operators(plain),
        recovery_hash=_recovery_hash(plain),
    )


def _modes(plain: sqlite3.Connection) -> dict[int, StoredMode]:
    rows = plain.execute(
        "SELECT account.id, account.name, account.domain, account.mode, mode_switch.effective_on, mode_switch.due_at"
        " FROM account LEFT JOIN mode_switch ON mode_switch.account_id = account.id AND mode_switch.state = ?",
        (str(SwitchState.PENDING),),
    )
    return {
        row[0]: StoredMode(
            name=str(row[1]),
            domain=str(row[2]),
            mode=Mode(row[3]),
            effective_on=date.fromisoformat(row[4]) if row[4] else None,
            due_at=from_utc_text(row[5]) if row[5] else None,
        )
        for row in rows
    }


def _operators(plain: sqlite3.Connection) -> dict[str, StoredOperator]:
    rows = plain.execute(
        "SELECT email_key, id, email, role, account_id, password_hash FROM operator WHERE removed_at IS NULL"
    )
    factors, codes = _factors(plain)
    return {
        row[0]: StoredOperator(
            row[1], row[2], Role(row[3]), row[4], row[5], factors.get(row[1]), frozenset(codes.get(row[1], ()))
        )
        for row in rows
    }


def _factors(plain: sqlite3.Connection) -> tuple[dict[int, Factor], dict[int, set[str]]]:
    """Second factors, and the hashes of recovery codes, by operator id; none in a database from before them."""
    there = plain.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('second_factor', 'recovery_code')")
    if there.fetchone()[0] != len(("second_factor", "recovery_code")):
        return {}, {}
    rows = plain.execute("SELECT operator_id, secret_name, place, since, last_step FROM second_factor")
    factors = {row[0]: Factor(str(row[1]), Place(row[2]), from_utc_text(row[3]), int(row[4])) for row in rows}
    codes: dict[int, set[str]] = {}
    for operator, hashed in plain.execute("SELECT operator_id, code_hash FROM recovery_code"):
        codes.setdefault(operator, set()).add(str(hashed))
    return factors, codes


def _recovery_hash(plain: sqlite3.Connection) -> str:
    row = plain.execute("SELECT value FROM setting WHERE key = ?", (RECOVERY_KEY,)).fetchone()
    return str(row[0]) if row else ""


def shared_entries(one: sqlite3.Connection, other: sqlite3.Connection) -> int:
    """The number of the latest audit entry that two databases have in common, 0 where they never were one.

    Each entry is chained to the one before: where the hashes are equal, so is everything until then.
    """
    shared, beyond = 0, min(_latest(one), _latest(other)) + 1
    while beyond - shared > 1:
        middle = (shared + beyond) // 2
        if _hash(one, middle) == _hash(other, middle):
            shared = middle
        else:
            beyond = middle
    return shared


def _latest(plain: sqlite3.Connection) -> int:
    return int(plain.execute("SELECT coalesce(max(id), 0) FROM audit_entry").fetchone()[0])


def _hash(plain: sqlite3.Connection, number: int) -> object:
    return plain.execute("SELECT hash FROM audit_entry WHERE id = ?", (number,)).fetchone()


def damage(plain: sqlite3.Connection) -> list[str]:
    """SQLite's findings about pages, indexes, constraints and foreign keys; empty where all is well."""
    found = [str(row[0]) for row in plain.execute("PRAGMA integrity_check(100)")]
    broken = [f"{row[0]} {row[1]} -> {row[2]}" for row in plain.execute("PRAGMA foreign_key_check")]
    return [text for text in found if text != "ok"] + broken


def has_foreign_code(plain: sqlite3.Connection) -> bool:
    """Whether a trigger or a view stands in it. No version of the program makes any: a trigger would change what
    is written later, the date of a mode switch for instance, before the audit log sees it.
    """
    found = plain.execute("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()
    return bool(found[0])


def measures(plain: sqlite3.Connection) -> dict[str, object]:
    """What is equal in a database and a copy of it: rows of each table, the end of the audit log, the ledger's sums.

    The schema has to be there; read as one snapshot.
    """
    plain.execute("BEGIN")
    try:
        # What is virtual cannot be counted; the tables that it is made of are.
        tables = plain.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND sql NOT LIKE 'CREATE VIRTUAL %'"
        )
        found: dict[str, object] = {
            name: plain.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone() for (name,) in tables.fetchall()
        }
        found["end"] = plain.execute("SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
        found["sums"] = plain.execute("SELECT sum(seats), sum(assigned), sum(seats_after) FROM seat_entry").fetchone()
        return found
    finally:
        plain.execute("ROLLBACK")


def is_virtual(sql: str) -> bool:
    """Whether a table of this definition is made of others, in which its content stands."""
    return sql.upper().startswith("CREATE VIRTUAL ")


def quoted(name: str) -> str:
    """A name as it stands in SQL."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
