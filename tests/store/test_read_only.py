"""A database that cannot be written is read, and shows an overdue switch as due."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.domain.modes import Mode
from cpdesk.store import connection
from tests.support.small_disk import protect, small_disk
from tests.support.world import DUE, Counts, World, dump

__all__ = ["small_disk"]


@pytest.fixture
def read_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[World, int]]:
    """A read-only database with an account whose switch is overdue, and the account's id."""
    world = World(folder)
    world.open()
    account = world.pool(seats=3)
    world.request_usage(account)
    world.close()
    # Permissions would not stop the administrator of the computer, who may run these tests.
    monkeypatch.setattr(connection, "_writable", lambda _path: False)
    world.clock.set(DUE)
    world.store.open()
    yield world, account
    world.close()


def test_it_can_be_read(read_only: tuple[World, int]) -> None:
    world, account = read_only
    assert world.services.accounts.find(world.by, "contoso.example").id == account
    assert world.counts(account) == Counts(3, 0)
    assert len(world.services.audit.rows(world.by, account)) == 5


def test_an_overdue_switch_shows_as_due_and_not_yet_completed(read_only: tuple[World, int]) -> None:
    world, account = read_only
    row = world.show(account)
    assert row.mode is Mode.PURCHASE
    assert row.pending
    assert row.pending.is_due(world.clock.now())


def test_check_calls_it_information(read_only: tuple[World, int]) -> None:
    world, _account = read_only
    assert [(one.code, one.severity) for one in world.services.checks.run()] == [("switch_overdue", "information")]


def test_a_change_is_a_known_trouble(read_only: tuple[World, int]) -> None:
    world, account = read_only
    before = dump(world.store.path)
    for change in (
        lambda: world.buy(account, 1),
        lambda: world.keep(account),
        lambda: world.account("Fabrikam"),
        world.services.modes.apply_due,
    ):
        with pytest.raises(KnownError) as trouble:
            change()
        assert (trouble.value.code, trouble.value.params["path"]) == ("database_read_only", str(world.store.path))
    assert dump(world.store.path) == before


def test_it_is_settled_as_soon_as_it_can_be_written(
    read_only: tuple[World, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, account = read_only
    monkeypatch.undo()
    world.reopen()
    assert world.mode(account) is Mode.USAGE
    assert world.problems() == []


def test_a_database_that_may_be_written_again_is(folder: Path, small_disk: Path) -> None:
    world = World(Path(shutil.copytree(folder, small_disk / "data")))
    protect(small_disk, writable=False)
    world.store.open()
    with pytest.raises(KnownError, match="database_read_only"):
        world.account("Contoso")
    world.close()
    with pytest.raises(KnownError, match="database_read_only"):
        world.store.try_out()
    protect(small_disk, writable=True)
    world.store.try_out()
    world.store.connect()
    world.account("Contoso")
    world.close()
