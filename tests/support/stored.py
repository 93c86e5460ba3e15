"""Databases as each released schema left them, as text: tests bring them to the present schema."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cpdesk.composition import starting_catalogue
from cpdesk.services.setup import Setup
from cpdesk.store import products, word_index
from tests.support.world import World

DATA = Path(__file__).parents[1] / "migrations" / "data"
STEPS = tuple(sorted(path.stem for path in DATA.glob("[0-9]*.sql")))
"""Each released schema, by the name of its latest migration."""
SCHEMA = int(STEPS[-1][:4])
"""The present one, as backups count it."""
LATER = datetime(2027, 1, 24, 9, 0, tzinfo=UTC)
"""After the latest entry of each."""


def set_up_without_prices(world: World) -> None:
    """Make a database in a schema from before there were prices; `migrate.DIRECTORY` has to end there."""

    def load_catalogue(_setup: Setup, _now: datetime) -> dict[str, Any]:
        products.insert(entry.product for entry in starting_catalogue())
        return {}

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Setup, "_load_catalogue", load_catalogue)
        world.set_up()


def without_words(patched: pytest.MonkeyPatch) -> None:
    """Make accounts and users in a schema from before there were indexes of words."""
    for add in (word_index.add_users, word_index.add_accounts):
        patched.setattr(word_index, add.__name__, _add_nothing)


def _add_nothing(_words: object) -> None:
    return None


def stored(step: str, folder: Path) -> World:
    """A data folder with the database of a schema; it is not open."""
    folder.mkdir(exist_ok=True)
    world = World(folder, LATER)
    with closing(sqlite3.connect(world.store.path)) as plain:
        plain.executescript((DATA / f"{step}.sql").read_text(encoding="utf-8"))
        # As a program leaves it that was closed.
        plain.execute("PRAGMA journal_mode = WAL")
    return world
