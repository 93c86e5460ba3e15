"""Databases as each released schema left them, as text: tests bring them to the present schema."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cpdesk.composition import starting_catalogue
from cpdesk.services.setup import Setup
from cpdesk.store import journal, products, sign_in, word_index
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
        without_seals(patched)
        world.set_up()


def without_words(patched: pytest.MonkeyPatch) -> None:
    """Make accounts and users in a schema from before there were indexes of words."""
    for add in (word_index.add_users, word_index.add_accounts):
        patched.setattr(word_index, add.__name__, _add_nothing)


def without_sign_in(patched: pytest.MonkeyPatch) -> None:
    """Act in a schema from before anything was kept of how operators sign in."""
    patched.setattr(sign_in, "is_temporary", lambda _operator_id: False)


def without_seals(patched: pytest.MonkeyPatch) -> None:
    """Write audit entries as they were written before they had seals."""
    make = journal._audit_row
    if "seal" not in journal.AUDIT_COLUMNS:
        return

    def make_earlier(place: Any, ledger_digest: str, previous: str) -> tuple[object, ...]:
        *row, _seal, _hash = make(place, ledger_digest, previous)
        return (*row, journal.sealed((*row, "", ""), previous))

    patched.setattr(journal, "AUDIT_COLUMNS", journal.AUDIT_COLUMNS.replace(" seal,", ""))
    patched.setattr(journal, "_audit_row", make_earlier)


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
