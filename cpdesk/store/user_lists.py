"""Long lists of users: the ids in the order wanted, the rows that are in sight, and how many there are of each kind.

The ids of 50,000 users are read in a few hundredths of a second; their rows would take a second.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from cpdesk.domain import names
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
_SHOWN = {
    UserFilter.ALL: "TRUE",
    UserFilter.LICENSED: _HOLDS_ANY,
    UserFilter.UNLICENSED: f"NOT {_HOLDS_ANY}",
    UserFilter.BLOCKED_LICENSED: f"blocked AND {_HOLDS_ANY}",
    UserFilter.GUESTS: "guest",
}
_ORDERS = {
    UserSort.NAME: "name_key {direction}, id {direction}",
    UserSort.UPN: "upn_key {direction}",
    UserSort.LICENSES: "(SELECT count(*) FROM assignment WHERE user_id = user.id) {direction}, name_key, id",
}


def find_ids(account_id: int, query: UserQuery) -> tuple[int, ...]:
    """Ids of the active users that the query wants, in its order."""
    conditions: list[str] = [_SHOWN[query.show]]
    params: list[object] = []
    if wanted := names.key(query.text):
        conditions.append("(instr(name_key, ?) OR instr(upn_key, ?))")
        params += [wanted, wanted]
    if query.product:
        conditions.append(_HOLDS_PRODUCT)
        params += [account_id, query.product]
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


def counts(account_id: int) -> dict[UserFilter, int]:
    """How many active users each filter shows."""
    return {
        shown: next(connection.rows_of(f"SELECT count(*) {_ACTIVE} AND {condition}", account_id))[0]
        for shown, condition in _SHOWN.items()
    }


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
