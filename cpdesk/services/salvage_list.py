"""The list of what is missing in a salvaged database, and of what had to be rebuilt."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from cpdesk.domain.rows import Finding
from cpdesk.domain.salvage import Fate, Salvage, SalvagedItem, SalvagedTable
from cpdesk.services.rebuilding import Rebuilding
from cpdesk.store import journal, salvaging
from cpdesk.store.salvaging import Copy, LeftOut, Names

_TELLING = (
    "name",
    "domain",
    "upn",
    "upn_key",
    "display_name",
    "name_key",
    "email",
    "email_key",
    "user_id",
    "product_id",
    "part_number",
    "guid",
    "kind",
    "seats",
    "assigned",
    "month",
    "number",
    "position",
    "action",
    "state",
    "due_at",
    "effective_on",
    "effective_at",
    "key",
)
"""Columns by which a person knows what a row is about, in the order in which they are told."""


def list_of(
    path: Path, copied: Copy, rebuilt: Rebuilding, left_out: Sequence[LeftOut], findings: Sequence[Finding]
) -> Salvage:
    """What became of each row; the salvaged database is opened, and read as one snapshot."""
    named = salvaging.names()
    tables, items = [], []
    for one in copied.tables:
        again = rebuilt.rows.get(one.name, [])
        gone = [row for row in left_out if row.table == one.name]
        lost = {} if one.name in rebuilt.whole else _unmatched(one.lost.rows, again)
        items += [_item(named, rebuilt.fate(one.name), one.name, row.get("id"), row) for row in again]
        items += [_item(named, Fate.LEFT_OUT, one.name, row.values.get("id"), row.values) for row in gone]
        items += [
            _item(named, Fate.LOST, one.name, number if one.is_numbered else None, known)
            for number, known in lost.items()
        ]
        is_exact = one.lost.is_exact or one.name in rebuilt.whole
        tables.append(SalvagedTable(one.name, one.kept - len(gone), len(again), len(lost) + len(gone), is_exact))
    last = journal.last_recorded()
    number = journal.next_id() - 1
    order = partial(_order, [one.name for one in copied.tables])
    return Salvage(
        path, tuple(tables), tuple(sorted(items, key=order)), tuple(findings), number, last, len(copied.strays)
    )


def _order(tables: Sequence[str], item: SalvagedItem) -> tuple[object, ...]:
    return (item.account_id is not None, item.account.casefold(), tables.index(item.table), item.number or 0)


def _unmatched(
    lost: Mapping[int, Mapping[str, object]], again: Sequence[Mapping[str, object]]
) -> dict[int, Mapping[str, object]]:
    """The lost rows that were not written again; rows without a number are known by what an index has of them."""
    numbers = {row["id"] for row in again if "id" in row}
    seen = [frozenset(row.items()) for row in again]
    return {
        number: known
        for number, known in lost.items()
        if number not in numbers and not (known and any(known.items() <= row for row in seen))
    }


def _item(named: Names, fate: Fate, table: str, number: object, values: Mapping[str, object]) -> SalvagedItem:
    account = _account_of(named, table, number, values)
    return SalvagedItem(
        fate=fate,
        table=table,
        number=number if isinstance(number, int) else None,
        account_id=account,
        account=named.accounts.get(account, "") if account is not None else "",
        known=dict(_known(named, values)),
    )


def _account_of(named: Names, table: str, number: object, values: Mapping[str, object]) -> int | None:
    found = number if table == "account" else values.get("account_id")
    if found is None:
        found = named.account_of_user.get(values.get("user_id"))
    return found if isinstance(found, int) else None


def _known(named: Names, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for column in _TELLING:
        value = values.get(column)
        if value is None or value == "":
            continue
        if column == "user_id":
            yield column, named.users.get(value, str(value))
        elif column == "product_id":
            yield column, named.products.get(value, str(value))
        else:
            yield column, str(value)
