"""Users that a use case is about, and that have to be there."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.domain.catalog import Product
from cpdesk.domain.people import UserFields
from cpdesk.domain.rows import UserRow
from cpdesk.store import deleted_users, user_lists, users


def known_user(account_id: int, upn: str) -> int:
    """The id of the active user with this user principal name. Raises UserError `unknown_user`."""
    user_id = users.find(account_id, upn)
    if user_id is None:
        raise UserError("unknown_user", upn=upn)
    return user_id


def known_users(account_id: int, user_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What is known of these active users by the names of `people.DETAILS`, in this order, each once.

    Raises UserError `unknown_user` if one of them was deleted or is not of this account.
    """
    found = users.details(account_id, user_ids)
    for user_id in user_ids:
        if user_id not in found:
            gone = deleted_users.some(account_id, [user_id]).get(user_id)
            raise UserError("unknown_user", upn=gone.upn if gone else str(user_id))
    return {user_id: found[user_id] for user_id in user_ids}


def known_rows(account_id: int, user_ids: Collection[int]) -> list[UserRow]:
    """These active users as lists show them, in this order, each once. Raises UserError `unknown_user`."""
    wanted = tuple(dict.fromkeys(user_ids))
    rows = user_lists.some(account_id, wanted)
    if len(rows) < len(wanted):
        known_users(account_id, wanted)
    return rows


def fields_of(person: dict[str, Any]) -> UserFields:
    """The part of what is known that administrators enter."""
    return UserFields(**{name: value for name, value in person.items() if name not in {"object_id", "guest"}})


def license_facts(upn: str, held: Iterable[int], known: Mapping[int, Product]) -> dict[str, Any]:
    """What a user holds, for the audit log; products by id."""
    return {"upn": upn, "licenses": sorted(known[product_id].part_number for product_id in held)}
