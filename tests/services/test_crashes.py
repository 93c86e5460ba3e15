"""A kill between any two statements leaves all of a use case or nothing of it."""

import os
from pathlib import Path

import pytest

from tests.support.arranged import ARRANGED
from tests.support.crashes import copied, killed
from tests.support.moments import Left
from tests.support.thorough import THOROUGH
from tests.support.world import ADMIN, PASSWORD, World, dump

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="who is killed is forked; open files are not to block")


def arrange(world: World, task: str) -> World:
    ARRANGED[task](world)
    world.close()
    return world


def whole_or_nothing(world: World, left: Left) -> None:
    """The task is done there, or has not begun, and the books are right."""
    before, after = dump(world.store.path), dump(left.finished / "cpdesk.db")
    assert after != before
    assert left.moments > 4
    found = []
    for place in left.died:
        one = World(place, world.clock.now())
        found.append(dump(one.store.path))
        assert found[-1] in (before, after), place.name
        one.open()
        problems = one.problems()
        one.close()
        assert problems == [], place.name
    assert before in found


@pytest.mark.parametrize("task", ARRANGED)
def test_a_task_is_done_wholly_or_not_at_all(world: World, task: str) -> None:
    arranged = arrange(world, task)
    whole_or_nothing(arranged, killed(arranged, task, 1) if THOROUGH else copied(arranged, task))


@pytest.mark.parametrize(("task", "every"), [("apply_due", 5), ("leave", 11)])
def test_so_it_is_after_a_real_kill(world: World, task: str, every: int) -> None:
    arranged = arrange(world, task)
    whole_or_nothing(arranged, killed(arranged, task, every))


def test_a_set_up_that_was_cut_short_can_be_done_again(tmp_path: Path) -> None:
    empty = World(tmp_path / "new")
    empty.folder.mkdir()
    # The catalogue alone takes a statement for each product.
    left = killed(empty, "set_up", 4) if THOROUGH else copied(empty, "set_up")
    for place in (*left.died, left.finished):
        world = World(place)
        world.open(create=True)
        if world.services.setup.needed():
            world.services.setup.set_up(ADMIN, PASSWORD)
        session, problems = world.services.operators.sign_in(ADMIN, PASSWORD), world.problems()
        world.close()
        assert (session, problems) == (world.by, []), place.name
