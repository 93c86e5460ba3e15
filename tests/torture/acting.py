"""A process that does what a scenario says, and marks in its disk's log what it has said to be done.

    python -m tests.torture.acting SCENARIO FOLDER INSTANT

It is started with a disk of `tests.torture.disk` whose root is the folder's parent.
"""

import sys
from datetime import datetime
from pathlib import Path

from tests.support.world import World
from tests.torture import disk
from tests.torture.scenarios import SCENARIOS, unlock

OPENED = "opened"
"""The mark before the first act; those after the acts have their names."""


def _main(name: str, folder: Path, instant: datetime) -> None:
    scenario, control = SCENARIOS[name], disk.control()
    world = World(folder, instant)
    unlock(world)
    if scenario.opens:
        world.store.open()
    control.mark(OPENED)
    for act in scenario.acts:
        act.do(world)
        control.mark(act.name)
    world.close()


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
