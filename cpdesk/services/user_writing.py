"""Writing users one at a time, with the audit entry of each."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.domain import names
from cpdesk.domain.people import UserFields
from cpdesk.domain.rows import UserRow
from cpdesk.services.base import Work
from cpdesk.store import journal, users


def add(work: Work, account_id: int, fields: UserFields) -> UserRow:
    """Add a user without licenses; the fields are checked already. Raises UserError `upn_taken`."""
    if users.find(account_id, fields.upn) is not None:
        raise UserError("upn_taken", upn=fields.upn)
    person = asdict(fields) | {"object_id": None, "guest": names.is_guest(fields.upn)}
    user_id = users.next_id()
    users.insert(account_id, work.now, [(user_id, person)])
    _record(work, "user.added", account_id, user_id, None, person)
    return UserRow(user_id, fields.upn, fields.display_name, fields.blocked, person["guest"], ())


def update(work: Work, account_id: int, user_id: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Overwrite what is known of a user: values of `people.DETAILS`."""
    users.update([(user_id, after)])
    _record(work, "user.updated", account_id, user_id, before, after)


def _record(
    work: Work, action: str, account_id: int, user_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> None:
    entry = journal.Entry(
        action=action,
        subject=f"user {user_id}",
        account_id=account_id,
        before=before,
        after=after,
        by=work.signs,
        reason=work.reason,
    )
    journal.append(work.now, entry)
