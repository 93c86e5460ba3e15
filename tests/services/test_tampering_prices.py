"""Whatever is changed behind the program's back in schedules, prices and who has them, `check` finds it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from cpdesk.domain.statements import Proration
from cpdesk.store import billing_models as models
from tests.support import forging
from tests.support.forging import Forger
from tests.support.stored import stored
from tests.support.world import World

TODAY = date(2026, 11, 10)


def live(world: World) -> None:
    """A second schedule with prices and costs, another default to come, an account that has it."""
    prices, account = world.services.prices, world.account()
    gold = prices.create(world.by, "Gold", "USD", copy_of=1).value.id
    prices.set_price(world.by, gold, 3, TODAY, "30", None, usage_cost="20", purchase_cost="10")
    prices.assign(world.by, account, gold, TODAY)
    prices.assign(world.by, account, None, TODAY + timedelta(days=50))
    prices.set_default(world.by, gold, TODAY + timedelta(days=90))
    prices.set_proration(world.by, gold, TODAY + timedelta(days=21), Proration.NONE)


@pytest.fixture(scope="module")
def lived(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database with such prices."""
    return forging.lived(template, tmp_path_factory.mktemp("lived") / "books", live)


MODELS = (
    models.PriceSchedule,
    models.DefaultSchedule,
    models.AccountSchedule,
    models.ScheduleProration,
    models.Price,
)
TABLES = [model._meta.table_name for model in MODELS]
UNPROVEN = {("price_schedule", "created_at")}
"""When a schedule was made is told by the log alone."""


@pytest.mark.parametrize(("table", "column"), forging.columns_of(MODELS, UNPROVEN))
def test_a_changed_value_is_found(table: str, column: str, forger: Forger) -> None:
    forger.change_values(table, column)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_gone_is_found(table: str, forger: Forger) -> None:
    first, last = forger.rows(f"SELECT min(rowid), max(rowid) FROM {table}")[0]
    for rowid in {first, last}:
        assert forger.found_after(f"DELETE FROM {table} WHERE rowid = ?", rowid)


@pytest.mark.parametrize(
    ("table", "key", "other"),
    [
        ("price", "effective_on", "'2026-01-01'"),
        ("default_schedule", "effective_on", "'2026-01-01'"),
        ("account_schedule", "effective_on", "'2026-01-01'"),
        ("schedule_proration", "effective_on", "'2026-01-01'"),
        ("price_schedule", "id", "id + 7"),
    ],
)
def test_a_row_that_was_put_in_is_found(table: str, key: str, other: str, forger: Forger) -> None:
    columns = [column for of, column in forging.columns_of(MODELS) if of == table]
    values = [other if column == key else "'x'" if column == "name_key" else column for column in columns]
    copied = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} LIMIT 1"
    assert forger.found_after(copied)


@pytest.fixture
def upgraded(tmp_path: Path) -> Forger:
    """Over a database that an upgrade gave its prices, and a reseller one more."""
    world = stored("0004_product_names", tmp_path / "books")
    world.open()
    world.services.prices.set_price(world.by, 1, 3, date(2027, 2, 1), "30", "25")
    assert world.problems() == []
    world.close()
    return Forger(world.folder, tmp_path / "copy")


@pytest.mark.parametrize("column", ["usage_price", "purchase_price", "usage_cost", "effective_on"])
def test_prices_that_came_by_an_upgrade_cannot_be_changed_either(column: str, upgraded: Forger) -> None:
    for (rowid,) in upgraded.rows("SELECT rowid FROM price"):
        found = upgraded.found_after(f"UPDATE price SET {column} = '2026-05-05' WHERE rowid = ?", rowid)
        assert found
        assert "price_altered" in {one.code for one in found}
