"""Coming in where the database cannot be asked: by password, second factor and patience, as at the front door."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cpdesk.base import moving_sentences
from cpdesk.base.errors import UserError
from cpdesk.domain import delays, moving
from cpdesk.domain.operators import Role
from cpdesk.domain.second_factor import Place
from cpdesk.services.operators import new_recovery_code
from tests.support.authenticator import App
from tests.support.refusals import refused
from tests.support.world import ADMIN, PASSWORD, World, rows_of

NOBODY = "nobody@reseller.example"
WAYS = ("backup", "salvage", "move")


@pytest.fixture
def world(folder: Path) -> Iterator[World]:
    """An open database that need not be there when the test is over."""
    opened = World(folder)
    opened.open()
    yield opened
    opened.close()


@pytest.fixture
def app(world: World) -> App:
    made = App(world)
    made.set_up()
    return made


@pytest.fixture
def fresh(world: World, tmp_path: Path) -> Iterator[World]:
    """Another computer, at the same time of day."""
    made = World(tmp_path / "fresh", world.clock.now())
    made.clock = world.clock
    made.store._clock = world.clock
    yield made
    made.close()


Come = Callable[..., object]


def way(world: World, fresh: World, kind: str) -> Come:
    """What is asked with address, password and code."""
    if kind == "move":
        file = fresh.folder.parent / f"all{moving.SUFFIX}"
        world.services.moving.out(world.by, file)
        return lambda *who, code="": fresh.services.moving.preview_fresh(file, *who, code=code)
    kept = world.services.backups.make(world.by).value.path
    world.close()
    data = bytearray(world.store.path.read_bytes())
    data[20:30] = b"x" * 10
    world.store.path.write_bytes(data)
    if kind == "salvage":
        return lambda *who, code="": world.services.salvaging.preview(*who, code=code)
    return lambda email, password, code="": world.services.backups.preview_rescue(kept, email, password, code)


@pytest.mark.parametrize("kind", WAYS)
def test_the_password_alone_is_not_enough(world: World, app: App, fresh: World, kind: str) -> None:
    fresh.vault.secrets.update(world.vault.secrets)
    come = way(world, fresh, kind)
    with refused("wrong_credentials"):
        come(ADMIN, "not this one", code=app.code())
    with refused("code_needed"):
        come(ADMIN, PASSWORD)
    with refused("wrong_code"):
        come(ADMIN, PASSWORD, code="000000" if app.code() != "000000" else "111111")
    assert come(ADMIN, PASSWORD, code=app.code())


@pytest.mark.parametrize("kind", WAYS)
@pytest.mark.parametrize("email", [ADMIN, NOBODY])
def test_who_is_wrong_too_often_waits_through_a_new_start_and_a_clock_set_back(
    world: World, fresh: World, kind: str, email: str
) -> None:
    come = way(world, fresh, kind)
    last: UserError | None = None
    for _time in range(delays.FREE + 1):
        with pytest.raises(UserError) as caught:
            come(email, "not this one")
        last = caught.value
    assert last
    assert (last.code, last.params) == ("wrong_credentials", {"wait": timedelta(seconds=30)})
    for one in (world, fresh):
        one.services = one._services()
    world.clock.advance(timedelta(days=-2))
    with refused("too_many_attempts"):
        come(email, PASSWORD)
    world.clock.advance(timedelta(seconds=30))
    if email == ADMIN:
        assert come(email, PASSWORD)
        with refused("wrong_credentials"):
            come(email, "counted from the beginning")


def test_on_another_computer_a_recovery_code_counts_once(world: World, app: App, fresh: World) -> None:
    come = way(world, fresh, "move")
    with refused("factor_unreadable"):
        come(ADMIN, PASSWORD, code=app.code())
    with refused("wrong_code"):
        come(ADMIN, PASSWORD, code="AAAA-AAAA-AAAA-AAAA")
    assert come(ADMIN, PASSWORD, code=app.codes[3])
    file = fresh.folder.parent / f"all{moving.SUFFIX}"
    # It was shown before, and is done with the same code.
    fresh.services.moving.bring_in_fresh(file, ADMIN, PASSWORD, code=app.codes[3])
    fresh.open()
    with refused("wrong_code"):
        fresh.services.operators.sign_in(ADMIN, PASSWORD, app.codes[3])
    assert fresh.services.operators.sign_in(ADMIN, PASSWORD, app.codes[4])
    assert "operator.recovery_code_used" in {row.action for row in fresh.services.audit.rows(fresh.by)}
    assert fresh.problems() == []


def test_moving_out_tells_whose_second_factor_stays_behind(world: World, app: App, tmp_path: Path) -> None:
    assert app.codes
    world.operator(Role.AUDITOR)
    done = world.services.moving.out(world.by, tmp_path / f"all{moving.SUFFIX}").value
    assert done.factors == (ADMIN,)
    assert ADMIN in moving_sentences.factors(done.factors)
    assert moving_sentences.factors(()) == ""


def test_the_recovery_code_of_the_program_stands_in_for_a_lost_second_factor(
    world: World, app: App, fresh: World
) -> None:
    with world.store.write():
        code = new_recovery_code()
    assert app.codes
    assert way(world, fresh, "move")(ADMIN, PASSWORD, code=code)


def test_a_code_of_the_app_counts_once(world: World, app: App) -> None:
    path = world.services.backups.make(world.by).value.path
    world.close()
    world.store.path.unlink()
    code = app.code()
    world.services.backups.rescue(path, ADMIN, PASSWORD, code=code)
    world.open()
    with refused("code_used"):
        world.services.operators.sign_in(ADMIN, PASSWORD, code)
    app.next()
    assert world.services.operators.sign_in(ADMIN, PASSWORD, app.code()) == world.by


def test_what_is_shown_may_be_read_for_some_minutes_before_it_is_done(world: World, app: App) -> None:
    path = world.services.backups.make(world.by).value.path
    world.close()
    world.store.path.unlink()
    code = app.code()
    world.services.backups.preview_rescue(path, ADMIN, PASSWORD, code)
    world.clock.advance(timedelta(minutes=20))
    with refused("wrong_code"):
        world.services.backups.rescue(path, ADMIN, PASSWORD, code=code)
    code = app.code()
    world.services.backups.preview_rescue(path, ADMIN, PASSWORD, code)
    world.clock.advance(timedelta(minutes=10))
    with refused("wrong_credentials"):
        world.services.backups.rescue(path, ADMIN, "not this one", code=code)
    assert world.services.backups.rescue(path, ADMIN, PASSWORD, code=code)


def test_a_lost_second_factor_is_asked_for_as_the_newest_backup_has_it(world: World, app: App, fresh: World) -> None:
    come = way(world, fresh, "salvage")
    (kept,) = [path for path in world.store.backups.iterdir() if path.suffix == ".db"]
    ((page,),) = rows_of(kept, "SELECT rootpage FROM sqlite_master WHERE name = 'second_factor'")
    data = bytearray(world.store.path.read_bytes())
    size = int.from_bytes(data[16:18], "big")
    data[(page - 1) * size : page * size] = b"\xa5" * size
    world.store.path.write_bytes(data)
    with refused("code_needed"):
        come(ADMIN, PASSWORD)
    assert come(ADMIN, PASSWORD, code=app.codes[0])


def test_another_role_is_told_so_before_a_code_is_asked_for(world: World, fresh: World) -> None:
    auditor = world.operator(Role.AUDITOR)
    with refused("not_allowed"):
        way(world, fresh, "backup")(auditor.email, PASSWORD)


def test_of_many_codes_at_once_none_is_told_to_be_right(
    world: World, app: App, fresh: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh.vault.secrets.update(world.vault.secrets)
    come = way(world, fresh, "salvage")
    read, wrong = world.vault.read, "000000" if app.code() != "000000" else "111111"

    def waited_for(place: Place, name: str) -> str | None:
        monkeypatch.setattr(world.vault, "read", read)
        for _time in range(delays.FREE + 1):
            with refused("wrong_code"):
                come(ADMIN, PASSWORD, code=wrong)
        return read(place, name)

    monkeypatch.setattr(world.vault, "read", waited_for)
    with refused("too_many_attempts"):
        come(ADMIN, PASSWORD, code=app.code())
