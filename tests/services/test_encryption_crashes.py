"""A process that is killed while it encrypts the database, or writes it without encryption, loses nothing."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.store import cipher
from tests.support.dying import PASSPHRASE, TOP, die_everywhere
from tests.support.world import World, connected, dump

pytest.importorskip("sqlcipher3", reason="encryption is an extra")

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def arranged(world: World) -> World:
    """A database with something in it, which is not open."""
    account = world.pool("Contoso", "ada@contoso.example", seats=3)
    world.assign(account, "ada@contoso.example")
    world.close()
    return world


def books(place: Path, world: World) -> Rows:
    """What a folder holds in which a process died; it opens, and its books are right."""
    left = World(place, world.clock.now())
    left.services.encryption.unlock(PASSPHRASE)
    left.open()
    problems, found = left.problems(), dump(left.store.path)
    left.close()
    assert problems == [], place.name
    settings = [row for row in found["setting"] if row[0] != "audit_head"]
    return {name: rows for name, rows in found.items() if name != "audit_entry"} | {"setting": settings}


def encrypted(place: Path) -> bool:
    return cipher.salt_of(place / "cpdesk.db") is not None


@pytest.mark.parametrize("task", ["encrypt", "decrypt"])
def test_the_old_file_or_the_new_one_is_there_whole(arranged: World, task: str) -> None:
    if task == "decrypt":
        arranged.open()
        arranged.services.encryption.turn_on(arranged.by, PASSPHRASE)
        arranged.close()
    before, was = books(arranged.folder, arranged), encrypted(arranged.folder)
    left = die_everywhere(arranged, task, 29, 5)
    assert left.moments > 4
    assert encrypted(left.finished) is not was
    for place in [*left.died, left.finished]:
        assert books(place, arranged) == before, place.name
        # And whoever comes next can do it.
        one = World(place, arranged.clock.now())
        one.open()
        if encrypted(place) is was:
            switch = one.services.encryption.turn_on if task == "encrypt" else one.services.encryption.turn_off
            switch(one.by, PASSPHRASE)
        assert one.problems() == []
        one.close()


WAITING = """
import sys
from datetime import datetime
from pathlib import Path
from cpdesk.base.errors import CodedError
from tests.support.world import World
world = World(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
try:
    world.store.open()
    world.account("Written by another process")
except CodedError as error:
    print(error.code)
else:
    print("written")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells which files a process has open")
def test_whoever_opens_it_meanwhile_is_refused_and_writes_nothing_that_is_lost(
    arranged: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process has the old file open, and waits for its lock, while the new one takes its place."""
    from cpdesk.store import recoding

    exchange = recoding.exchange
    words = [sys.executable, "-c", WAITING, str(arranged.folder), arranged.clock.now().isoformat()]
    with subprocess.Popen(words, cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as other:
        written, read = other.stdin, other.stdout
        assert written
        assert read
        assert read.readline() == "ready\n"

        def exchanged(*arguments: Any) -> None:
            written.write("go\n")
            written.flush()
            _wait_until_open(other.pid, arranged.store.path)
            exchange(*arguments)

        monkeypatch.setattr(recoding, "exchange", exchanged)
        arranged.open()
        arranged.services.encryption.turn_on(arranged.by, PASSPHRASE)
        told = read.read().split()
    assert told[0] in {"not_a_database", "database_gone", "passphrase_needed", "database_locked"}
    assert arranged.problems() == []
    assert [row.name for row in arranged.services.accounts.rows(arranged.by)] == ["Contoso"]
    arranged.close()


def _wait_until_open(process: int, path: Path) -> None:
    """Until a process has a file open."""
    links = Path(f"/proc/{process}/fd")
    while True:
        try:
            if any(link.resolve() == path for link in links.iterdir()):
                return
        except FileNotFoundError:
            continue


def test_where_open_files_cannot_be_renamed(arranged: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: whoever has written since the lock was given up is not written over."""
    from cpdesk.store import recoding

    monkeypatch.setattr(recoding, "_exchange_open", recoding._exchange_closed)
    arranged.open()
    arranged.services.encryption.turn_on(arranged.by, PASSPHRASE)
    assert encrypted(arranged.folder)
    release = recoding.Held.release

    def somebody_is_quicker(self: recoding.Held) -> None:
        release(self)
        with closing(connected(self.path)) as plain:
            plain.execute("PRAGMA journal_mode = WAL").fetchone()

    monkeypatch.setattr(recoding.Held, "release", somebody_is_quicker)
    with pytest.raises(KnownError, match="database_in_use"):
        arranged.services.encryption.turn_off(arranged.by, PASSPHRASE)
    assert encrypted(arranged.folder)
    assert arranged.problems() == []
    arranged.close()
