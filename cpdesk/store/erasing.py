"""Reading what names a person, replacing it, and having the old bytes leave the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cpdesk.base.errors import KnownError
from cpdesk.domain import names
from cpdesk.domain.erasing import Person, Texts
from cpdesk.store import connection, journal, settings, word_index
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


def entries(account_id: int) -> Iterator[tuple[int, Texts]]:
    """The number of each entry of an account, oldest first, and what it says."""
    return ((number, _texts(row)) for number, row in _rows("WHERE account_id = ? ORDER BY id", account_id))


def count(account_id: int) -> int:
    """How many entries an account has."""
    return int(next(connection.rows_of("SELECT count(*) FROM audit_entry WHERE account_id = ?", account_id))[0])


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
        [(person.upn, names.key(person.upn), person.name, names.key(person.name), person.user_id)],
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
    sql = f"SELECT id, subject, action, before, after, reason, seal FROM audit_entry {where}"
    return ((row[0], row[1:]) for row in connection.rows_of(sql, *params))


def _texts(row: tuple[Any, ...]) -> Texts:
    return Texts(*map(str, row))
