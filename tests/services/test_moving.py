"""Moving to another computer: everything arrives, or nothing changes, and only one computer goes on."""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.domain import delays, moving
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from cpdesk.services.setup import Setup
from cpdesk.store import cipher
from tests.support.dying import MOVED, PASSPHRASE, die_everywhere
from tests.support.forging import forged
from tests.support.refusals import refused
from tests.support.stored import STEPS, stored
from tests.support.world import ADMIN, DUE, PASSWORD, World, dump

ADA = "ada@contoso.example"
FILE = f"everything{moving.SUFFIX}"


@pytest.fixture
def account(world: World) -> int:
    account = world.pool("Contoso", ADA, seats=4)
    world.assign(account, ADA)
    (world.folder / moving.WINDOW).write_text("[General]\nlanguage=de\n", encoding="utf-8")
    return account


@pytest.fixture
def file(world: World, account: int, tmp_path: Path) -> Path:  # noqa: ARG001 - there is something to move
    """The file in which the world has moved out."""
    path = tmp_path / FILE
    assert world.services.moving.out(world.by, path, reason="new laptop").value.path == path
    return path


@pytest.fixture
def other(tmp_path: Path) -> Iterator[World]:
    """A computer on which nothing is yet."""
    made = World(tmp_path / "other")
    made.folder.mkdir()
    yield made
    made.close()


@pytest.fixture
def inhabited(other: World) -> World:
    """A computer with a database of its own."""
    other.open(create=True)
    other.set_up()
    other.account("Tailspin", domain="tailspin.example")
    return other


def content(world: World) -> dict[str, list[Any]]:
    tables = ("account", "user", "subscription", "assignment", "seat_entry", "mode_switch", "operator")
    return {table: world.stored(f"SELECT * FROM {table}") for table in tables}


def test_everything_arrives_on_a_fresh_computer(world: World, file: Path, other: World) -> None:
    shown = other.services.moving.preview_fresh(file, ADMIN, PASSWORD)
    assert (shown.manifest.accounts, [one.name for one in shown.restore.accounts]) == (1, ["Contoso"])
    done = other.services.moving.bring_in_fresh(file, ADMIN, PASSWORD)
    assert done.value.kept is None
    other.open()
    assert content(other) == content(world)
    assert other.problems() == []
    assert (other.folder / moving.WINDOW).read_text(encoding="utf-8").endswith("language=de\n")
    (entry,) = (row for row in other.services.audit.rows(other.by) if row.subject == "database")
    assert (entry.action, entry.after and entry.after["file"]) == ("database.moved_in", FILE)
    other.account("Fabrikam", domain="fabrikam.example")


def test_the_old_computer_changes_nothing_any_more(world: World, account: int, file: Path) -> None:
    away = world.services.moving.moved_away()
    assert away
    assert (away.by, away.file) == (ADMIN, FILE)
    before = dump(world.store.path)
    for change in (
        lambda: world.assign(account, ADA),
        lambda: world.account("Fabrikam", domain="fabrikam.example"),
        lambda: world.services.moving.out(world.by, file.with_name("again")),
    ):
        with pytest.raises(KnownError, match="moved_away"):
            change()
    assert dump(world.store.path) == before
    assert world.counts(account).seats == 4


def test_what_comes_due_there_stays_due_here(world: World, account: int, tmp_path: Path, other: World) -> None:
    world.request_usage(account)
    world.services.moving.out(world.by, tmp_path / FILE)
    world.clock.set(DUE)
    assert world.mode(account) is Mode.PURCHASE
    assert [found.code for found in world.services.checks.run()] == ["switch_overdue"]
    world.close()
    other.clock.set(DUE)
    other.services.moving.bring_in_fresh(tmp_path / FILE, ADMIN, PASSWORD)
    other.open()
    assert other.mode(account) is Mode.USAGE
    other.close()
    world.open()
    world.services.moving.take_back(world.by)


@pytest.mark.usefixtures("file")
def test_there_is_a_way_back_that_is_audited(world: World, account: int) -> None:
    world.services.moving.take_back(world.by, reason="the laptop broke")
    assert world.services.moving.moved_away() is None
    world.user(account, "bob@contoso.example")
    actions = [(row.action, row.reason) for row in world.services.audit.rows(world.by)]
    assert actions[1:3] == [("database.taken_back", "the laptop broke"), ("database.moved_away", "new laptop")]
    with refused("not_moved"):
        world.services.moving.take_back(world.by)


def test_who_may_do_it(world: World, account: int, tmp_path: Path) -> None:
    for by in (world.operator(Role.AUDITOR), world.operator(Role.CUSTOMER, account)):
        for work in (
            lambda by=by: world.services.moving.out(by, tmp_path / FILE),
            lambda by=by: world.services.moving.take_back(by),
        ):
            with refused("not_allowed"):
                work()
    assert not (tmp_path / FILE).exists()


