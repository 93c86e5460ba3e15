"""The backup of the day, and those that somebody asks for."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from cpdesk.base.clock import DemoClock
from cpdesk.base.errors import KnownError
from cpdesk.domain import topics
from cpdesk.domain.backups import BackupKind, file_name
from cpdesk.store.store import Store
from tests.support.stored import SCHEMA
from tests.support.world import START, World, dump

DAY = timedelta(days=1)


def names(world: World) -> list[str]:
    return sorted(path.name for path in world.services.backups.folder().iterdir())


def test_the_first_start_of_a_day_makes_a_backup(world: World) -> None:
    backups = world.services.backups
    made = backups.make_daily()
    assert made
    assert (made.kind, made.made_at, made.schema) == (BackupKind.DAILY, START, SCHEMA)
    assert dump(made.path) == dump(world.store.path)
    world.clock.advance(timedelta(hours=1))
    assert backups.make_daily() is None
    world.clock.advance(DAY)
    assert backups.make_daily()
    assert len(names(world)) == 2


def test_backups_of_other_kinds_do_not_count_for_the_day(world: World) -> None:
    world.services.backups.make(world.by)
    assert world.services.backups.make_daily()


def test_days_that_are_long_past_go(world: World) -> None:
    for _day in range(45):
        assert world.services.backups.make_daily()
        world.clock.advance(DAY)
    kept = [row.made_at for row in world.services.backups.rows(world.by)]
    last = START + 44 * DAY
    assert kept == [*(last - number * DAY for number in range(10)), START.replace(month=11, day=30)]


def test_a_clock_that_was_ahead_stops_no_backup(world: World) -> None:
    world.clock.advance(400 * DAY)
    ahead = world.services.backups.make_daily()
    world.clock.advance(-400 * DAY)
    today = world.services.backups.make_daily()
    assert ahead
    assert today
    assert [row.path for row in world.services.backups.rows(world.by)] == [ahead.path, today.path]


def test_the_demo_is_never_backed_up_by_itself(tmp_path: Path) -> None:
    world = World(tmp_path / "demo")
    world.store = Store(world.folder, DemoClock(START))
    world.services = world._services()
    world.set_up()
    assert world.services.backups.make_daily() is None
    assert not world.services.backups.folder().exists()
    world.close()


def test_what_somebody_asked_for_is_listed_newest_first_and_stays(world: World) -> None:
    backups = world.services.backups
    first = backups.make(world.by)
    assert first.topics == topics.BACKUPS
    world.clock.advance(900 * DAY)
    second = backups.make(world.by)
    daily = backups.make_daily()
    assert backups.rows(world.by) == [second.value, daily, first.value]


def test_one_can_be_made_anywhere(world: World, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    row = world.services.backups.make(world.by, target).value
    assert (row.path, row.size, row.schema) == (target, target.stat().st_size, SCHEMA)
    assert world.services.backups.rows(world.by) == []


def test_a_backup_changes_nothing_in_the_database(world: World) -> None:
    before = dump(world.store.path)
    world.services.backups.make(world.by)
    world.services.backups.make_daily()
    assert dump(world.store.path) == before


def test_a_folder_that_cannot_be_made_is_told(world: World) -> None:
    world.services.backups.folder().write_bytes(b"")
    with pytest.raises(KnownError) as trouble:
        world.services.backups.make_daily()
    assert (trouble.value.code, trouble.value.params["path"]) == ("disk_trouble", str(world.services.backups.folder()))


def test_one_that_cannot_be_deleted_stops_nothing(world: World) -> None:
    folder = world.services.backups.folder()
    folder.mkdir()
    for number in range(40, 80):
        (folder / file_name(BackupKind.DAILY, START - number * DAY, 3)).write_bytes(b"")
    stuck = folder / file_name(BackupKind.DAILY, START - 41 * DAY, 3)
    keep = os.unlink

    def unlink(path: str | Path, *, dir_fd: int | None = None) -> None:
        if Path(path) == stuck:
            raise PermissionError
        keep(path, dir_fd=dir_fd)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "unlink", unlink)
        assert world.services.backups.make_daily()
    assert stuck.exists()
