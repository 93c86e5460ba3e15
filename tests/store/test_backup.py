"""Making backups: verified before they have their name, and nothing half-done is left."""

import errno
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from cpdesk.base import durable
from cpdesk.base.errors import CodedError, KnownError, UserError
from cpdesk.domain.backups import BackupKind, file_name
from cpdesk.store import backup, connection, contents
from tests.support.stored import SCHEMA
from tests.support.world import START, World, dump

TOP = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX knows them")


def refused(world: World, target: Path) -> CodedError:
    """Try to make a backup, which has to fail and to leave the folder and the database as they were."""
    before, rows = names(target.parent), dump(world.store.path)
    with pytest.raises(CodedError) as trouble, connection.looking(world.store.path) as plain:
        backup.write(plain, target)
    assert names(target.parent) == before
    assert dump(world.store.path) == rows
    return trouble.value


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def copy(world: World, target: Path) -> None:
    with connection.looking(world.store.path) as plain:
        backup.write(plain, target)


@pytest.fixture
def folder_of_backups(world: World) -> Path:
    world.pool("Contoso", "ada@contoso.example", seats=3)
    made = world.folder / "elsewhere"
    made.mkdir()
    return made


def test_a_backup_has_every_row(world: World, folder_of_backups: Path) -> None:
    target = folder_of_backups / "copy.db"
    copy(world, target)
    assert dump(target) == dump(world.store.path)
    assert names(folder_of_backups) == {"copy.db"}


def test_a_backup_stands_for_itself(world: World, folder_of_backups: Path) -> None:
    target = folder_of_backups / "copy.db"
    copy(world, target)
    with closing(sqlite3.connect(target)) as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert contents.damage(plain) == []
    other = World(Path(shutil.copytree(folder_of_backups, world.folder / "other")))
    (other.folder / "copy.db").rename(other.store.path)
    world.close()
    other.open()
    assert other.problems() == []
    other.close()


def test_it_is_made_while_somebody_writes(world: World, folder_of_backups: Path) -> None:
    """What is not yet committed is not in it."""
    before = dump(world.store.path)

    def copy_halfway() -> None:
        with world.store.write():
            connection.execute_many("UPDATE account SET name = ?", [("Half-done",)])
            copy(world, folder_of_backups / "copy.db")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        copy_halfway()
    assert dump(folder_of_backups / "copy.db") == before


def test_changes_meanwhile_are_in_it_wholly_or_not_at_all(world: World, folder_of_backups: Path) -> None:
    over = threading.Event()

    def work() -> None:
        world.store.connect()
        number = 0
        while not over.is_set():
            number += 1
            world.services.accounts.create(world.by, f"Customer {number}", f"customer{number}.example")
        world.close()

    worker = threading.Thread(target=work)
    worker.start()
    made = 0
    try:
        for number in range(8):
            try:
                copy(world, folder_of_backups / f"{number}.db")
            except KnownError as error:
                assert error.code == "database_locked"  # noqa: PT017 - it may be too busy, and says so
            else:
                made += 1
    finally:
        over.set()
        worker.join(30)
    assert made == len(names(folder_of_backups))
    for file in folder_of_backups.iterdir():
        with closing(sqlite3.connect(file)) as plain:
            entries, accounts = plain.execute(
                "SELECT (SELECT count(*) FROM audit_entry WHERE action = 'account.created'), count(*) FROM account"
            ).fetchone()
        assert entries == accounts


def test_a_read_only_database_can_be_copied(world: World, folder_of_backups: Path) -> None:
    rows = dump(world.store.path)
    world.close()
    world.store.path.chmod(0o400)
    copy(world, folder_of_backups / "copy.db")
    assert dump(folder_of_backups / "copy.db") == rows
    world.store.path.chmod(0o600)


