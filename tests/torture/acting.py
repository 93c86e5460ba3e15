"""A process that does what a scenario says, and marks in its disk's log what it has said to be done.

    python -m tests.torture.acting SCENARIO FOLDER INSTANT

It is started with a disk of `tests.torture.disk` whose root is the folder's parent. What fails because of that disk, or
of what has failed before, is marked as well, and the next act is tried.
"""

import sys
from datetime import datetime
from pathlib import Path

from cpdesk.base.errors import CodedError, KnownError
from tests.support.world import World
from tests.torture import disk
from tests.torture.scenarios import SCENARIOS, unlock

OPENED = "opened"
"""The mark before the first act; those after the acts have their names."""
FAILED = "failed: "
"""Before the names of those that failed."""


def _main(name: str, folder: Path, instant: datetime) -> None:
    scenario, control = SCENARIOS[name], disk.control()
    world = World(folder, instant)
    unlock(world)
    failed = ""
    try:
        if scenario.opens:
            world.store.open()
    except KnownError:
        control.mark(FAILED + OPENED)
        return
    control.mark(OPENED)
    for act in scenario.acts:
        try:
            act.do(world)
        except CodedError as error:
            if not (failed or isinstance(error, KnownError)):
                raise
            failed = FAILED
            control.mark(FAILED + act.name)
        else:
            control.mark(act.name)
    world.close()


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
