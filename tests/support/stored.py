"""Databases as each released schema left them, as text: tests bring them to the present schema."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tests.support.world import World

DATA = Path(__file__).parents[1] / "migrations" / "data"
STEPS = tuple(sorted(path.stem for path in DATA.glob("[0-9]*.sql")))
"""Each released schema, by the name of its latest migration."""
LATER = datetime(2027, 1, 24, 9, 0, tzinfo=UTC)
"""After the latest entry of each."""


def stored(step: str, folder: Path) -> World:
    """A data folder with the database of a schema; it is not open."""
    folder.mkdir(exist_ok=True)
    world = World(folder, LATER)
    with closing(sqlite3.connect(world.store.path)) as plain:
        plain.executescript((DATA / f"{step}.sql").read_text(encoding="utf-8"))
        # As a program leaves it that was closed.
        plain.execute("PRAGMA journal_mode = WAL")
    return world
