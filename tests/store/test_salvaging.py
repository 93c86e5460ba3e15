"""What is copied out of a damaged file: all that can be read, nothing that was not there, and a list of the rest."""

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdesk.store import salvaging
from cpdesk.store.pages import Pages
from cpdesk.store.salvaging import Copy
from tests.support.world import World
from tests.support.wrecks import PAGE, Rows, Twin, content, damaged, plain_copy, populate, twin_of


class Bench:
    """Salvages variants of one database."""

    def __init__(self, twin: Twin, empty: Path) -> None:
        self.twin = twin
        self._empty = empty

    @contextmanager
    def salvaged(self, data: bytes, log: bytes = b"") -> Iterator[tuple[Copy, dict[str, Rows]]]:
        with tempfile.TemporaryDirectory() as name:
            wreck, draft = Path(name, "wreck.db"), Path(name, "draft.db")
            wreck.write_bytes(data)
            if log:
                Path(name, "wreck.db-wal").write_bytes(log)
            shutil.copy(self._empty, draft)
            with closing(sqlite3.connect(draft, isolation_level=None)) as plain:
                copy = salvaging.copy(wreck, plain)
                yield copy, {table: content(plain, table) for table in self.twin.rows}
            assert wreck.read_bytes() == data


@pytest.fixture(scope="module")
def bench(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("wrecks")
    world = World(Path(shutil.copytree(template, folder / "books")))
    world.close()
    empty = plain_copy(world, folder / "empty.db")
    world.open()
    populate(world)
    world.close()
    return Bench(twin_of(plain_copy(world, folder / "twin.db")), empty)


def verify(bench: Bench, data: bytes, pages: Collection[int]) -> None:
    """Nothing is invented, everything that stands on other pages is kept, and the list of the rest is exact."""
    with bench.salvaged(data) as (copy, found):
        # Where a table is unknown and another one looks like it, nobody can tell whose page it is.
        unharmed = bench.twin.unharmed({*pages, *copy.strays})
        for table in copy.tables:
            ought, is_now = bench.twin.rows[table.name], found[table.name]
            assert {row: is_now[row] for row in is_now if ought.get(row) != is_now[row]} == {}, table.name
            assert unharmed[table.name] <= is_now.keys(), table.name
            missing = ought.keys() - is_now.keys()
            assert table.lost.rows.keys() <= missing, table.name
            if table.lost.is_exact:
                assert table.lost.rows.keys() == missing, table.name
            for number, known in table.lost.rows.items():
                row = dict(zip(table.columns, ought[number], strict=True))
                assert known == {name: row[name] for name in known}, table.name


def test_a_whole_file_is_copied_whole(bench: Bench) -> None:
    with bench.salvaged(bench.twin.data) as (copy, found):
        assert found == bench.twin.rows
        assert copy.is_whole
    assert bench.twin.trunks, "nothing on it was deleted"


@settings(max_examples=20)
@given(st.data())
def test_damaged_pages(bench: Bench, data: st.DataObject) -> None:
    unknown = {1, *bench.twin.trunks}
    numbers = st.integers(2, bench.twin.pages).filter(lambda number: number not in unknown)
    pages = data.draw(st.sets(numbers, min_size=1, max_size=12))
    verify(bench, damaged(bench.twin.data, pages, data.draw(st.integers(0, 1000))), pages)


def test_each_page_in_turn(bench: Bench) -> None:
    rng = random.Random(5)
    for number in rng.sample(range(2, bench.twin.pages + 1), 15):
        verify(bench, damaged(bench.twin.data, {number}, number), {number})


@pytest.mark.parametrize("share", [0.25, 0.5, 0.8, 0.97])
def test_a_file_that_was_cut_off(bench: Bench, share: float) -> None:
    length = int(len(bench.twin.data) * share)
    lost = set(range(length // PAGE + 1, bench.twin.pages + 1))
    verify(bench, bench.twin.data[:length], lost)


def test_a_first_page_that_is_gone_takes_nothing_with_it(bench: Bench) -> None:
    with bench.salvaged(damaged(bench.twin.data, {1}, 3)) as (_copy, found):
        assert found == bench.twin.rows


@settings(max_examples=12)
@given(st.data())
def test_what_was_deleted_is_not_brought_back_where_nobody_knows_what_is_free(
    bench: Bench, data: st.DataObject
) -> None:
    pages = data.draw(st.sets(st.integers(2, bench.twin.pages), max_size=8)) | {1, *bench.twin.trunks}
    with bench.salvaged(damaged(bench.twin.data, pages, 1)) as (_copy, found):
        for table, rows in found.items():
            ought = bench.twin.rows[table]
            assert {row: rows[row] for row in rows if ought.get(row) != rows[row]} == {}, table


def test_what_is_only_in_the_write_ahead_log_is_there_and_what_was_not_committed_is_not(
    folder: Path, bench: Bench
) -> None:
    world = World(folder)
    world.open()
    world.account("Contoso", "ada@contoso.example")
    log = folder / "cpdesk.db-wal"
    with Pages(world.store.path) as pages:
        assert pages.count
    before, written = world.store.path.read_bytes(), log.read_bytes()
    world.close()
    assert written
    with bench.salvaged(before, written) as (_copy, found):
        assert [row[1] for row in found["account"].values()] == ["Contoso"]
    with bench.salvaged(before, written[:-100]) as (_copy, found):
        assert len(found["user"]) < 2


def test_rows_that_belong_to_nothing_are_left_out_and_named(bench: Bench, tmp_path: Path) -> None:
    draft = tmp_path / "draft.db"
    draft.write_bytes(bench.twin.data)
    with closing(sqlite3.connect(draft, isolation_level=None)) as plain:
        (user,) = plain.execute("SELECT id FROM user WHERE upn = 'user000250@crowded.example'").fetchone()
        plain.execute("PRAGMA foreign_keys = OFF")
        plain.execute("DELETE FROM user WHERE id = ?", (user,))
        left_out = salvaging.leave_out_orphans(plain)
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    assert {(one.table, one.parent) for one in left_out} == {("assignment", "user"), ("seat_entry", "user")}
    assert all(one.values["user_id"] == user for one in left_out)
