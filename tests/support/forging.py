"""Changing copies of a database behind the program's back, as somebody might, or a failing disk."""

import shutil
import sqlite3
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from peewee import Model

from cpdesk.base.paths import DATABASE_FILE
from cpdesk.domain.accounts import Status
from cpdesk.domain.modes import Mode, SwitchState
from cpdesk.domain.operators import Role
from cpdesk.domain.rows import Finding
from cpdesk.domain.seats import LedgerKind
from tests.support.thorough import THOROUGH
from tests.support.world import World, rows_of

"""Whether every row of the columns is changed, which takes minutes."""


def lived(template: Path, folder: Path, live: Callable[[World], None]) -> Path:
    """Live in a copy of a database that `check` is content with; returns its folder."""
    world = World(Path(shutil.copytree(template, folder)))
    world.open()
    live(world)
    assert world.problems() == []
    world.close()
    return world.folder


def columns_of(models: Collection[type[Model]], unproven: Collection[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """Every column of some tables, by the names of both, but for those that `check` does not answer for."""
    columns = [(model._meta.table_name, column) for model in models for column in model._meta.columns]
    return [column for column in columns if column not in unproven]


class Forger:
    """Changes copies of a database with plain SQLite, and has `check` look at them."""

    def __init__(self, lived: Path, folder: Path) -> None:
        self.original = lived / DATABASE_FILE
        folder.mkdir()
        self._world = World(folder)

    def found_after(self, sql: str, *params: object) -> list[Finding] | None:
        """What `check` finds after a statement; None where the statement changes nothing, or SQLite refuses it."""
        shutil.copy(self.original, self._world.store.path)
        if not forged(self._world.store.path, sql, params):
            return None
        self._world.open()
        try:
            return self._world.problems()
        finally:
            self._world.close()

    def change_values(self, table: str, column: str) -> None:
        """Put other values into rows of a table, one at a time, and fail where `check` is content with one."""
        tried = 0
        for rowid, value in _sample(self.rows(f"SELECT rowid, {column} FROM {table} ORDER BY rowid")):
            for other in _other_values(value):
                found = self.found_after(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", other, rowid)
                tried += found is not None
                assert found != [], f"{table}.{column} of row {rowid} from {value!r} to {other!r}"
        assert tried > 2

    def delete_rows(self, table: str) -> None:
        """Delete the rows of a table, one at a time, and fail where `check` is content without one."""
        for (rowid,) in self.rows(f"SELECT rowid FROM {table}"):
            assert self.found_after(f"DELETE FROM {table} WHERE rowid = ?", rowid), f"{table} {rowid}"

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return rows_of(self.original, sql)


def forged(path: Path, sql: str, params: tuple[object, ...]) -> bool:
    """Run a statement in a database file, past all rules; False where it changes nothing, or SQLite refuses it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = 0")
        connection.execute("PRAGMA foreign_keys = 0")
        connection.execute("PRAGMA ignore_check_constraints = 1")
        before = connection.serialize()
        try:
            connection.execute(sql, params)
        except sqlite3.IntegrityError:
            return False
        connection.commit()
        return connection.serialize() != before


def _other_values(value: Any) -> list[Any]:
    """What somebody, or a failing disk, might put in place of a value."""
    strange = [None, "", "x", b"\x00\xff", 1.5]
    if isinstance(value, int):
        return [value + 1, value - 1, -value, 10**12, *strange]
    if isinstance(value, str):
        similar = [value + " ", value[:-1], value.swapcase(), value.replace("2026", "2027"), value.replace("1", "2")]
        return [*similar, *_other_words(value), "9999-12-31T00:00:00.000000Z", *strange]
    return [1, "x", "2026-12-01T05:00:00.000000Z"]


def _other_words(value: str) -> list[str]:
    kinds = next((kinds for kinds in (Mode, SwitchState, LedgerKind, Role, Status) if value in set(kinds)), ())
    return [str(word) for word in kinds]


def _sample(values: Sequence[tuple[int, Any]]) -> list[tuple[int, Any]]:
    """Rows with different values: the first, the last, the shortest; all of them in a thorough run."""
    distinct = list({value: (rowid, value) for rowid, value in values}.values())
    if THOROUGH:
        return distinct
    by_length = sorted(distinct, key=lambda row: len(str(row[1])))
    return list({row[0]: row for row in (distinct[0], by_length[0], distinct[-1])}.values())
