"""Changes of many users say how far they are, and can be stopped without a trace."""

import pytest

from cpdesk.base import progress as pace
from cpdesk.domain.people import UserQuery
from cpdesk.jobs.progress import Cancelled
from tests.support.exports import person, write
from tests.support.world import PREMIUM, World, dump

MANY = 450
Told = list[tuple[int, int]]


@pytest.fixture
def account(world: World, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> int:
    """More users than are written at a time."""
    monkeypatch.setattr(pace, "_CHUNK", 100)
    account = world.account("Contoso")
    people = [person(f"user{number:03}@contoso.example") for number in range(MANY)]
    world.services.imports.run(world.by, account, write(tmp_path_factory.mktemp("many") / "users.csv", *people))
    return account


def ids(world: World, account: int) -> tuple[int, ...]:
    return world.services.users.find_ids(world.by, account, UserQuery())


def premium(world: World) -> list[str]:
    return [one.guid for one in world.services.licenses.products() if one.part_number == PREMIUM]


def stop(done: int, total: int) -> None:
    """As somebody does who presses Cancel when a part is behind them."""
    assert total == MANY
    if done:
        raise Cancelled


def test_assigning_tells_how_far_it_is(world: World, account: int) -> None:
    told: Told = []
    done = world.services.licenses.change(
        world.by,
        account,
        ids(world, account),
        assign=premium(world),
        progress=lambda *step: told.append(step),
    )
    assert done.value.users == MANY
    assert told[0] == (0, MANY)
    assert told[-1] == (MANY, MANY)
    assert told == sorted(told)
    assert world.counts(account) == (MANY, MANY)
    assert done.undo
    assert world.services.licenses.undo(world.by, done.undo).value.removed == ((PREMIUM, MANY),)
    assert world.problems() == []


def test_a_cancelled_assignment_changes_nothing(world: World, account: int) -> None:
    before = dump(world.store.path)
    with pytest.raises(Cancelled):
        world.services.licenses.change(world.by, account, ids(world, account), assign=premium(world), progress=stop)
    assert dump(world.store.path) == before


def test_deleting_tells_how_far_it_is(world: World, account: int) -> None:
    told: Told = []
    everybody = ids(world, account)
    world.services.licenses.change(world.by, account, everybody, assign=premium(world))
    done = world.services.users.remove_many(world.by, account, everybody, progress=lambda *step: told.append(step))
    assert [one.upn for one in done.value][:2] == ["user000@contoso.example", "user001@contoso.example"]
    assert told[-1] == (MANY, MANY)
    assert ids(world, account) == ()
    assert world.counts(account) == (0, 0)
    assert done.undo
    assert len(world.services.licenses.undo(world.by, done.undo).value.restored) == MANY
    assert world.problems() == []


def test_a_cancelled_deletion_deletes_nobody(world: World, account: int) -> None:
    before = dump(world.store.path)
    with pytest.raises(Cancelled):
        world.services.users.remove_many(world.by, account, ids(world, account), progress=stop)
    assert dump(world.store.path) == before
