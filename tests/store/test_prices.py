"""Schedules and prices as they are stored."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cpdesk.base.errors import KnownError
from tests.support.world import World


@pytest.fixture
def damaged(folder: Path) -> Iterator[World]:
    """A database that need not be whole in the end."""
    world = World(folder)
    world.open()
    yield world
    world.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE price SET usage_price = 'x'",
        "UPDATE price SET usage_price = '-1.00'",
        "UPDATE price SET purchase_cost = 'NaN'",
        "UPDATE price SET effective_on = 'then'",
        "UPDATE price SET recorded_at = 'then'",
        "UPDATE schedule_proration SET proration = 'weekly'",
        "UPDATE default_schedule SET effective_on = 'then'",
    ],
)
def test_what_cannot_be_read_is_damage(damaged: World, change: str) -> None:
    world, account = damaged, damaged.account()
    with closing(sqlite3.connect(world.store.path)) as plain, plain:
        plain.execute(change)
    with pytest.raises(KnownError, match="database_damaged"):
        world.services.prices.of_account(world.by, account)
    assert world.problems()


def test_a_schedule_that_is_gone_leaves_accounts_without_prices(damaged: World) -> None:
    world, account = damaged, damaged.account()
    with closing(sqlite3.connect(world.store.path)) as plain, plain:
        plain.execute("PRAGMA foreign_keys = 0")
        plain.execute("DELETE FROM price_schedule")
    assert world.services.prices.of_account(world.by, account) == []
    assert world.problems()
