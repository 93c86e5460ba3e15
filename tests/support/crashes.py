"""What is left when a process dies before any of the SQL statements of a task.

`copied` finds out in one run. `killed` has real processes die of it, which `python -m tests.support.crashes FOLDER
INSTANT TASK STRIDE` forks: for n = STRIDE, 2 * STRIDE, ... it copies the folder, and a child does the task in the copy
and is killed, without any goodbye, when SQLite is about to run the n-th statement. It stops at the first child that
gets to the end, and prints n.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.domain.accounts import Contact, OpeningLine
from cpdesk.domain.bulk.file import BulkChange
from cpdesk.domain.leaving import SeatWish
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import UserFields, UserQuery
from cpdesk.domain.undo import Reversal, Undo
from cpdesk.store import connection
from tests.support import forking
from tests.support.moments import Copies, Left
from tests.support.steady import seal_steadily
from tests.support.world import E3, PREMIUM, START, STORAGE, World

TOP = Path(__file__).parents[2]
EXPORT = "users.csv"
"""The file to import, in the data folder."""
ACCOUNTS = "accounts.csv"
"""The file of accounts to create, in the data folder."""
LEAVING = "leaving@contoso.example"
PLANNED_FOR = date(2026, 11, 20)


def _first(world: World) -> int:
    return int(world.stored("SELECT min(id) FROM account")[0][0])


def _import(world: World) -> None:
    world.services.imports.run(world.by, _first(world), world.folder / EXPORT, add_seats=True)


def _users(world: World) -> tuple[int, ...]:
    return world.services.users.find_ids(world.by, _first(world), UserQuery())


def _remove_users(world: World) -> None:
    world.services.users.remove_many(world.by, _first(world), _users(world))


def _leave(world: World) -> None:
    """One product goes on to somebody else, the other leaves the pool."""
    guids = {product.part_number: product.guid for product in world.services.licenses.products()}
    users, account = world.services.users, _first(world)
    leaver, taker = (users.find(world.by, account, upn).id for upn in (LEAVING, "other@contoso.example"))
    wishes = [SeatWish(guids[PREMIUM], takers=(taker,)), SeatWish(guids[E3], release=True)]
    users.leave(world.by, account, [leaver], wishes)


def _edit(world: World) -> None:
    fields = UserFields("Zoë", "zoe@contoso.example", blocked=True)
    world.services.users.edit(world.by, _first(world), _users(world)[0], fields)


def _change_licenses(world: World) -> None:
    """Everybody loses Premium and gets E3."""
    guids = {product.part_number: product.guid for product in world.services.licenses.products()}
    world.services.licenses.change(world.by, _first(world), _users(world), assign=[guids[E3]], remove=[guids[PREMIUM]])


def _bulk(world: World) -> None:
    """Everybody gets what a file says."""
    rows = world.services.users.rows(world.by, _first(world))
    path = world.folder / "list.csv"
    path.write_text("UPN,Product\n" + "".join(f"{row.upn},{E3}\n" for row in rows), encoding="utf-8")
    bulk = world.services.bulk
    bulk.run(world.by, _first(world), bulk.read(path, BulkChange.ASSIGN))


def _undo(world: World) -> None:
    """Take back the deletion of everybody who is deleted."""
    account = _first(world)
    lines = "SELECT product_id FROM seat_entry WHERE audit_id = ?"
    removed = world.stored("SELECT id, removed_in FROM user WHERE removed_in IS NOT NULL")
    reversals = tuple(
        Reversal(entry, user, restores=True, assign=tuple(product for (product,) in world.stored(lines, entry)))
        for user, entry in removed
    )
    ((switch,),) = world.stored("SELECT max(id) FROM mode_switch WHERE account_id = ?", account)
    world.services.licenses.undo(world.by, Undo(account, switch, reversals))


def _refused(world: World) -> None:
    """A use case that settles and is then refused."""
    try:
        world.give_back(_first(world), 1, E3)
    except UserError:
        return
    raise AssertionError


def _plan(world: World) -> None:
    """Two leavers at once."""
    world.services.planning.leave(world.by, _first(world), PLANNED_FOR, _users(world))


TASKS: dict[str, Callable[[World], Any]] = {
    "carry_out": lambda world: world.services.modes.apply_due(),
    "plan": _plan,
    "apply_due": lambda world: world.services.modes.apply_due(),
    "list": lambda world: world.services.accounts.rows(world.by),
    "refused": _refused,
    "to_purchase": lambda world: world.change(_first(world), Mode.PURCHASE),
    "to_usage": lambda world: world.change(_first(world), Mode.USAGE),
    "keep": lambda world: world.keep(_first(world)),
    "buy": lambda world: world.buy(_first(world), 2),
    "remove_user": lambda world: world.services.users.remove(world.by, _first(world), LEAVING),
    "remove_users": _remove_users,
    "leave": _leave,
    "edit_user": _edit,
    "restore_user": lambda world: world.services.users.restore(world.by, _first(world), LEAVING),
    "change_licenses": _change_licenses,
    "undo": _undo,
    "import": _import,
    "bulk": _bulk,
    "import_accounts": lambda world: world.services.account_imports.run(world.by, world.folder / ACCOUNTS),
    "opening_balance": lambda world: world.services.accounts.opening_balance(
        world.by, _first(world), [OpeningLine(E3, 3, START.date()), OpeningLine(STORAGE, 1, START.date())]
    ),
    "close": lambda world: world.shut(_first(world)),
    "reopen": lambda world: world.open_again(_first(world)),
    "take_domain": lambda world: world.services.accounts.edit(
        world.by, _first(world), aliases=["fabrikam.example"], contacts=[Contact("Ada")], time_zone="UTC"
    ),
    "set_up": lambda world: world.set_up(),
}


@contextmanager
def _lit(fuse: Callable[[str], None]) -> Iterator[None]:
    """Have every connection that is opened meanwhile burn the fuse."""
    database: Any = connection.database
    connect = database._connect

    def connected() -> Any:
        opened = connect()
        opened.set_trace_callback(fuse)
        return opened

    database._connect = connected
    try:
        yield
    finally:
        del database._connect


def _live(world: World, task: str, fuse: Callable[[str], None]) -> None:
    if task == "set_up":
        with _lit(fuse):
            TASKS[task](world)
        return
    world.open()
    connection.database.connection().set_trace_callback(fuse)
    TASKS[task](world)


def copied(world: World, task: str) -> Left:
    """What is left when a process dies before any statement of a task, found out in one run of it."""
    one = World(_beside(world.folder, "run"), world.clock.now())
    shutil.copytree(world.folder, one.folder)
    copies = Copies(one.folder, _beside(world.folder, "copies"))
    _live(one, task, copies)
    left = copies.left()
    one.close()
    return left


def killed(world: World, task: str, every: int) -> Left:
    """What is left by processes that are killed before each so many statements of a task, and by one that is not."""
    facts = [str(world.folder), world.clock.now().isoformat(), task, str(every)]
    words = [sys.executable, "-m", "tests.support.crashes", *facts]
    done = subprocess.run(words, cwd=TOP, capture_output=True, encoding="utf-8", timeout=100, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    *died, finished = (_beside(world.folder, statements) for statements in range(every, int(done.stdout) + 1, every))
    return Left(len(died), died, finished)


def _beside(folder: Path, what: object) -> Path:
    return folder.with_name(f"{folder.name}-{what}")


def _die(folder: Path, instant: datetime, task: str, statements: int) -> int:
    _live(World(folder, instant), task, forking.Fuse(statements))
    return forking.FINISHED


def _rehearse(folder: Path, instant: datetime, task: str) -> None:
    """Do the task in this process, too: loading modules is most of what each child would spend its time on."""
    place = _beside(folder, 0)
    shutil.copytree(folder, place)
    world = World(place, instant)
    if task != "set_up":
        world.open()
    TASKS[task](world)
    world.close()


def _main(folder: Path, instant: datetime, task: str, stride: int) -> None:
    _rehearse(folder, instant, task)
    statements, outcome = 0, forking.KILLED
    while outcome == forking.KILLED:
        statements += stride
        place = _beside(folder, statements)
        shutil.copytree(folder, place)
        outcome = forking.outcome(partial(_die, place, instant, task, statements))
    if outcome != forking.FINISHED:
        raise SystemExit(outcome)
    sys.stdout.write(f"{statements}\n")


if __name__ == "__main__":
    seal_steadily()
    _main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
