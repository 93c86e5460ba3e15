"""Reading what names a person, replacing it, and having the old bytes leave the file."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cpdesk.base.errors import KnownError
from cpdesk.domain import names
from cpdesk.domain.erasing import Person, Texts, is_pseudonym
from cpdesk.store import connection, journal, moving, planned, settings, word_index
from cpdesk.store.fields import from_utc_text

_DUE_KEY = "purge_due"
"""The setting that says that something was erased whose bytes may be in the file yet."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A deleted user who was not erased."""

    id: int
    number: int
    """Within the account, counted from 1."""
    upn: str
    display_name: str
    object_id: str | None
    deleted_at: datetime
    """UTC."""


def deleted(account_id: int) -> list[Gone]:
    """Deleted users of an account whom nobody has erased, the latest first, however long ago."""
    rows = connection.rows_of(
        "SELECT id, place, upn, display_name, object_id, deleted_at FROM"
        " (SELECT *, row_number() OVER (ORDER BY id) AS place FROM user WHERE account_id = ?)"
        " WHERE deleted_at IS NOT NULL AND instr(upn, '@') > 0 ORDER BY removed_in DESC",
        account_id,
    )
    return [Gone(row[0], row[1], row[2], row[3], row[4], from_utc_text(row[5])) for row in rows]


def own_entries(account_id: int, user_id: int) -> Iterator[Texts]:
    """What the entries about one user alone say."""
    return (
        _texts(row) for _number, row in _rows("WHERE account_id = ? AND subject = ?", account_id, f"user {user_id}")
    )


def entries(account_id: int | None) -> Iterator[tuple[int, Texts]]:
    """The number of each entry, of an account or (None) of all, oldest first, and what it says."""
    rows = _rows("ORDER BY id") if account_id is None else _rows("WHERE account_id = ? ORDER BY id", account_id)
    return ((number, _texts(row)) for number, row in rows)


def company_entries(account_id: int) -> Iterator[Texts]:
    """What the entries about an account as such say, oldest first."""
    where = "WHERE account_id = ? AND subject = ? ORDER BY id"
    return (_texts(row) for _number, row in _rows(where, account_id, f"account {account_id}"))


def count(account_id: int | None) -> int:
    """How many entries an account has, or (None) all."""
    sql = "SELECT count(*) FROM audit_entry WHERE ? IS NULL OR account_id = ?"
    return int(next(connection.rows_of(sql, account_id, account_id))[0])


def made(account_id: int, action: str) -> int:
    """How many entries an account has with an action."""
    sql = "SELECT count(*) FROM audit_entry WHERE account_id = ? AND action = ?"
    return int(next(connection.rows_of(sql, account_id, action))[0])


@dataclass(frozen=True, slots=True)
class GoneOperator:
    """An operator who was removed and not erased."""

    id: int
    email: str
    account_id: int | None
    removed_at: datetime
    """UTC."""


def removed_operators() -> list[GoneOperator]:
    """Operators who were removed and not erased, the latest first; who was removed twice stands there twice."""
    rows = connection.rows_of(
        "SELECT id, email, account_id, removed_at FROM operator WHERE removed_at IS NOT NULL"
        " ORDER BY removed_at DESC, id DESC"
    )
    found = (GoneOperator(row[0], row[1], row[2], from_utc_text(row[3])) for row in rows)
    return [one for one in found if not is_pseudonym(one.email)]


def operator_pseudonyms() -> set[str]:
    """What stands in place of addresses already."""
    return {row[0] for row in connection.rows_of("SELECT email FROM operator") if is_pseudonym(row[0])}


def replace_operator(person: Person) -> None:
    """Let nothing but the audit log, and what it proves, say who a removed operator was."""
    connection.execute_many(
        "UPDATE operator SET email = ?, email_key = ?, password_hash = '' WHERE id = ?",
        [(person.upn, names.key(person.upn), number) for number in sorted(person.ids)],
    )
    for table in ("second_factor", "recovery_code", "temporary_password"):
        connection.execute_many(f"DELETE FROM {table} WHERE operator_id = ?", [(one,) for one in sorted(person.ids)])
    answers = connection.rows_of("SELECT id, answered_by FROM name_answer")
    theirs = [(person.upn, number) for number, by in answers if names.key(by) in person.keys]
    connection.execute_many("UPDATE name_answer SET answered_by = ? WHERE id = ?", theirs)
    away = moving.moved_away()
    if away is not None and names.key(away.by) in person.keys:
        moving.put_aside(replace(away, by=person.upn))