def test_on_a_fresh_computer_an_administrator_of_the_file_signs_in(file: Path, other: World) -> None:
    with refused("wrong_credentials"):
        other.services.moving.bring_in_fresh(file, ADMIN, "wrong")
    assert not other.store.exists()


def test_what_was_there_is_kept(file: Path, inhabited: World) -> None:
    before = dump(inhabited.store.path)
    shown = inhabited.services.moving.preview(inhabited.by, file)
    assert {one.name: (one.now, one.then) for one in shown.restore.accounts} == {
        "Contoso": (None, Mode.PURCHASE),
        "Tailspin": (Mode.USAGE, None),
    }
    assert dump(inhabited.store.path) == before
    inhabited.close()
    done = inhabited.services.moving.bring_in(inhabited.by, file, reason="CHG-4")
    assert done.value.kept
    assert dump(done.value.kept) == before
    inhabited.open()
    assert inhabited.problems() == []


def test_it_comes_home_again(world: World, account: int, file: Path, other: World, tmp_path: Path) -> None:
    other.services.moving.bring_in_fresh(file, ADMIN, PASSWORD)
    other.open()
    other.user(account, "bob@contoso.example")
    back = tmp_path / f"back{moving.SUFFIX}"
    other.services.moving.out(other.by, back)
    other.close()
    world.close()
    world.services.moving.bring_in(world.by, back)
    world.open()
    assert world.services.moving.moved_away() is None
    assert "bob@contoso.example" in world.licenses(account)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2000])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x55
    path.write_bytes(data)


def text(path: Path) -> None:
    path.write_text("no file of ours", encoding="utf-8")


def empty_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "hello")


def _again(path: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    change(found)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in found.items():
            archive.writestr(name, data)


def _manifest(path: Path, **facts: object) -> None:
    def change(found: dict[str, bytes]) -> None:
        found[moving.MANIFEST] = json.dumps(json.loads(found[moving.MANIFEST]) | facts).encode()

    _again(path, change)


def newer(path: Path) -> None:
    _manifest(path, version=2)


def climbing(path: Path) -> None:
    _manifest(path, files=[{"name": "../evil", "size": 1, "sha256": "0" * 64}])


def more(path: Path) -> None:
    _again(path, lambda found: found.update({"../evil": b"x"}))


def less(path: Path) -> None:
    _again(path, lambda found: found.pop(moving.DATABASE))


def other_database(path: Path) -> None:
    def change(found: dict[str, bytes]) -> None:
        found[moving.DATABASE] = found[moving.DATABASE].replace(b"Contoso", b"Contosx")

    _again(path, change)


def endless(path: Path) -> None:
    """JSON has no such number, but Python reads it."""
    _manifest(path, entries=float("inf"))


def deep(path: Path) -> None:
    _again(path, lambda found: found.update({moving.MANIFEST: b"[" * 90_000}))


def packed_otherwise(path: Path) -> None:
    """In a way in which a file can ask for any amount of memory."""
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in found.items():
            archive.writestr(name, data)


def before_the_beginning(path: Path) -> None:
    """The file inside stands where nothing can be: behind the archive's end, or before its beginning."""
    data = path.read_bytes()
    at = data.rindex(b"PK\x01\x02") + 42
    path.write_bytes(data[:at] + b"\xfe\xff\xff\xff" + data[at + 4 :])


def nameless(path: Path) -> None:
    """A name that says to be UTF-8, and is not."""
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 9] |= 0x08
    data[at + 46] = 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (endless, "move_damaged"),
        (deep, "move_foreign"),
        (packed_otherwise, "move_damaged"),
        (before_the_beginning, "move_damaged"),
        (nameless, "move_foreign"),
        (cut, "move_foreign"),
        (flip, "move_damaged"),
        (text, "move_foreign"),
        (empty_zip, "move_foreign"),
        (newer, "move_newer"),
        (climbing, "move_damaged"),
        (more, "move_damaged"),
        (less, "move_damaged"),
        (other_database, "move_damaged"),
        (Path.unlink, "move_not_found"),
    ],
)
def test_what_is_no_whole_file_changes_nothing(
    file: Path, inhabited: World, harm: Callable[[Path], None], code: str
) -> None:
    harm(file)
    before = dump(inhabited.store.path)
    for work in (inhabited.services.moving.preview, inhabited.services.moving.bring_in):
        with refused(code):
            work(inhabited.by, file)
    assert dump(inhabited.store.path) == before
    assert not list(inhabited.folder.rglob("evil"))
    assert list(inhabited.store.backups.glob("*")) == []


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("newer_schema", [False, True])
def test_another_schema_is_brought_up_to_date_or_refused(
    newer_schema: bool, world: World, tmp_path: Path, other: World
) -> None:
    old = stored(STEPS[4], tmp_path / "old")
    database = old.store.path
    world.services.moving.out(world.by, path := tmp_path / FILE)
    if newer_schema:
        database = tmp_path / "newer.db"
        shutil.copy(world.services.backups.make_unattended().path, database)
        assert forged(database, "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '')", ())

    def change(found: dict[str, bytes]) -> None:
        data = database.read_bytes()
        facts = json.loads(found[moving.MANIFEST])
        facts["files"][0] |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        found[moving.MANIFEST] = json.dumps(facts).encode()
        found[moving.DATABASE] = data

    _again(path, change)
    other.clock.set(old.clock.now())
    if newer_schema:
        with refused("move_newer"):
            other.services.moving.bring_in_fresh(path, ADMIN, PASSWORD)
        assert not other.store.exists()
    else:
        other.services.moving.bring_in_fresh(path, ADMIN, PASSWORD)
        other.open()
        assert other.problems() == []
    other.close()
    world.open()
    world.services.moving.take_back(world.by)


