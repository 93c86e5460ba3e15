"""Writing users, one or many, with an audit entry for each."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell, chunks
from cpdesk.domain import names
from cpdesk.domain.people import UserFields
from cpdesk.domain.rows import UserRow
from cpdesk.services.base import Work
from cpdesk.store import journal, users

Person = Mapping[str, Any]
"""What is known of a user by the names of `people.DETAILS`."""


def add(work: Work, account_id: int, fields: UserFields) -> UserRow:
    """Add a user without licenses; the fields are checked already. Raises UserError `upn_taken`."""
    if users.find(account_id, fields.upn) is not None:
        raise UserError("upn_taken", upn=fields.upn)
    person = new_person(fields)
    (user_id,) = insert(work, account_id, [person])
    return UserRow(user_id, fields.upn, fields.display_name, fields.blocked, person["guest"], ())


def new_person(fields: UserFields) -> dict[str, Any]:
    """A user who comes from no tenant."""
    return asdict(fields) | {"object_id": None, "guest": names.is_guest(fields.upn)}


def insert(work: Work, account_id: int, people: Sequence[Person], progress: Tell | None = None) -> list[int]:
    """Add users whose names are free; returns their ids."""
    numbered = list(enumerate(people, start=users.next_id()))
    for chunk in chunks(numbered, progress):
        users.insert(account_id, work.now, chunk)
        journal.append(
            work.now, *(_entry(work, "user.added", account_id, user_id, None, person) for user_id, person in chunk)
        )
    return [user_id for user_id, _person in numbered]


def update(
    work: Work, account_id: int, edits: Mapping[int, tuple[Person, Person]], progress: Tell | None = None
) -> None:
    """Overwrite what is known of users, before and after by id. User principal names may trade places."""
    users.park(user_id for user_id, (before, after) in edits.items() if before["upn"] != after["upn"])
    for chunk in chunks(list(edits.items()), progress):
        users.update((user_id, after) for user_id, (_before, after) in chunk)
        entries = (
            _entry(work, "user.updated", account_id, user_id, before, after) for user_id, (before, after) in chunk
        )
        journal.append(work.now, *entries)


def _entry(
    work: Work, action: str, account_id: int, user_id: int, before: Person | None, after: Person
) -> journal.Entry:
    return journal.Entry(
        action=action,
        subject=f"user {user_id}",
        account_id=account_id,
        before=before,
        after=after,
        by=work.signs,
        reason=work.reason,
    )
