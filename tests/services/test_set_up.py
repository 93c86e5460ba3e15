"""First start: the database, its catalogue, and the first administrator."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.composition import starting_catalogue
from cpdesk.domain.operators import Role
from tests.support.refusals import refused
from tests.support.world import ADMIN, PASSWORD, World, dump


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[World]:
    """A database without an administrator."""
    world = World(tmp_path / "new")
    world.open(create=True)
    yield world
    world.close()


def test_set_up_makes_a_reseller_administrator_who_can_sign_in(empty: World) -> None:
    assert empty.services.setup.needed()
    made = empty.services.setup.set_up(f" {ADMIN} ", PASSWORD)
    assert (made.session.email, made.session.role, made.session.account_id) == (ADMIN, Role.RESELLER, None)
    assert empty.services.operators.sign_in(ADMIN.upper(), PASSWORD) == made.session
    assert not empty.services.setup.needed()
    assert empty.problems() == []


def test_set_up_loads_the_starting_catalogue(empty: World) -> None:
    empty.services.setup.set_up(ADMIN, PASSWORD)
    assert set(empty.services.licenses.products()) == set(starting_catalogue())


def test_set_up_happens_once(world: World) -> None:
    before = dump(world.store.path)
    with refused("already_set_up"):
        world.services.setup.set_up("other@reseller.example", PASSWORD)
    assert dump(world.store.path) == before


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"email": "admin"}, "bad_email"),
        ({"email": "a\udcffd@reseller.example"}, "bad_email"),
        ({"password": ""}, "password_empty"),
        ({"currency": "COWRY"}, "unknown_currency"),
        ({"time_zone": "Nowhere"}, "unknown_time_zone"),
    ],
)
def test_a_wrong_set_up_leaves_nothing(empty: World, facts: dict[str, str], code: str) -> None:
    with refused(code):
        empty.services.setup.set_up(**{"email": ADMIN, "password": PASSWORD} | facts)
    assert empty.services.setup.needed()
    assert all(not rows for table, rows in dump(empty.store.path).items() if table != "schema_migration")


def test_the_recovery_code_and_the_password_are_not_stored(empty: World) -> None:
    made = empty.services.setup.set_up(ADMIN, PASSWORD)
    content = repr(dump(empty.store.path))
    assert PASSWORD not in content
    assert made.recovery_code not in content
    assert made.recovery_code.replace("-", "") not in content
