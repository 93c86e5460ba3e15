"""What is left when a process dies at any moment of a task: `python -m tests.support.dying FOLDER INSTANT TASK STRIDE`.

A moment is an SQL statement on any connection, a file that is opened, moved or removed, or some pages that are copied
from one database to another; in the task "copy" it is each page and nothing else. The task is done in a copy of the
folder, which is copied in turn at each of so many moments. With `kill` as a last word, for n = STRIDE, 2 * STRIDE, ...
the folder is copied and a child forked that does the task there and is killed, without any goodbye, at the n-th moment,
until one comes to its end. What is left is printed as JSON.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from cpdesk.store import cipher, replacing
from cpdesk.store.replacing import Present
from tests.support import forking
from tests.support.moments import Copies, Left
from tests.support.steady import seal_steadily
from tests.support.thorough import THOROUGH
from tests.support.world import ADMIN, PASSWORD, World

TOP = Path(__file__).parents[2]
BACKUP = "before.db"
"""The backup to restore, in the data folder."""
PASSPHRASE, OTHER_PASSPHRASE = "all the king's horses", "and all the king's men"
MOVED = "everything.cpdesk-move"
"""The file to move out in, there as well."""
KILL = "kill"
_PAGES = 16
"""Copied from one moment to the next."""
_EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}


def _open(world: World) -> None:
    world.store.open()
    world.close()


def _restore(world: World) -> None:
    world.store.open()
    world.services.backups.restore(world.by, world.folder / BACKUP)
    world.close()


def _rescue(world: World) -> None:
    world.services.backups.rescue(world.folder / BACKUP, ADMIN, PASSWORD)


def _encrypt(world: World) -> None:
    world.store.open()
    world.services.encryption.turn_on(world.by, PASSPHRASE)
    world.close()


def _decrypt(world: World) -> None:
    world.services.encryption.unlock(PASSPHRASE)
    world.store.open()
    world.services.encryption.turn_off(world.by, PASSPHRASE)
    world.close()


def _move(world: World) -> None:
    world.store.open()
    world.services.moving.out(world.by, world.folder / MOVED)
    world.close()


def _salvage(world: World) -> None:
    world.services.salvaging.put_in_place(ADMIN, PASSWORD)


def _bring_in(world: World) -> None:
    world.store.open()
    world.services.moving.bring_in(world.by, world.folder / MOVED)
    world.close()


def _bring_in_fresh(world: World) -> None:
    world.services.moving.bring_in_fresh(world.folder / MOVED, ADMIN, PASSWORD)


def _change_passphrase(world: World) -> None:
    world.services.encryption.unlock(PASSPHRASE)
    world.store.open()
    world.services.encryption.change_passphrase(world.by, PASSPHRASE, OTHER_PASSPHRASE)
    world.close()


TASKS: dict[str, Callable[[World], None]] = {
    "open": _open,
    "restore": _restore,
    "copy": _restore,
    "rescue": _rescue,
    "encrypt": _encrypt,
    "decrypt": _decrypt,
    "move": _move,
    "salvage": _salvage,
    "bring_in": _bring_in,
    "bring_in_fresh": _bring_in_fresh,
    "change_passphrase": _change_passphrase,
}


def _light(fuse: Callable[..., None]) -> None:
    """Have it burn from now on, on all connections that are opened and at what Python tells of."""
    connect, opened_by_sqlcipher = sqlite3.connect, cipher.opened

    def connected_by_sqlcipher(*args: Any, **named: Any) -> sqlite3.Connection:
        opened = opened_by_sqlcipher(*args, **named)
        opened.set_trace_callback(fuse)
        return opened

    def connected(*args: Any, **named: Any) -> sqlite3.Connection:
        opened: sqlite3.Connection = connect(*args, **named)
        opened.set_trace_callback(fuse)
        return opened

    def watch(event: str, _args: object) -> None:
        if event in _EVENTS:
            fuse()

    sqlite3.connect = connected  # type: ignore[assignment]
    cipher.opened = connected_by_sqlcipher
    sys.addaudithook(watch)


def _slow_down(fuse: Callable[..., None], pages: int) -> None:
    """Copy few pages at a time, and write to the file before the end, as where a database does not fit in memory."""
    at_once, connected = Present.replace_by, replacing._connected

    def small(path: Path) -> Any:
        plain = connected(path)
        plain.execute("PRAGMA cache_size = 2")
        return plain

    def page_by_page(self: Present, draft: Path) -> None:
        at_once(self, draft, fuse)

    replacing._PAGES, replacing._connected = pages, small
    Present.replace_by = page_by_page  # type: ignore[method-assign,assignment]


def _live(folder: Path, instant: datetime, task: str, fuse: Callable[..., None]) -> None:
    copies = task == "copy"
    _slow_down(fuse, 1 if copies else _PAGES)
    if not copies:
        _light(fuse)
    TASKS[task](World(folder, instant))


def _die(folder: Path, instant: datetime, task: str, moments: int) -> int:
    _live(folder, instant, task, forking.Fuse(moments))
    return forking.FINISHED


def _killed(folder: Path, instant: datetime, task: str, stride: int) -> Left:
    # In this process, too: loading modules is most of what each child would spend its time on.
    TASKS[task](World(_copied(folder, 0), instant))
    moments, outcome, places = 0, forking.KILLED, []
    while outcome == forking.KILLED:
        moments += stride
        places.append(_copied(folder, moments))
        outcome = forking.outcome(partial(_die, places[-1], instant, task, moments))
    if outcome != forking.FINISHED:
        raise SystemExit(outcome)
    *died, finished = places
    return Left(len(died), died, finished)


def _looked_at(folder: Path, instant: datetime, task: str, stride: int) -> Left:
    run = _copied(folder, "run")
    copies = Copies(run, folder.with_name(f"{folder.name}-copies"), stride)
    _live(run, instant, task, copies)
    return copies.left()


def _copied(folder: Path, what: object) -> Path:
    return Path(shutil.copytree(folder, folder.with_name(f"{folder.name}-{what}")))


def _main(folder: Path, instant: datetime, task: str, stride: int, *how: str) -> None:
    left = (_killed if KILL in how else _looked_at)(folder, instant, task, stride)
    sys.stdout.write(json.dumps([left.moments, [str(place) for place in left.died], str(left.finished)]))


def die_everywhere(world: World, task: str, thorough: int, every: int = 1) -> Left:
    """What is left when a process dies at each so many moments of a task; in a thorough run they are killed."""
    return killed(world, task, thorough) if THOROUGH else _left(world, task, every)


def killed(world: World, task: str, every: int) -> Left:
    """What is left when processes are killed at each so many moments of a task."""
    return _left(world, task, every, KILL)


def _left(world: World, task: str, every: int, *how: str) -> Left:
    facts = (str(world.folder), world.clock.now().isoformat(), task, str(every), *how)
    words = (sys.executable, "-m", "tests.support.dying", *facts)
    done = subprocess.run(words, cwd=TOP, capture_output=True, encoding="utf-8", timeout=110, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    moments, died, finished = json.loads(done.stdout)
    return Left(moments, [Path(place) for place in died], Path(finished))


if __name__ == "__main__":
    seal_steadily()
    _main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), sys.argv[3], int(sys.argv[4]), *sys.argv[5:])
