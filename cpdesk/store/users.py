"""Users of an account and the seats they hold."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cpdesk.domain import names
from cpdesk.domain.forecasts import BlockedHolder
from cpdesk.domain.rows import UserRow
from cpdesk.store import connection
from cpdesk.store.fields import utc_text
from cpdesk.store.models import Assignment, Product, User
from cpdesk.store.rows import dicts, first, tuples

DETAILS = (
    "object_id",
    "upn",
    "display_name",
    "first_name",
    "last_name",
    "usage_location",
    "job_title",
    "department",
    "blocked",
    "guest",
)
"""What is known of a person; the rest of a user is bookkeeping."""


def listed(account_id: int) -> list[UserRow]:
    """Active users by display name, with the part numbers they hold."""
    held = _part_numbers_by_user(account_id)
    query = _active(account_id).order_by(User.display_name, User.upn_key)
    return [
        UserRow(
            id=row["id"],
            upn=row["upn"],
            display_name=row["display_name"],
            blocked=row["blocked"],
            guest=row["guest"],
            licenses=tuple(held.get(row["id"], ())),
        )
        for row in dicts(query)
    ]


def blocked_holders(account_id: int) -> list[BlockedHolder]:
    """Active users whose sign-in is blocked and who hold a license."""
    return [
        BlockedHolder(row.upn, row.display_name, row.licenses)
        for row in listed(account_id)
        if row.blocked and row.licenses
    ]


def find(account_id: int, upn: str) -> int | None:
    """The id of the active user with this user principal name, whatever the case."""
    row = first(_active(account_id).where(User.upn_key == names.key(upn)))
    return row["id"] if row else None


def details(user_id: int) -> dict[str, Any]:
    """What is known of a user, by the names of DETAILS."""
    return dicts(User.select(*(getattr(User, name) for name in DETAILS)).where(User.id == user_id))[0]


def all_details(account_id: int) -> dict[int, dict[str, Any]]:
    """What is known of each active user, by user id."""
    columns = [User.id, *(getattr(User, name) for name in DETAILS)]
    query = User.select(*columns).where((User.account == account_id) & User.deleted_at.is_null())
    return {row.pop("id"): row for row in dicts(query)}


def held_products(user_id: int) -> list[int]:
    """Ids of the products that the user holds a seat of."""
    query = Assignment.select(Assignment.product).where(Assignment.user == user_id)
    return [row[0] for row in tuples(query.order_by(Assignment.product))]


def products_by_user(account_id: int) -> dict[int, set[int]]:
    """Ids of the products that each user of the account holds, by user id; users without any left out."""
    held: defaultdict[int, set[int]] = defaultdict(set)
    rows = Assignment.select(Assignment.user, Assignment.product).where(Assignment.account == account_id)
    for user_id, product_id in tuples(rows):
        held[user_id].add(product_id)
    return dict(held)


def next_id() -> int:
    """The number that the next user will get; valid while the write lock is held."""
    return int(next(connection.rows_of("SELECT coalesce(max(id), 0) + 1 FROM user"))[0])


def insert(account_id: int, now: datetime, people: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Add active users: pairs of a new id and the values of DETAILS."""
    stamp = utc_text(now)
    columns = ", ".join(DETAILS)
    marks = ", ".join("?" * (len(DETAILS) + 4))
    connection.execute_many(
        f"INSERT INTO user (id, account_id, created_at, upn_key, {columns}) VALUES ({marks})",
        [
            (user_id, account_id, stamp, names.key(person["upn"]), *(person[name] for name in DETAILS))
            for user_id, person in people
        ],
    )


def update(people: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Overwrite what is known of users: pairs of an id and the values of DETAILS.

    User principal names may trade places: all are parked under their ids first.
    """
    listed_people = list(people)
    parked = [(user_id,) for user_id, _ in listed_people]
    connection.execute_many("UPDATE user SET upn_key = '#' || id, object_id = NULL WHERE id = ?", parked)
    columns = ", ".join(f"{name} = ?" for name in DETAILS)
    connection.execute_many(
        f"UPDATE user SET upn_key = ?, {columns} WHERE id = ?",
        [(names.key(person["upn"]), *(person[name] for name in DETAILS), user_id) for user_id, person in listed_people],
    )


def delete(user_id: int, now: datetime) -> None:
    """Mark a user deleted; the row stays for the ledger's sake."""
    User.update(deleted_at=now).where(User.id == user_id).execute()


@dataclass(frozen=True, slots=True)
class Deleted:
    """A user who was deleted."""

    id: int
    upn: str
    object_id: str | None
    deleted_at: datetime
    """UTC."""


def latest_deleted(account_id: int, upn: str) -> Deleted | None:
    """The user with this user principal name, whatever the case, who was deleted last."""
    query = User.select(User.id, User.upn, User.object_id, User.deleted_at)
    gone = (User.account == account_id) & (User.upn_key == names.key(upn)) & User.deleted_at.is_null(False)
    row = first(query.where(gone).order_by(User.deleted_at.desc(), User.id.desc()))
    return Deleted(**row) if row else None


def taken(account_id: int, deleted: Deleted) -> bool:
    """Whether an active user has the UPN or the object id of a deleted one."""
    same = User.upn_key == names.key(deleted.upn)
    if deleted.object_id:
        same |= User.object_id == deleted.object_id
    return bool(_active(account_id).where(same).exists())


def products_at_removal(user_id: int) -> list[int]:
    """Ids of the products that the user held when last deleted, from the ledger."""
    rows = connection.rows_of(
        "SELECT product_id FROM seat_entry WHERE audit_id ="
        " (SELECT max(id) FROM audit_entry WHERE subject = ? AND action = 'user.removed') ORDER BY product_id",
        f"user {user_id}",
    )
    return [row[0] for row in rows]


def undelete(user_id: int) -> None:
    """Make a deleted user active again."""
    User.update(deleted_at=None).where(User.id == user_id).execute()


def _active(account_id: int) -> Any:
    return User.select().where((User.account == account_id) & User.deleted_at.is_null())


def _part_numbers_by_user(account_id: int) -> dict[int, list[str]]:
    rows = (
        Assignment.select(Assignment.user, Product.part_number)
        .join(Product)
        .where(Assignment.account == account_id)
        .order_by(Product.part_number)
    )
    held: defaultdict[int, list[str]] = defaultdict(list)
    for user_id, part_number in tuples(rows):
        held[user_id].append(part_number)
    return held
