"""Another process at work on a database: `python -m tests.support.child FOLDER INSTANT TASK`.

It opens the database, says "ready", waits for a line on standard input, does
its task, and prints what came of it as one line of JSON.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.services import settling
from tests.support.world import PREMIUM, World

PURCHASES = 15


def settle(world: World) -> dict[str, Any]:
    """Complete what is due, in small transactions, so that processes meet."""
    settling.BATCH = 1
    report = world.services.modes.apply_due()
    return {"settled": [switch.id for switch in report.applied], "carried_out": len(report.carried_out)}


def read(world: World) -> dict[str, Any]:
    """List the accounts, which settles too."""
    settling.BATCH = 1
    heard: list[int] = []
    plans: list[int] = []
    world.services.settler.listen(lambda batch: heard.extend(switch.id for switch in batch.switches))
    world.services.settler.listen(lambda batch: plans.append(len(batch.plans)))
    rows = world.services.accounts.rows(world.by)
    return {"settled": heard, "carried_out": sum(plans), "modes": [str(row.mode) for row in rows]}


def buy(world: World) -> dict[str, Any]:
    """Buy a seat at a time in every account, and count what was granted."""
    granted: dict[int, int] = {}
    codes: set[str] = set()
    accounts = [row[0] for row in world.stored("SELECT id FROM account ORDER BY name")]
    for account in accounts * PURCHASES:
        try:
            world.services.licenses.add_seats(world.by, account, PREMIUM, 1)
        except UserError as error:
            codes.add(error.code)
        else:
            granted[account] = granted.get(account, 0) + 1
    return {"granted": granted, "refused": sorted(codes)}


def issue(world: World) -> dict[str, Any]:
    """Issue last month's statement to every account that has none yet."""
    numbers: list[str] = []
    month = (world.clock.now().date().replace(day=1) - timedelta(days=1)).replace(day=1)
    for (account,) in world.stored("SELECT id FROM account ORDER BY name"):
        with suppress(UserError):
            numbers.append(world.services.issuing.issue(world.by, account, month).value.number)
    return {"numbers": numbers}


def set_up(world: World) -> dict[str, Any]:
    """Set the database up, unless somebody else was quicker."""
    try:
        world.set_up()
    except UserError as error:
        return {"refused": error.code}
    return {"refused": None}


def buy_for_ever(world: World) -> dict[str, Any]:
    """Buy seats until killed, and say after each one how many there are."""
    account = world.stored("SELECT id FROM account")[0][0]
    while True:
        done = world.services.licenses.add_seats(world.by, account, PREMIUM, 1)
        _say(done.value.seats)


TASKS: dict[str, Callable[[World], dict[str, Any]]] = {
    "settle": settle,
    "read": read,
    "buy": buy,
    "issue": issue,
    "set_up": set_up,
    "buy_for_ever": buy_for_ever,
}


def _say(what: object) -> None:
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


def _main(folder: str, instant: str, task: str) -> None:
    world = World(Path(folder), datetime.fromisoformat(instant))
    if task != "set_up":
        world.store.open()
    _say("ready")
    sys.stdin.readline()
    _say(TASKS[task](world))
    world.close()


def words(world: World, task: str) -> Iterator[str]:
    """The command line of a child that works on a world's database at the world's time."""
    yield from (sys.executable, "-m", "tests.support.child", str(world.folder), world.clock.now().isoformat(), task)


if __name__ == "__main__":
    _main(*sys.argv[1:])
