"""A kill between any two statements leaves all of a use case or nothing of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.arranged import ARRANGED
from tests.support.crashes import copy_of
from tests.support.thorough import stride
from tests.support.world import ADMIN, PASSWORD, World, dump

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the crashing process makes its children by fork")

TOP = Path(__file__).parents[2]


def die_everywhere(world: World, task: str, every: int) -> list[Path]:
    """The folders of copies in which a process died before each statement of a task, and at last finished it."""
    facts = [str(world.folder), world.clock.now().isoformat(), task, str(every)]
    words = [sys.executable, "-m", "tests.support.crashes", *facts]
    done = subprocess.run(words, cwd=TOP, capture_output=True, encoding="utf-8", timeout=100, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return [copy_of(world.folder, statements) for statements in range(every, int(done.stdout) + 1, every)]


@pytest.mark.parametrize("task", ARRANGED)
def test_a_task_is_done_wholly_or_not_at_all(world: World, task: str) -> None:
    ARRANGED[task](world)
    world.close()
    before = dump(world.store.path)
    *died, finished = (World(folder, world.clock.now()) for folder in die_everywhere(world, task, stride(1, 2)))
    after = dump(finished.store.path)
    assert after != before
    assert len(died) > 4
    for one in died:
        left = dump(one.store.path)
        assert left in (before, after), one.folder.name
        one.open()
        problems = one.problems()
        one.close()
        assert problems == [], one.folder.name


def test_a_set_up_that_was_cut_short_can_be_done_again(tmp_path: Path) -> None:
    empty = World(tmp_path / "new")
    empty.folder.mkdir()
    # The catalogue alone takes a statement for each product.
    for folder in die_everywhere(empty, "set_up", stride(4, 12)):
        world = World(folder)
        world.open(create=True)
        if world.services.setup.needed():
            world.services.setup.set_up(ADMIN, PASSWORD)
        session, problems = world.services.operators.sign_in(ADMIN, PASSWORD), world.problems()
        world.close()
        assert (session, problems) == (world.by, []), folder.name
