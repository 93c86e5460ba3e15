"""Long lists of users: the ids in the order wanted, the rows that are in sight, and how many there are of each kind.

The ids of 50,000 users are read in a few hundredths of a second; their rows would take a second.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from cpdesk.domain import names
from cpdesk.domain.catalog import Scope
from cpdesk.domain.people import UserFilter, UserQuery, UserSort
from cpdesk.domain.rows import UserRow
from cpdesk.store import connection
from cpdesk.store.rows import in_parts

_ACTIVE = "FROM user WHERE account_id = ? AND deleted_at IS NULL"
_HOLDS_ANY = "EXISTS (SELECT 1 FROM assignment WHERE user_id = user.id)"
_HOLDS_PRODUCT = (
    "id IN (SELECT user_id FROM assignment"
    " WHERE account_id = ? AND product_id IN (SELECT id FROM product WHERE part_number = ?))"
)
_HOLDS_RESOURCE = (
    "id IN (SELECT user_id FROM assignment WHERE account_id = {account}"
    f" AND product_id IN (SELECT id FROM product WHERE scope = '{Scope.RESOURCE}'))"
)
_HOLDS_BOTH = (
    "id IN (SELECT small.user_id FROM assignment AS small JOIN assignment AS large ON large.user_id = small.user_id"
    " WHERE small.account_id = {account} AND (small.product_id, large.product_id) IN (VALUES {pairs}))"
)
_SHOWN = {
    UserFilter.ALL: "TRUE",
    UserFilter.LICENSED: _HOLDS_ANY,
    UserFilter.UNLICENSED: f"NOT {_HOLDS_ANY}",
    UserFilter.BLOCKED_LICENSED: f"blocked AND {_HOLDS_ANY}",
    UserFilter.OVERLAPPING: _HOLDS_BOTH,
    UserFilter.GUESTS: "guest",
    UserFilter.ROOMS: _HOLDS_RESOURCE,
}
_ORDERS = {
    UserSort.NAME: "name_key {direction}, id {direction}",
    UserSort.UPN: "upn_key {direction}",
    UserSort.LICENSES: "(SELECT count(*) FROM assignment WHERE user_id = user.id) {direction}, name_key, id",
    UserSort.WAITING: "(SELECT count(*) FROM assignment WHERE user_id = user.id) {direction}, blocked, name_key, id",
}

Pairs = Collection[tuple[int, int]]
"""Products by id, each with one that contains it."""


def find_ids(account_id: int, query: UserQuery, overlaps: Pairs = ()) -> tuple[int, ...]:
    """Ids of the active users that the query wants, in its order; who holds both of a pair has overlapping products."""
    conditions = ["TRUE", *_conditions(account_id, sorted(query.show), overlaps)]
    params: list[object] = []
    if wanted := names.key(query.text):
        conditions.append("(instr(name_key, ?) OR instr(upn_key, ?))")
        params += [wanted, wanted]
    if query.product:
        conditions.append(_HOLDS_PRODUCT)
        params += [account_id, query.product]
    if query.lacks:
        conditions.append(f"NOT {_HOLDS_PRODUCT}")
        params += [account_id, query.lacks]
    order = _ORDERS[query.sort].format(direction="DESC" if query.descending else "ASC")
    sql = f"SELECT id {_ACTIVE} AND {' AND '.join(conditions)} ORDER BY {order}"
    # As one value: between rows the other threads get their turn, and fifty thousand turns are many.
    (ids,) = next(connection.rows_of(f"SELECT json_group_array(id) FROM ({sql})", account_id, *params))
    return tuple(json.loads(ids))


def some(account_id: int, ids: Sequence[int]) -> list[UserRow]:
    """These active users in this order; who is deleted or of another account is left out."""
    held = _part_numbers(ids)
    # The plus keeps SQLite from looking through the whole account for them.
    sql = (
        "SELECT id, upn, display_name, blocked, guest FROM user WHERE +account_id = ? AND deleted_at IS NULL AND id IN "
    )
    rows = {
        user_id: UserRow(user_id, upn, name, bool(blocked), bool(guest), tuple(sorted(held.get(user_id, ()))))
        for user_id, upn, name, blocked, guest in _rows_in_parts(sql, ids, account_id)
    }
    return [rows[user_id] for user_id in ids if user_id in rows]


def counts(account_id: int, overlaps: Pairs = ()) -> dict[UserFilter, int]:
    """How many active users each filter shows by itself."""
    wanted = ", ".join(f"total({condition})" for condition in _conditions(account_id, UserFilter, overlaps))
    found = next(connection.rows_of(f"SELECT {wanted} {_ACTIVE}", account_id))
    return {shown: int(number) for shown, number in zip(UserFilter, found, strict=True)}


def _conditions(account_id: int, filters: Iterable[UserFilter], overlaps: Pairs) -> list[str]:
    """What has to hold for each of the filters. Only numbers of ours are written into it."""
    values = ", ".join(f"({int(small)}, {int(large)})" for small, large in overlaps)
    known = _SHOWN if values else _SHOWN | {UserFilter.OVERLAPPING: "FALSE"}
    return [known[one].format(account=int(account_id), pairs=values) for one in filters]


def _part_numbers(ids: Sequence[int]) -> dict[int, list[str]]:
    held: defaultdict[int, list[str]] = defaultdict(list)
    sql = "SELECT user_id, part_number FROM assignment JOIN product ON product.id = product_id WHERE user_id IN "
    for user_id, part_number in _rows_in_parts(sql, ids):
        held[user_id].append(part_number)
    return dict(held)


def _rows_in_parts(sql: str, ids: Sequence[int], *params: object) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement that ends where a list of ids is to follow."""
    for part in in_parts(ids):
        marks = ", ".join("?" * len(part))
        yield from connection.rows_of(f"{sql}({marks})", *params, *part)
