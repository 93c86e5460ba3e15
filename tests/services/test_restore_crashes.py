"""A kill in the middle of a restore leaves the one database or the other, whole, and nothing is lost."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from cpdesk.domain import sealing
from cpdesk.store import backup
from tests.support.dying import BACKUP, TOP, die_everywhere, killed
from tests.support.moments import Left
from tests.support.refusals import refused
from tests.support.steady import Steady
from tests.support.world import ADMIN, DUE, PASSWORD, World, dump

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes that die are forked")

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(autouse=True)
def _sealed_steadily(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "secrets", Steady())


@pytest.fixture
def arranged(folder: Path) -> World:
    """A closed database that has moved on since its backup; in the backup a switch is pending that is due by now."""
    world = World(folder)
    world.open()
    account = world.pool("Contoso", "ada@contoso.example", seats=4)
    world.assign(account, "ada@contoso.example")
    world.request_usage(account)
    world.services.backups.make_unattended(world.folder / BACKUP)
    world.keep(account)
    for number in range(12):
        world.account(f"Since {number}", f"ada@since{number}.example", domain=f"since{number}.example")
    world.clock.set(DUE)
    world.close()
    return world


def whole(place: Path, world: World) -> Rows:
    """What a database holds that died; it opens, and its books are right."""
    left = World(place, world.clock.now())
    left.open()
    problems, found = left.problems(), dump(left.store.path)
    left.close()
    assert problems == [], place.name
    return found


def kept(place: Path) -> list[Rows]:
    return [dump(row.path) for row in backup.listed(place / "backups")]


def everything(place: Path) -> bytes:
    """All bytes that there are."""
    return b"".join(path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file())


def old_or_new(arranged: World, left: Left) -> None:
    before = dump(arranged.store.path)
    after = whole(left.finished, arranged)
    assert after != before
    halfway = [place for place in left.died if (place / "cpdesk.db-journal").exists()]
    outcomes = [whole(place, arranged) for place in left.died]
    assert halfway, "none died while the file was being written"
    assert all(found in (before, after) for found in outcomes)
    assert before in outcomes
    tried: set[bytes] = set()
    for place, found in zip(left.died, outcomes, strict=True):
        # Whatever is no longer in its place is kept; and the backup can be restored from where it stopped.
        assert found == before or before in kept(place), place.name
        if (content := everything(place)) in tried:
            continue
        tried.add(content)
        again = World(place, arranged.clock.now())
        again.open()
        again.services.backups.restore(again.by, place / BACKUP)
        problems = again.problems()
        again.close()
        assert problems == [], place.name


@pytest.mark.long
@pytest.mark.parametrize(("task", "thorough", "every"), [("copy", 1, 4), ("restore", 11, 1)])
def test_the_old_one_or_the_new_one_is_there_whole(arranged: World, task: str, thorough: int, every: int) -> None:
    left = die_everywhere(arranged, task, thorough, every)
    assert left.moments > 20
    old_or_new(arranged, left)


@pytest.mark.long
def test_so_it_is_after_a_real_kill(arranged: World) -> None:
    old_or_new(arranged, killed(arranged, "copy", 16))


@pytest.mark.parametrize("damage", ["missing", "damaged"])
def test_a_rescue_leaves_what_was_there_or_the_new_one(arranged: World, damage: str) -> None:
    content = b"damaged" * 900
    arranged.store.path.unlink()
    if damage == "damaged":
        arranged.store.path.write_bytes(content)
    left = die_everywhere(arranged, "rescue", 5)
    after = whole(left.finished, arranged)
    outcomes = []
    for place in left.died:
        file = place / "cpdesk.db"
        present = file.read_bytes() if file.exists() else b""
        if present in (b"", content):
            outcomes.append("old")
            World(place, arranged.clock.now()).services.backups.rescue(place / BACKUP, ADMIN, PASSWORD)
        else:
            outcomes.append("new")
            with refused("database_opens"):
                World(place, arranged.clock.now()).services.backups.rescue(place / BACKUP, ADMIN, PASSWORD)
            assert dump(file) == after
        assert whole(place, arranged)["account"] == after["account"]
        if damage == "damaged":
            assert content in [one.read_bytes() for one in (place / "backups").glob("cpdesk-damaged-*")]
    assert set(outcomes) == {"old", "new"}


RESTORING = """
import sys
from datetime import datetime
from pathlib import Path
from tests.support.world import World
world = World(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
world.store.open()
print("ready", flush=True)
while True:
    for name in ("one.db", "two.db"):
        world.services.backups.restore(world.by, world.folder / name)
        print(name, flush=True)
"""


def test_a_kill_at_any_instant_of_restoring_to_and_fro(world: World) -> None:
    """Wherever the system happens to be, writing to the disk included."""
    world.account("One")
    world.services.backups.make_unattended(world.folder / "one.db")
    for number in range(150):
        world.account(f"Two {number}", domain=f"two{number}.example")
    world.services.backups.make_unattended(world.folder / "two.db")
    world.close()
    for restored in (0, 1, 2, 0, 1, 2):
        place = Path(shutil.copytree(world.folder, world.folder.with_name("killed")))
        killed_after(world, place, restored)
        shutil.rmtree(place)


def killed_after(world: World, place: Path, restored: int) -> None:
    words = [sys.executable, "-c", RESTORING, str(place), world.clock.now().isoformat()]
    with subprocess.Popen(words, cwd=TOP, stdout=subprocess.PIPE, encoding="utf-8") as child:
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        for _restored in range(restored):
            child.stdout.readline()
        with suppress(subprocess.TimeoutExpired):
            child.wait(random.uniform(0.0, 0.5))
        child.kill()
        told = child.stdout.read().split()
    assert child.returncode == -signal.SIGKILL
    left = World(place, world.clock.now())
    left.open()
    accounts = left.stored("SELECT count(*) FROM account")[0][0]
    assert accounts in {1, 151}
    assert left.problems() == [], json.dumps(told)
    if told or restored:
        assert left.stored("SELECT count(*) FROM audit_entry WHERE action = 'database.restored'")[0][0] >= 1
    left.close()