def follow_log(changed: Mapping[int, Texts]) -> None:
    """Have mode switches and planned changes say the same as the entries that describe them, once some changed."""
    _follow_switches(changed)
    _follow_plans(changed)


def _follow_switches(changed: Mapping[int, Texts]) -> None:
    rows = connection.rows_of("SELECT id, audit_id FROM mode_switch")
    described = [(number, changed[entry].after) for number, entry in rows if entry in changed]
    switches = [(number, json.loads(after)["switch"]) for number, after in described]
    connection.execute_many(
        "UPDATE mode_switch SET requested_by = ?, ended_by = ? WHERE id = ?",
        [(switch["requested_by"], switch["ended_by"], number) for number, switch in switches],
    )


def _follow_plans(changed: Mapping[int, Texts]) -> None:
    about = (json.loads(one.after)["plan"] for one in changed.values() if one.action.startswith("plan."))
    theirs = {(plan["account_id"], plan["number"]) for plan in about}
    latest: dict[tuple[int, int], dict[str, Any]] = {}
    for account in sorted({account for account, _number in theirs}):
        sql = "SELECT after FROM audit_entry WHERE account_id = ? AND action LIKE 'plan.%' ORDER BY id"
        for (after,) in connection.rows_of(sql, account):
            plan = json.loads(after)["plan"]
            latest[account, plan["number"]] = plan
    planned.save(latest[place] for place in sorted(theirs))


def require_whole(numbers: Iterable[int]) -> None:
    """Raise KnownError `database_damaged` where one of these entries is not what its hash says.

    What was erased can no longer be compared with anything: an entry that was altered stays as it is, to be found.
    """
    for number in numbers:
        (row,) = connection.rows_of(f"SELECT {journal.AUDIT_COLUMNS} FROM audit_entry WHERE id = ?", number)
        earlier = "SELECT hash FROM audit_entry WHERE id < ? ORDER BY id DESC LIMIT 1"
        previous = next(connection.rows_of(earlier, number), (journal.GENESIS,))
        if journal.sealed(row, str(previous[0])) != row[-1]:
            raise KnownError("database_damaged", path=str(connection.opened_path()))


def replace_user(person: Person) -> None:
    """Let nothing in the row of a deleted user say who it was."""
    connection.execute_many(
        "UPDATE user SET upn = ?, upn_key = ?, display_name = ?, name_key = ?, object_id = NULL, first_name = '',"
        " last_name = '', usage_location = '', job_title = '', department = '' WHERE id = ?",
        [(person.upn, names.key(person.upn), person.name, names.key(person.name), user) for user in person.ids],
    )


def ask_for_purge() -> None:
    """Remember, with what is erased, that its bytes have to leave the file."""
    settings.put(_DUE_KEY, "1")


def purge_if_due() -> bool:
    """Have what was erased leave the database file and its log; False where that has to wait.

    It waits while another process reads, and where the disk has no room for a second copy. Takes as long as a backup.
    """
    if not settings.get(_DUE_KEY):
        return True
    try:
        with connection.known_errors():
            word_index.tidy()
            if not connection.rewrite():
                return False
            settings.forget(_DUE_KEY)
    except KnownError as error:
        if error.code not in {"database_locked", "disk_full"}:
            raise
        return False
    return True


def _rows(where: str, *params: object) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sql = f"SELECT id, subject, action, before, after, reason, seal, operator FROM audit_entry {where}"
    return ((row[0], row[1:]) for row in connection.rows_of(sql, *params))


def _texts(row: tuple[Any, ...]) -> Texts:
    return Texts(*map(str, row))
