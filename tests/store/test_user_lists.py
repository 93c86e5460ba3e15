"""A list of 50,000 users is found in its index alone: SQLite never reads their rows for it."""

from collections.abc import Iterator
from typing import Any

import pytest

from cpdesk.domain.people import UserFilter, UserQuery, UserSort
from cpdesk.store import connection, user_lists
from tests.support.world import World


@pytest.fixture
def plans(world: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How SQLite answers each query that is asked from now on."""
    found: list[str] = []
    ask = connection.rows_of

    def explained(sql: str, *params: object) -> Iterator[tuple[Any, ...]]:
        found.append("; ".join(str(row[3]) for row in ask(f"EXPLAIN QUERY PLAN {sql}", *params)))
        return ask(sql, *params)

    assert world.store.exists()
    monkeypatch.setattr(connection, "rows_of", explained)
    return found


@pytest.mark.parametrize("show", UserFilter)
def test_every_filter_is_answered_from_the_index(plans: list[str], show: UserFilter) -> None:
    user_lists.find_ids(1, UserQuery(text="ada", show=frozenset({show}), product="SPB", lacks="X"), [(1, 2)])
    assert "user USING COVERING INDEX user_list" in plans[0]
    assert "TEMP B-TREE" not in plans[0], "it is in order already"


def test_the_other_orders_need_no_rows_either(plans: list[str]) -> None:
    user_lists.find_ids(1, UserQuery(sort=UserSort.LICENSES))
    user_lists.find_ids(1, UserQuery(sort=UserSort.NAME, descending=True))
    user_lists.find_ids(1, UserQuery(sort=UserSort.WAITING))
    user_lists.counts(1, [(1, 2)])
    assert plans
    assert all("COVERING INDEX user_list" in plan for plan in plans)


def test_the_rows_in_sight_are_read_by_their_ids(plans: list[str]) -> None:
    user_lists.some(1, [1, 2, 3])
    assert "user USING INTEGER PRIMARY KEY (rowid=?)" in plans[1]
