"""Users of an account and the seats they hold."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any

from cpdesk.domain import names
from cpdesk.domain.forecasts import BlockedHolder
from cpdesk.domain.people import DETAILS, HeldLicense, UserFilter, UserQuery
from cpdesk.domain.rows import UserRow
from cpdesk.domain.user_import.pairing import KnownUser, UserValues
from cpdesk.store import connection, user_lists, word_index
from cpdesk.store.fields import utc_text
from cpdesk.store.models import Assignment, Product, User
from cpdesk.store.rows import dicts, first, in_parts, tuples

_KNOWN = (User.id, *(getattr(User, name) for name in DETAILS))


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
    """Active users whose sign-in is blocked and who hold a license, by display name."""
    ids = user_lists.find_ids(account_id, UserQuery(show=frozenset({UserFilter.BLOCKED_LICENSED})))
    return [BlockedHolder(row.upn, row.display_name, row.licenses) for row in user_lists.some(account_id, ids)]


def find(account_id: int, upn: str) -> int | None:
    """The id of the active user with this user principal name, whatever the case."""
    row = first(_active(account_id).where(User.upn_key.in_({names.key(upn), names.address_key(upn)})))
    return row["id"] if row else None


def ids_by_key(account_id: int, keys: Collection[str]) -> dict[str, int]:
    """Ids of the active users with these `names.key`s or `names.address_key`s of their UPNs; of others nothing."""
    return {
        key: user_id
        for part in in_parts(keys)
        for key, user_id in tuples(
            User.select(User.upn_key, User.id).where(
                (User.account == account_id) & User.deleted_at.is_null() & User.upn_key.in_(part)
            )
        )
    }


def details(account_id: int, user_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What is known of these active users by the names of DETAILS, by user id; of others nothing."""
    # By their ids alone: asked for the account, too, SQLite would look through all of its users.
    rows = (
        row
        for part in in_parts(user_ids)
        for row in dicts(User.select(User.account, *_KNOWN).where(User.id.in_(part) & User.deleted_at.is_null()))
    )
    return {row.pop("id"): row for row in rows if row.pop("account") == account_id}


def known(account_id: int, guids: Mapping[int, str]) -> list[KnownUser]:
    """Each active user with the products that are held, whose GUIDs are given by product id.

    Plain rows, not Peewee's, which take five times as long for the hundred thousand users of a large tenant.
    """
    rows = connection.rows_of(
        f"SELECT id, {', '.join(UserValues._fields)},"
        " (SELECT group_concat(product_id) FROM assignment WHERE user_id = user.id)"
        " FROM user WHERE account_id = ? AND deleted_at IS NULL",
        account_id,
    )
    once: dict[str, str] = {}
    held: dict[str | None, frozenset[str]] = {None: frozenset()}
    found = []
    for user_id, upn, object_id, display_name, *others, blocked, guest, products in rows:
        if products not in held:
            held[products] = frozenset(guids[int(number)] for number in products.split(","))
        shared = [once.setdefault(text, text) for text in others]
        values = UserValues._make((upn, object_id, display_name, *shared, bool(blocked), bool(guest)))
        found.append(KnownUser(user_id, values, held[products]))
    return found


def names_of(user_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """User principal name and display name of active users, by user id."""
    rows = (
        row
        for part in in_parts(user_ids)
        for row in tuples(
            User.select(User.id, User.upn, User.display_name).where(User.id.in_(part) & User.deleted_at.is_null())
        )
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def created_at(user_id: int) -> datetime:
    """When (UTC) the user was added."""
    instant: datetime = tuples(User.select(User.created_at).where(User.id == user_id))[0][0]
    return instant


def held_by(user_ids: Collection[int]) -> dict[int, list[int]]:
    """Ids of the products that each of these users holds, in ascending order, by user id; none left out."""
    held: dict[int, list[int]] = {user_id: [] for user_id in user_ids}
    # Asked for thousands at once: plain SQL is several times quicker.
    sql = "SELECT user_id, product_id FROM assignment WHERE user_id IN ({marks}) ORDER BY user_id, product_id"
    for part in in_parts(user_ids):
        for user_id, product_id in connection.rows_of(sql.format(marks=", ".join("?" * len(part))), *part):
            held[user_id].append(product_id)
    return held


def licenses(user_id: int) -> list[HeldLicense]:
    """The seats that a user holds, by product name."""
    columns = (Product.part_number, Product.guid, Product.name, Assignment.since)
    query = Assignment.select(*columns).join(Product).where(Assignment.user == user_id)
    return [HeldLicense(*row) for row in tuples(query.order_by(Product.name, Product.part_number))]


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
    listed_people = list(people)
    stamp = utc_text(now)
    columns = ", ".join(DETAILS)
    marks = ", ".join("?" * (len(DETAILS) + 5))
    connection.execute_many(
        f"INSERT INTO user (id, account_id, created_at, upn_key, name_key, {columns}) VALUES ({marks})",
        ((user_id, account_id, stamp, *_values(person)) for user_id, person in listed_people),
    )
    word_index.add_users(
        (user_id, word_index.user_words(account_id, person["display_name"], person["upn"]))
        for user_id, person in listed_people
    )


def park(user_ids: Iterable[int]) -> None:
    """Free the user principal names and object ids of users who are then updated: they may trade places."""
    connection.execute_many(
        "UPDATE user SET upn_key = '#' || id, object_id = NULL WHERE id = ?", ((user_id,) for user_id in user_ids)
    )


def update(people: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Overwrite what is known of users: pairs of an id and the values of DETAILS."""
    listed_people = list(people)
    columns = ", ".join(f"{name} = ?" for name in DETAILS)
    word_index.rename_users((user_id, person["display_name"], person["upn"]) for user_id, person in listed_people)
    connection.execute_many(
        f"UPDATE user SET upn_key = ?, name_key = ?, {columns} WHERE id = ?",
        ((*_values(person), user_id) for user_id, person in listed_people),
    )


_details_of = itemgetter(*DETAILS)


def _values(person: Mapping[str, Any]) -> tuple[Any, ...]:
    """The two keys by which a person is compared, and what is known."""
    return names.key(person["upn"]), names.key(person["display_name"]), *_details_of(person)


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
