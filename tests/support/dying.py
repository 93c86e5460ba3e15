"""A process that dies at each moment of a task in turn: `python -m tests.support.dying FOLDER INSTANT TASK STRIDE`.

A moment is an SQL statement on any connection, a file that is opened, moved or removed, or a page that is copied from
one database to another. For n = STRIDE, 2 * STRIDE, ... the folder is copied and a child forked that does the task
there and is killed, without any goodbye, at the n-th moment. The folders of all children are printed as JSON; in the
last one the task came to its end.
"""

import json
import os
import shutil
import signal
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
from tests.support.steady import seal_steadily
from tests.support.world import ADMIN, PASSWORD, World

TOP = Path(__file__).parents[2]
BACKUP = "before.db"
"""The backup to restore, in the data folder."""
PASSPHRASE, OTHER_PASSPHRASE = "all the king's horses", "and all the king's men"
MOVED = "everything.cpdesk-move"
"""The file to move out in, there as well."""
_DIED, _FINISHED = -9, 0
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


class _Fuse:
    """Ends the process at the n-th moment."""

    def __init__(self, moments: int) -> None:
        self._left = moments

    def __call__(self, *_what: object) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, event: str, _args: object) -> None:
        """Burn at what Python tells of."""
        if event in _EVENTS:
            self()

    def light(self) -> None:
        """Burn from now on, on all connections that are opened."""
        connect, opened_by_sqlcipher = sqlite3.connect, cipher.opened

        def connected_by_sqlcipher(*args: Any, **named: Any) -> sqlite3.Connection:
            opened = opened_by_sqlcipher(*args, **named)
            opened.set_trace_callback(self)
            return opened

        def connected(*args: Any, **named: Any) -> sqlite3.Connection:
            opened: sqlite3.Connection = connect(*args, **named)
            opened.set_trace_callback(self)
            return opened

        sqlite3.connect = connected  # type: ignore[assignment]
        cipher.opened = connected_by_sqlcipher
        sys.addaudithook(self.watch)


def _slow_down(fuse: _Fuse) -> None:
    """Copy page by page, and write to the file before the end, as it is with a database that does not fit in memory."""
    at_once, connected = Present.replace_by, replacing._connected

    def small(path: Path) -> Any:
        plain = connected(path)
        plain.execute("PRAGMA cache_size = 2")
        return plain

    def page_by_page(self: Present, draft: Path) -> None:
        at_once(self, draft, fuse)

    replacing._PAGES, replacing._connected = 1, small
    Present.replace_by = page_by_page  # type: ignore[method-assign,assignment]


def _live(folder: Path, instant: datetime, task: str, moments: int) -> int:
    fuse = _Fuse(moments)
    _slow_down(fuse)
    if task != "copy":
        fuse.light()
    TASKS[task](World(folder, instant))
    return _FINISHED


def _main(folder: Path, instant: datetime, task: str, stride: int) -> None:
    places = [folder.with_name(f"{folder.name}-0")]
    shutil.copytree(folder, places[0])
    # In this process, too: loading modules is most of what each child would spend its time on.
    TASKS[task](World(places.pop(), instant))
    moments, outcome = 0, _DIED
    while outcome == _DIED:
        moments += stride
        places.append(folder.with_name(f"{folder.name}-{moments}"))
        shutil.copytree(folder, places[-1])
        outcome = forking.outcome(partial(_live, places[-1], instant, task, moments))
    if outcome != _FINISHED:
        raise SystemExit(outcome)
    sys.stdout.write(json.dumps([str(place) for place in places]))


def die_everywhere(world: World, task: str, stride: int) -> list[Path]:
    """The folders of copies in which a process died at each moment of a task, or each so many; in the last it ended."""
    words = (sys.executable, "-m", "tests.support.dying", str(world.folder), world.clock.now().isoformat(), task)
    done = subprocess.run(
        [*words, str(stride)], cwd=TOP, capture_output=True, encoding="utf-8", timeout=110, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [Path(place) for place in json.loads(done.stdout)]


if __name__ == "__main__":
    seal_steadily()
    _main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
