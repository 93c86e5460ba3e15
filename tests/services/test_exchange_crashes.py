"""A kill while another database takes the place of the present one leaves the one or the other, whole.

Brought in from another computer, salvaged, or written anew with another passphrase; restoring and encrypting have
tests of their own.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest

from cpdesk.base.errors import UserError
from cpdesk.store import backup, cipher
from tests.support.dying import MOVED, OTHER_PASSPHRASE, PASSPHRASE, TASKS, die_everywhere
from tests.support.world import World, dump
from tests.support.wrecks import break_page

Rows = dict[str, list[tuple[Any, ...]]]

CHANGES = ("audit_entry", "setting", "operator", "schema_migration")
"""What is written when one takes the other's place, and when a table was made."""
HEAD = 100
"""Bytes at the beginning of a database that tell what kind of file it is."""


def rows(path: Path) -> Rows:
    return {name: found for name, found in dump(path).items() if name not in CHANGES}


def whole(place: Path, world: World) -> Rows:
    """What the program finds there; its books are right."""
    left = World(place, world.clock.now())
    left.open()
    problems, found = left.problems(), rows(left.store.path)
    left.close()
    assert problems == [], place.name
    return found


def again(place: Path, world: World, task: str) -> Rows:
    """What comes of it when it is done once more."""
    TASKS[task](World(place, world.clock.now()))
    return whole(place, world)


@pytest.fixture
def arrived(folder: Path) -> World:
    """A closed database, and beside it a file from another computer."""
    there = World(Path(shutil.copytree(folder, folder.with_name("there"))))
    there.open()
    there.pool("Tailspin", "zoe@tailspin.example")
    there.services.moving.out(there.by, folder / MOVED)
    there.close()
    here = World(folder)
    here.open()
    here.pool("Contoso", "ada@contoso.example", seats=4)
    here.close()
    return here


def test_bringing_in(arrived: World) -> None:
    before = whole(arrived.folder, arrived)
    left = die_everywhere(arrived, "bring_in", 11, 5)
    after = whole(left.finished, arrived)
    assert after != before
    assert left.moments > 3
    for place in left.died:
        found = whole(place, arrived)
        assert found in (before, after), place.name
        # What is no longer in its place is kept, and the file can be brought in from where it stopped.
        assert found == before or before in [rows(row.path) for row in backup.listed(place / "backups")]
    assert again(left.died[0], arrived, "bring_in") == again(left.died[-1], arrived, "bring_in") == after


def test_bringing_in_where_nothing_is(arrived: World) -> None:
    arrived.store.path.unlink()
    left = die_everywhere(arrived, "bring_in_fresh", 11, 5)
    after = whole(left.finished, arrived)
    assert left.moments > 2
    for place in left.died:
        if World(place).store.exists():
            assert whole(place, arrived) == after, place.name
        else:
            assert again(place, arrived, "bring_in_fresh") == after


@pytest.fixture
def broken(folder: Path) -> World:
    """A closed database with users on a page that cannot be read."""
    world = World(folder)
    world.open()
    world.pool("Contoso", "ada@contoso.example", "bob@contoso.example", seats=3)
    world.close()
    break_page(world, "user")
    return world


def test_salvaging(broken: World) -> None:
    damaged = broken.store.path.read_bytes()
    left = die_everywhere(broken, "salvage", 13, 5)
    after = whole(left.finished, broken)
    assert len(after["user"]) == 2
    assert left.moments > 3
    for place in left.died:
        present = (place / "cpdesk.db").read_bytes()
        if present != damaged:
            assert damaged in [one.read_bytes() for one in (place / "backups").glob("cpdesk-damaged-*.db")]
        # SQLite notes in the head of a damaged one, too, that there is no write-ahead log any more.
        if present[HEAD:] == damaged[HEAD:]:
            assert again(place, broken, "salvage") == after, place.name
        else:
            assert whole(place, broken) == after, place.name


def test_another_passphrase(folder: Path) -> None:
    pytest.importorskip("sqlcipher3", reason="encryption is an extra")
    world = World(folder)
    world.open()
    world.pool("Contoso", "ada@contoso.example", seats=3)
    world.services.encryption.turn_on(world.by, PASSPHRASE)
    before = rows(world.store.path)
    world.close()
    left = die_everywhere(world, "change_passphrase", 13, 5)
    assert left.moments > 3
    for place in [*left.died, left.finished]:
        fitting = [one for one in (PASSPHRASE, OTHER_PASSPHRASE) if opens(place, one)]
        assert len(fitting) == 1, place.name
        opens(place, fitting[0])
        assert whole(place, world) == before, place.name
    assert opens(left.finished, OTHER_PASSPHRASE)


def opens(place: Path, passphrase: str) -> bool:
    cipher.forget()
    try:
        World(place).services.encryption.unlock(passphrase)
    except UserError:
        return False
    return True
