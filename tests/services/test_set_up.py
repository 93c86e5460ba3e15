"""First start: the database, its catalogue, and the first administrator."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from cpdesk.composition import starting_catalogue
from cpdesk.domain.operators import Role
from cpdesk.store import connection, products
from cpdesk.store.fields import utc_text
from tests.support.refusals import refused
from tests.support.world import ADMIN, PASSWORD, START, World, dump


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
    assert set(empty.services.licenses.products()) == {entry.product for entry in starting_catalogue()}


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


def test_a_new_database_has_the_prices_that_an_upgrade_gives_an_older_one(empty: World, tmp_path: Path) -> None:
    empty.services.setup.set_up(ADMIN, PASSWORD)
    new = price_tables(empty)
    empty.close()
    older = World(tmp_path / "older")
    older.open(create=True)
    upgrade = import_module("cpdesk.store.migrations.0005_prices")
    with older.store.write():
        products.insert(entry.product for entry in starting_catalogue())
        upgrade.add_default(connection.database, utc_text(START))
    assert price_tables(older) == new
    assert len(new["price"]) == 78
    older.close()


def price_tables(world: World) -> dict[str, list[tuple[object, ...]]]:
    """What stands in the tables of schedules and prices, but for when it was written."""
    price = "schedule_id, guid, effective_on, usage_price, purchase_price, usage_cost, purchase_cost"
    return {
        "price": world.stored(f"SELECT {price} FROM price JOIN product ON product.id = product_id ORDER BY guid"),
        "price_schedule": world.stored("SELECT id, name, name_key, currency FROM price_schedule"),
        "default_schedule": world.stored("SELECT * FROM default_schedule"),
        "schedule_proration": world.stored("SELECT * FROM schedule_proration"),
        "account_schedule": world.stored("SELECT * FROM account_schedule"),
    }
