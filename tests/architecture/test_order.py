"""Long tests begin first in each process that shares the tests."""

from typing import Any

import pytest

from tests.support.order import long_ones_first


class Item:
    def __init__(self, name: str, mark: str) -> None:
        self.name = name
        self._mark = mark

    def get_closest_marker(self, mark: str) -> object:
        return self if mark == self._mark else None


def items(*names: str) -> list[Any]:
    """Long ones have capital letters."""
    return [Item(name, "long" if name.isupper() else "") for name in names]


@pytest.mark.parametrize(
    ("processes", "ordered"), [(1, "ACFbdegh"), (2, "CbdeAFgh"), (3, "FbCdeAgh"), (8, "bdeghFCA"), (9, "bdeghFCA")]
)
def test_each_share_begins_with_long_ones(processes: int, ordered: str) -> None:
    assert "".join(item.name for item in long_ones_first(items(*"AbCdeFgh"), processes)) == ordered


def test_there_may_be_nothing_but_long_ones_or_none() -> None:
    assert {item.name for item in long_ones_first(items(*"ABCDE"), 3)} == set("ABCDE")
    assert [item.name for item in long_ones_first(items(*"abc"), 2)] == ["a", "b", "c"]
    assert long_ones_first([], 3) == []
