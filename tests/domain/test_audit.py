import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cpdesk.domain.audit import GENESIS, canonical, digest, entry_hash, ledger_digest

scalars = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text()
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
columns = st.lists(st.none() | st.integers(0, 10**6) | st.text(), min_size=10, max_size=10)


@given(st.dictionaries(st.text(), values))
def test_one_value_has_one_text(value: dict[str, Any]) -> None:
    turned = dict(reversed(list(value.items())))
    assert canonical(turned) == canonical(value)
    assert json.loads(canonical(value)) == value


@given(values, values)
def test_different_values_have_different_texts(one: Any, other: Any) -> None:
    assume(json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True))
    assert canonical(one) != canonical(other)


@given(st.text(st.characters()))
def test_every_text_has_a_digest(text: str) -> None:
    assert len(digest(text)) == 64


def test_a_digest_is_sha_256() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_entries_without_ledger_lines_need_no_seal() -> None:
    assert ledger_digest([]) == ""
    assert ledger_digest([[1, "x"]]) != ""


@given(columns, st.integers(0, 9), st.none() | st.integers() | st.text(), st.text(), st.text())
def test_every_column_is_under_the_seal(row: list[object], which: int, other: object, before: str, after: str) -> None:
    assume(row[which] != other)
    sealed = entry_hash(GENESIS, row, before, after)
    altered = [*row[:which], other, *row[which + 1 :]]
    assert entry_hash(GENESIS, altered, before, after) != sealed
    assert entry_hash(GENESIS, row, before + "x", after) != sealed
    assert entry_hash(GENESIS, row, before, after + "x") != sealed
    assert entry_hash(sealed, row, before, after) != sealed


def test_text_cannot_move_from_one_column_to_the_next() -> None:
    assert entry_hash(GENESIS, ["ab", "c"], "", "") != entry_hash(GENESIS, ["a", "bc"], "", "")
    assert entry_hash(GENESIS, ["x"], "ab", "c") != entry_hash(GENESIS, ["x"], "a", "bc")
    assert ledger_digest([[1, 2], [3]]) != ledger_digest([[1], [2, 3]])


@pytest.mark.parametrize("pair", [("1", 1), ("", None), ("None", None), (0, None), ("0", 0)])
def test_values_that_look_alike_are_told_apart(pair: tuple[object, object]) -> None:
    assert entry_hash(GENESIS, [pair[0]], "", "") != entry_hash(GENESIS, [pair[1]], "", "")
    assert ledger_digest([[pair[0]]]) != ledger_digest([[pair[1]]])
