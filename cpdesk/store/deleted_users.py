"""Users who were deleted: their rows stay for the ledger's sake, and so that they can be brought back."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cpdesk.domain import names
from cpdesk.store import connection, word_index
from cpdesk.store.fields import utc_text
from cpdesk.store.models import SeatEntry, User
from cpdesk.store.rows import dicts, first, in_parts, tuples


@dataclass(frozen=True, slots=True)
class Deleted:
    """A user who was deleted."""

    id: int
    upn: str
    display_name: str
    object_id: str | None
    deleted_at: datetime
    """UTC."""
    removed_in: int
    """Number of the audit entry that deleted the user."""


def delete(removals: Iterable[tuple[int, int]], now: datetime) -> None:
    """Mark users deleted: pairs of a user id and the number of the audit entry that says so."""
    stamp = utc_text(now)
    listed = list(removals)
    word_index.drop_users([user_id for user_id, _entry in listed])
    connection.execute_many(
        "UPDATE user SET deleted_at = ?, removed_in = ? WHERE id = ?",
        ((stamp, entry, user_id) for user_id, entry in listed),
    )


def undelete(user_ids: Iterable[int]) -> None:
    """Make deleted users active again."""
    listed = list(user_ids)
    connection.execute_many(
        "UPDATE user SET deleted_at = NULL, removed_in = NULL WHERE id = ?", ((user_id,) for user_id in listed)
    )
    word_index.restore_users(listed)


def latest(account_id: int, upn: str) -> Deleted | None:
    """The user with this user principal name, whatever the case, who was deleted last."""
    query = _gone(account_id).where(User.upn_key == names.key(upn))
    row = first(query.order_by(User.removed_in.desc()))
    return Deleted(**row) if row else None


def latest_by_key(account_id: int, keys: Collection[str]) -> dict[str, Deleted]:
    """Of each of these keys of user principal names the user who was deleted last."""
    return {
        names.key(row["upn"]): Deleted(**row)
        for part in in_parts(keys)
        for row in dicts(_gone(account_id).where(User.upn_key.in_(part)).order_by(User.removed_in))
    }


def some(account_id: int, user_ids: Collection[int]) -> dict[int, Deleted]:
    """Those of these users who are deleted, by id."""
    return {
        row["id"]: Deleted(**row)
        for part in in_parts(user_ids)
        for row in dicts(_gone(account_id).where(User.id.in_(part)))
    }


def since(account_id: int, instant: datetime) -> list[Deleted]:
    """Users deleted at `instant` (UTC) or later, the latest first."""
    query = _gone(account_id).where(User.deleted_at >= instant)
    return [Deleted(**row) for row in dicts(query.order_by(User.removed_in.desc()))]


def taken(account_id: int, gone: Iterable[Deleted]) -> list[Deleted]:
    """Those whose UPN or object id an active user has."""
    listed = list(gone)
    upn_keys = _active_values(account_id, User.upn_key, {names.key(deleted.upn) for deleted in listed})
    object_ids = _active_values(account_id, User.object_id, {deleted.object_id for deleted in listed} - {None})
    return [deleted for deleted in listed if names.key(deleted.upn) in upn_keys or deleted.object_id in object_ids]


def _active_values(account_id: int, column: Any, wanted: Collection[str | None]) -> set[str]:
    active = (User.account == account_id) & User.deleted_at.is_null()
    return {row[0] for part in in_parts(wanted) for row in tuples(User.select(column).where(active & column.in_(part)))}


def products_at_removal(gone: Iterable[Deleted]) -> dict[int, list[int]]:
    """Ids of the products that each held when deleted, from the ledger, by user id; who held none is left out."""
    held: defaultdict[int, list[int]] = defaultdict(list)
    ids = {deleted.id: deleted.removed_in for deleted in gone}
    for part in in_parts(set(ids.values())):
        rows = SeatEntry.select(SeatEntry.user, SeatEntry.audit, SeatEntry.product).where(SeatEntry.audit.in_(part))
        for user_id, entry, product_id in tuples(rows.order_by(SeatEntry.product)):
            if ids.get(user_id) == entry:
                held[user_id].append(product_id)
    return dict(held)


def _gone(account_id: int) -> Any:
    columns = (User.id, User.upn, User.display_name, User.object_id, User.deleted_at, User.removed_in)
    # Who was erased has a pseudonym instead, and is nobody any more who could be brought back.
    known = User.upn.contains("@")
    return User.select(*columns).where((User.account == account_id) & User.deleted_at.is_null(False) & known)
