"""A data folder that goes away while it is worked on loses nothing without a word."""

import shutil
import sys

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.base.paths import DATABASE_FILE
from tests.support.world import World

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move a file that is open")


def test_nothing_is_written_into_a_folder_that_was_moved(world: World) -> None:
    aside = world.folder.with_name("aside")
    world.folder.rename(aside)
    with pytest.raises(KnownError, match="database_gone") as trouble:
        world.account("Contoso")
    assert trouble.value.params == {"path": str(world.folder / DATABASE_FILE)}
    with pytest.raises(KnownError, match="database_gone"):
        world.services.accounts.rows(world.by)
    aside.rename(world.folder)
    world.account("Contoso")
    assert [row.name for row in world.services.accounts.rows(world.by)] == ["Contoso"]


def test_nothing_is_written_into_a_file_that_has_no_name_any_more(world: World) -> None:
    kept = shutil.copytree(world.folder, world.folder.with_name("kept"))
    shutil.rmtree(world.folder)
    with pytest.raises(KnownError, match="database_gone"):
        world.account("Contoso")
    kept.rename(world.folder)


def test_a_file_that_took_its_place_is_not_taken_for_it(world: World) -> None:
    path = world.store.path
    shutil.copy(path, path.with_name("copy.db"))
    path.with_name("copy.db").replace(path)
    with pytest.raises(KnownError, match="database_gone"):
        world.account("Contoso")


def test_no_empty_database_is_made_where_one_was(world: World) -> None:
    path = world.store.path
    world.store.disconnect()
    path.rename(path.with_name("aside.db"))
    with pytest.raises(KnownError, match="database_gone"):
        world.store.connect()
    assert not path.exists()
    path.with_name("aside.db").rename(path)
    world.store.connect()
    assert world.services.accounts.rows(world.by) == []


def test_the_log_of_a_file_that_was_replaced_is_not_applied_to_the_one_in_its_place(world: World) -> None:
    world.account("Contoso")
    before = shutil.copytree(world.folder, world.folder.with_name("before"))
    older = World(before)
    older.open()
    older.account("Older")
    older.close()
    world.open()
    for number in range(20):
        world.account(f"Later {number}", domain=f"later{number}.example")
    (before / DATABASE_FILE).replace(world.store.path)
    world.close()
    world.store.try_out()
    world.open()
    assert sorted(row.name for row in world.services.accounts.rows(world.by)) == ["Contoso", "Older"]
    assert world.problems() == []
    assert list(world.folder.glob("cpdesk.db-wal.replaced-*"))