@pytest.mark.usefixtures("account")
def test_a_move_that_is_stopped_leaves_nothing(world: World, tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    before = dump(world.store.path)
    with pytest.raises(KeyboardInterrupt):
        world.services.moving.out(world.by, tmp_path / FILE, progress=stop)
    assert dump(world.store.path) == before
    assert not list(tmp_path.glob("everything*"))
    assert list(world.store.backups.iterdir()) == []


def test_an_encrypted_database_stays_so_on_the_way(world: World, account: int, tmp_path: Path, other: World) -> None:
    pytest.importorskip("sqlcipher3")
    world.services.encryption.turn_on(world.by, PASSPHRASE)
    world.open()
    path = tmp_path / FILE
    world.services.moving.out(world.by, path)
    assert b"Contoso" not in path.read_bytes()
    world.close()
    cipher.forget()
    with pytest.raises(KnownError, match="passphrase_needed"):
        other.services.moving.bring_in_fresh(path, ADMIN, PASSWORD)
    with refused("wrong_passphrase"):
        other.services.moving.unlock(path, partial(other.services.encryption.unlock, "something else"))
    other.services.moving.unlock(path, partial(other.services.encryption.unlock, PASSPHRASE))
    other.services.moving.bring_in_fresh(path, ADMIN, PASSWORD)
    other.open()
    assert other.licenses(account) == {ADA: ("SPB",)}
    assert b"Contoso" not in other.store.path.read_bytes()
    other.close()
    world.services.encryption.unlock(PASSPHRASE)
    world.open()
    world.services.moving.take_back(world.by)


@pytest.mark.usefixtures("account")
def test_nothing_is_written_over(world: World, tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text("mine", encoding="utf-8")
    with refused("backup_exists"):
        world.services.moving.out(world.by, path)
    assert path.read_text(encoding="utf-8") == "mine"
    assert world.services.moving.moved_away() is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes that die are forked")
def test_a_kill_leaves_a_whole_file_or_none_and_never_two_ledgers(folder: Path) -> None:
    world = World(folder)
    world.open()
    world.pool("Contoso", ADA)
    world.close()
    left = die_everywhere(world, "move", 9)
    assert left.moments > 5
    for place in (*left.died, left.finished):
        one = World(place, world.clock.now())
        one.open()
        away, problems = one.services.moving.moved_away(), one.problems()
        whole = (place / MOVED).exists()
        assert problems == []
        # With the file there, nothing goes on here; without it there is a way back.
        assert away is not None or not whole, place.name
        if whole:
            shown = World(place.with_name(f"{place.name}-in"))
            shown.folder.mkdir()
            shown.services.moving.bring_in_fresh(place / MOVED, ADMIN, PASSWORD)
            shown.open()
            assert shown.problems() == []
            shown.close()
            one.open()
        if away:
            one.services.moving.take_back(one.by)
        one.account("Since", domain="since.example")
        one.close()
    assert (left.finished / MOVED).exists()


def test_setup_is_not_needed_on_a_computer_that_was_moved_to(file: Path, other: World) -> None:
    other.services.moving.bring_in_fresh(file, ADMIN, PASSWORD)
    other.open()
    assert isinstance(other.services.setup, Setup)
    assert not other.services.setup.needed()


@pytest.mark.usefixtures("file")
def test_the_door_of_a_computer_that_was_put_aside_stays_guarded(world: World) -> None:
    for _attempt in range(delays.FREE + 1):
        with refused("wrong_credentials"):
            world.services.operators.sign_in(ADMIN, "guessed")
    with refused("too_many_attempts"):
        world.services.operators.sign_in(ADMIN, PASSWORD)
