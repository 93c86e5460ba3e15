"""Some seconds of what `dev.py torture` does for as long as one likes; always with the same dice."""

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from cpdesk.base.errors import UserError
from cpdesk.store import connection
from tests.support.world import World
from tests.torture.fuzzing import dirt, engines
from tests.torture.fuzzing.coverage import Reached
from tests.torture.fuzzing.judge import Judge
from tests.torture.fuzzing.targets import TABLES, TARGETS, Accounts, Target

if sys.platform == "win32":
    pytest.skip("the limits of a process are those of POSIX", allow_module_level=True)

_INPUTS, _FEW = 25, 8
_SLOW = {"backup", "rescue", "move", "move in", "database", "logo"}
_WINDOW = "settings"
"""Each input opens a window."""

rows = st.lists(
    st.lists(st.sampled_from(dirt.CELLS) | st.text(max_size=8), min_size=1, max_size=6), min_size=1, max_size=5
)
"""The rows of a file below its header, as nobody should write them."""


@pytest.fixture
def judge(tmp_path: Path) -> Iterator[Callable[[Target], Judge]]:
    opened: list[Judge] = []

    def made(target: Target) -> Judge:
        opened.append(Judge(target, tmp_path))
        return opened[-1]

    yield made
    for one in opened:
        one.close()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_bad_files_are_refused_and_change_nothing(target: Target, judge: Callable[[Target], Judge]) -> None:
    judged = judge(target)
    seeds = target.seeds(judged.material)
    most = _FEW if target.name in _SLOW else _INPUTS
    assert not judged.judge(seeds[0]).refused
    if target.name == _WINDOW:
        return
    tally = engines.own(judged, seeds, lambda tally: tally.inputs < most, 1, target.worsen)
    assert tally.wrong == {}


@pytest.mark.parametrize("target", TABLES, ids=lambda target: target.name)
def test_rows_of_dirty_cells_are_refused_and_change_nothing(target: Target, judge: Callable[[Target], Judge]) -> None:
    judged = judge(target)
    head = dirt.read(target.seeds(judged.material)[0]).splitlines()[0]
    width = len(head.split(","))

    @seed(1)
    @settings(max_examples=_INPUTS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(rows, st.sampled_from(dirt.ENCODINGS), st.booleans())
    def look(table: list[list[str]], encoding: str, full: bool) -> None:
        wide = [(row * width)[:width] if full else row for row in table]
        data = dirt.written(wide, random.Random(0))
        assert judged.judge(dirt.encoded(f"{head}\r\n{dirt.read(data)}", encoding)).wrong == ""

    look()


# What would be wrong is found


def broken_by(run: Callable[[World, Path], None]) -> Target:
    def carry_out(world: World, _accounts: Accounts, path: Path) -> None:
        run(world, path)

    return Target("broken", lambda _made: [b""], carry_out)


def crash(_world: World, path: Path) -> None:
    path.read_bytes().decode("ascii")


def change_and_refuse(world: World, _path: Path) -> None:
    world.account("Half")
    raise UserError("file_empty", file="x")


def spoil(_world: World, _path: Path) -> None:
    connection.database.execute_sql("UPDATE subscription SET seats = seats + 1")


def litter(world: World, _path: Path) -> None:
    (world.folder / "litter").write_text("left", encoding="utf-8")
    raise UserError("file_empty", file="x")


def say_too_much(_world: World, _path: Path) -> None:
    raise UserError("columns_missing", file="x", columns=["y" * 300] * 100)


@pytest.mark.parametrize(
    ("run", "told"),
    [
        (crash, "UnicodeDecodeError"),
        (change_and_refuse, "refused with file_empty, yet changed ["),
        (litter, "yet changed ['litter']"),
        (spoil, "check is not content"),
        (say_too_much, "columns_missing is told in 3"),
    ],
)
def test_a_broken_promise_is_found_and_the_database_put_right(
    run: Callable[[World, Path], None], told: str, judge: Callable[[Target], Judge]
) -> None:
    judged = judge(broken_by(run))
    verdicts = [judged.judge(b"\xff") for _time in range(2)]
    assert all(told in verdict.wrong for verdict in verdicts), verdicts


def test_a_hang_is_found(judge: Callable[[Target], Judge], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.torture.fuzzing.judge.LONGEST_SECONDS", 0.05)

    def hang(_world: World, _path: Path) -> None:
        while True:
            pass

    assert "s of computing" in judge(broken_by(hang)).judge(b"x").wrong


def test_lines_that_are_new_are_noticed() -> None:
    reached = Reached()
    from cpdesk.domain.csv_table import truth

    with reached.watching() as is_new:
        truth("yes")
        assert is_new()
    with reached.watching() as is_new:
        truth("no")
        assert not is_new()
