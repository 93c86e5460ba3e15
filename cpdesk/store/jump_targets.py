"""Accounts and users that one can go to straight away."""

import json
from collections.abc import Sequence
from typing import Any

from cpdesk.domain.accounts import Status
from cpdesk.domain.jump import FoundAccount, FoundUser
from cpdesk.store import connection
from cpdesk.store.fields import word

_STATUSES = {str(status): status for status in Status}


def accounts(ids: Sequence[int]) -> list[FoundAccount]:
    """These accounts; those that are not there are left out."""
    rows = connection.rows_of(
        "SELECT id, name, domain, status, service_since IS NOT NULL, (SELECT json_group_array(domain) FROM"
        " account_domain WHERE account_id = account.id AND position > 0)"
        " FROM account WHERE id IN (SELECT value FROM json_each(?))",
        json.dumps(list(ids)),
    )
    return [
        FoundAccount(one, name, domain, word(_STATUSES, status), bool(active), tuple(json.loads(aliases)))
        for one, name, domain, status, active, aliases in rows
    ]


def users(ids: Sequence[int]) -> list[FoundUser]:
    """These users, of any account; those who are not active are left out."""
    rows = connection.rows_of(
        "SELECT user.id, account_id, display_name, upn, name, status, blocked, guest"
        " FROM user JOIN account ON account.id = account_id"
        " WHERE user.id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL",
        json.dumps(list(ids)),
    )
    return [_user(*row) for row in rows]


def _user(user_id: int, account_id: int, display_name: str, upn: str, *others: Any) -> FoundUser:
    account, status, blocked, guest = others
    return FoundUser(
        id=user_id,
        account_id=account_id,
        display_name=display_name,
        upn=upn,
        account=account,
        status=word(_STATUSES, status),
        blocked=bool(blocked),
        guest=bool(guest),
    )