@posix
def test_nobody_else_can_read_a_backup(world: World) -> None:
    row = world.services.backups.make_unattended()
    assert stat.S_IMODE(row.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(row.path.parent.stat().st_mode) == 0o700


def test_two_in_one_second_both_stay(world: World) -> None:
    first, second = (world.services.backups.make_unattended() for _ in range(2))
    assert first.made_at == START
    assert second.made_at == START + timedelta(seconds=1)
    assert backup.listed(world.store.backups) == [second, first]


# What goes wrong


def test_two_that_begin_in_one_second_both_stay(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name was free when it was chosen, and is not when the copy is there."""
    taken = world.store.backups / file_name(BackupKind.MANUAL, START, SCHEMA)
    put = backup._put

    def after_another_one(part: Path, target: Path) -> None:
        if target == taken:
            taken.touch()
        put(part, target)

    monkeypatch.setattr(backup, "_put", after_another_one)
    with connection.looking(world.store.path) as plain:
        made = backup.keep(plain, world.store.backups, BackupKind.MANUAL, START)
    assert made.made_at == START + timedelta(seconds=1)
    assert taken.stat().st_size == 0


def test_where_a_file_can_have_only_one_name(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_target: Path, _part: Path) -> None:
        raise OSError(errno.EPERM, "no such thing")

    monkeypatch.setattr(Path, "hardlink_to", unknown)
    target = world.folder / "copy.db"
    copy(world, target)
    assert dump(target) == dump(world.store.path)
    assert refused(world, target).code == "backup_exists"


def test_a_kill_while_it_gets_its_name_leaves_no_empty_backup(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_names: object) -> None:
        raise KeyboardInterrupt

    backup.make_folder(world.store.backups)
    monkeypatch.setattr(Path, "replace", killed)
    monkeypatch.setattr(durable, "flush_folder", killed)
    with pytest.raises(KeyboardInterrupt), connection.looking(world.store.path) as plain:
        backup.keep(plain, world.store.backups, BackupKind.DAILY, START)
    assert [dump(row.path) for row in backup.listed(world.store.backups)] == [dump(world.store.path)]


def test_a_backup_whose_name_does_not_get_to_the_disk_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_folder: Path) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(durable, "flush_folder", broken)
    target = world.folder / "copy.db"
    assert refused(world, target).code == "disk_trouble"
    monkeypatch.undo()
    copy(world, target)


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_no_backup_takes_a_name_that_belongs_to_the_database(world: World, suffix: str) -> None:
    """SQLite would take it for its own, and delete it."""
    target = world.store.path.with_name(f"{world.store.path.name}{suffix}")
    world.store.disconnect()
    there = target.exists()
    with pytest.raises(UserError) as trouble:
        world.services.backups.make_unattended(target)
    assert trouble.value.code == "backup_exists"
    assert target.exists() == there


def test_a_backup_never_replaces_a_file(world: World, folder_of_backups: Path) -> None:
    target = folder_of_backups / "mine.txt"
    target.write_text("mine", encoding="utf-8")
    error = refused(world, target)
    assert (type(error), error.code) == (UserError, "backup_exists")
    assert target.read_text(encoding="utf-8") == "mine"


@posix
def test_not_even_one_that_a_dead_link_points_to(world: World, folder_of_backups: Path) -> None:
    target = folder_of_backups / "link.db"
    target.symlink_to(folder_of_backups / "nowhere.db")
    assert refused(world, target).code == "backup_exists"


def test_a_folder_has_to_be_there(world: World, folder_of_backups: Path) -> None:
    error = refused(world, folder_of_backups / "gone" / "copy.db")
    assert (type(error), error.code) == (UserError, "backup_folder_missing")


def test_a_file_in_the_place_of_the_folder_is_a_trouble_of_the_disk(world: World) -> None:
    world.store.backups.write_bytes(b"")
    with pytest.raises(KnownError, match="disk_trouble"):
        world.services.backups.make_unattended()


def test_a_damaged_database_makes_no_backup(folder: Path) -> None:
    world = World(folder)
    content = bytearray(world.store.path.read_bytes())
    content[3 * 4096 : 4 * 4096] = b"\xff" * 4096
    world.store.path.write_bytes(content)
    before = names(folder)
    with pytest.raises(KnownError, match="database_damaged") as trouble:
        copy(world, folder / "copy.db")
    assert trouble.value.params["path"] == str(world.store.path)
    assert names(folder) == before


@posix
def test_a_disk_that_is_full_leaves_nothing(world: World, folder_of_backups: Path) -> None:
    """The system refuses files above a size, as a quota does, in the middle of writing."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        error = refused(world, folder_of_backups / "copy.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert isinstance(error, KnownError)
    assert error.code in {"disk_trouble", "disk_full"}


FULL = """
import json, os, subprocess, sys
from pathlib import Path
from cpdesk.base.errors import CodedError
from cpdesk.store import backup, connection
source, disk = Path(sys.argv[1]), Path(sys.argv[2])
disk.mkdir()
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(disk)], check=True)
try:
    with connection.looking(source) as plain:
        backup.write(plain, disk / "copy.db")
except CodedError as error:
    print(json.dumps([error.code, error.params["path"], os.listdir(disk)]))
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs a small disk of its own")
def test_a_really_full_disk_is_told_as_such(world: World, folder_of_backups: Path) -> None:
    disk = folder_of_backups / "small"
    words = ["unshare", "-Urm", sys.executable, "-c", FULL, str(world.store.path), str(disk)]
    done = subprocess.run(words, cwd=TOP, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        pytest.skip(f"no disk of our own here: {done.stderr.splitlines()[-1:]}")
    assert json.loads(done.stdout) == ["disk_full", str(disk / "copy.db"), []]


@contextmanager
def altered_copies(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A disk that loses a row of what is written to it."""
    measured = backup._measured

    def lose(part: Path, target: Path) -> dict[str, object]:
        with closing(sqlite3.connect(part)) as plain, plain:
            plain.execute("DELETE FROM account_domain WHERE rowid = (SELECT min(rowid) FROM account_domain)")
        return measured(part, target)

    with monkeypatch.context() as patched:
        patched.setattr(backup, "_measured", lose)
        yield


def test_a_copy_that_differs_gets_no_name(
    world: World, folder_of_backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with altered_copies(monkeypatch):
        error = refused(world, folder_of_backups / "copy.db")
    assert (type(error), error.code) == (KnownError, "backup_differs")


def test_what_a_crash_left_behind_is_removed_later_and_nothing_else(world: World) -> None:
    kept = world.services.backups.make_unattended().path
    left, recent = (kept.with_name(f"copy{number}.db.1a2b3c4d{backup.UNFINISHED}") for number in (1, 2))
    folder = kept.with_name(f"5e6f7a8b{backup.UNFINISHED}")
    others = [kept.with_name(name) for name in ("film.part", f"notes{backup.UNFINISHED}", "cpdesk.db")]
    folder.mkdir()
    for path in (left, recent, folder / "cpdesk.db", *others):
        path.write_bytes(b"half")
    long_ago = kept.stat().st_mtime - 2 * 3600
    for path in (left, folder, *others):
        os.utime(path, (long_ago, long_ago))
    second = world.services.backups.make_unattended().path
    assert names(world.store.backups) == {path.name for path in (kept, second, recent, *others)}


# The folder


def test_a_folder_that_is_not_there_has_no_backups(tmp_path: Path) -> None:
    assert backup.listed(tmp_path / "nowhere") == []


def test_only_what_the_program_made_is_listed_and_rotated(world: World) -> None:
    folder = world.store.backups
    row = world.services.backups.make_unattended()
    other = [folder / "notes.txt", folder / "cpdesk-daily-20200101T000000Z-schema4.db.old"]
    for path in other:
        path.write_bytes(b"mine")
    (folder / file_name(BackupKind.DAILY, START - timedelta(days=900), SCHEMA)).mkdir()
    assert backup.listed(folder) == [row]
    backup.rotate(folder, START)
    assert len(names(folder)) == 4
