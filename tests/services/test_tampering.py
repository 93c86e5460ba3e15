"""Whatever is changed behind the program's back in counts, ledger, audit log or switches, `check` finds it."""

import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cpdesk.base.paths import DATABASE_FILE
from cpdesk.domain.modes import Mode, SwitchState
from cpdesk.domain.operators import Role
from cpdesk.domain.rows import Finding
from cpdesk.domain.seats import LedgerKind
from cpdesk.store import models
from tests.support.history import live
from tests.support.world import World, rows_of

THOROUGH = "CPDESK_THOROUGH" in os.environ
"""Whether every row of the columns is changed, which takes minutes."""


@pytest.fixture(scope="module")
def lived(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database with a history."""
    world = World(Path(shutil.copytree(template, tmp_path_factory.mktemp("lived") / "books")))
    world.open()
    live(world)
    assert world.problems() == []
    world.close()
    return world.folder


class Forger:
    """Changes copies of a database with plain SQLite, and has `check` look at them."""

    def __init__(self, lived: Path, folder: Path) -> None:
        self.original = lived / DATABASE_FILE
        folder.mkdir()
        self._world = World(folder)

    def found_after(self, sql: str, *params: object) -> list[Finding] | None:
        """What `check` finds after a statement; None where the statement changes nothing, or SQLite refuses it."""
        shutil.copy(self.original, self._world.store.path)
        if not _forged(self._world.store.path, sql, params):
            return None
        self._world.open()
        try:
            return self._world.problems()
        finally:
            self._world.close()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return rows_of(self.original, sql)


@pytest.fixture
def forger(lived: Path, tmp_path: Path) -> Forger:
    return Forger(lived, tmp_path / "copy")


def _forged(path: Path, sql: str, params: tuple[object, ...]) -> bool:
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


MODELS = (models.Subscription, models.SeatEntry, models.AuditEntry, models.ModeSwitch)
TABLES = [model._meta.table_name for model in MODELS]
COLUMNS = [(model._meta.table_name, column) for model in MODELS for column in model._meta.columns]
"""Every column of the tables that `check` answers for."""


def other_values(value: Any) -> list[Any]:
    """What somebody, or a failing disk, might put in place of a value."""
    strange = [None, "", "x", b"\x00\xff", 1.5]
    if isinstance(value, int):
        return [value + 1, value - 1, -value, 10**12, *strange]
    if isinstance(value, str):
        similar = [value + " ", value[:-1], value.swapcase(), value.replace("2026", "2027"), value.replace("1", "2")]
        return [*similar, *_other_words(value), "9999-12-31T00:00:00.000000Z", *strange]
    return [1, "x", "2026-12-01T05:00:00.000000Z"]


def _other_words(value: str) -> list[str]:
    kinds = next((kinds for kinds in (Mode, SwitchState, LedgerKind, Role) if value in set(kinds)), ())
    return [str(word) for word in kinds]


def sample(values: Sequence[tuple[int, Any]]) -> list[tuple[int, Any]]:
    """Rows with different values: the first, the last, the shortest; all of them in a thorough run."""
    distinct = list({value: (rowid, value) for rowid, value in values}.values())
    if THOROUGH:
        return distinct
    by_length = sorted(distinct, key=lambda row: len(str(row[1])))
    return list({row[0]: row for row in (distinct[0], by_length[0], distinct[-1])}.values())


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_value_is_found(table: str, column: str, forger: Forger) -> None:
    tried = 0
    for rowid, value in sample(forger.rows(f"SELECT rowid, {column} FROM {table} ORDER BY rowid")):
        for other in other_values(value):
            found = forger.found_after(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", other, rowid)
            tried += found is not None
            assert found != [], f"{table}.{column} of row {rowid} from {value!r} to {other!r}"
    assert tried > 2


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_gone_is_found(table: str, forger: Forger) -> None:
    for (rowid,) in forger.rows(f"SELECT rowid FROM {table}"):
        assert forger.found_after(f"DELETE FROM {table} WHERE rowid = ?", rowid), f"{table} {rowid}"


@pytest.mark.parametrize("table", TABLES[1:])
def test_a_row_that_was_put_in_is_found(table: str, forger: Forger) -> None:
    columns = [column for of, column in COLUMNS if of == table and column != "id"]
    copied = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns)} FROM {table} WHERE id = ?"
    tried = [forger.found_after(copied, rowid) for (rowid,) in forger.rows(f"SELECT id FROM {table}")]
    assert any(tried)
    assert [] not in tried


def test_the_end_of_the_ledger_cannot_be_cut_off(forger: Forger) -> None:
    last = forger.rows("SELECT max(audit_id) FROM seat_entry")[0][0]
    assert forger.found_after("DELETE FROM seat_entry WHERE audit_id >= ?", last)
    assert forger.found_after("DELETE FROM audit_entry WHERE id >= ?", last)


def test_the_end_of_the_audit_log_cannot_be_cut_off(lived: Path, tmp_path: Path) -> None:
    world = World(Path(shutil.copytree(lived, tmp_path / "longer")))
    world.open()
    world.account("Fabrikam", domain="cut-off.example", active=False)
    world.close()
    cut = "DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)"
    assert Forger(world.folder, tmp_path / "copy").found_after(cut)
    assert _forged(world.store.path, cut, ())
    world.open()
    world.account("Tailspin", domain="written-after.example", active=False)
    assert "audit_gap" in {finding.code for finding in world.problems()}
    world.close()


def test_an_audit_log_that_was_emptied_is_found(folder: Path) -> None:
    world = World(folder)
    assert _forged(world.store.path, "DELETE FROM audit_entry", ())
    world.open()
    assert {finding.code for finding in world.problems()} == {"audit_gap"}
    world.close()


@pytest.mark.parametrize("mode", [*Mode, "x", "", None])
def test_a_changed_mode_of_an_account_is_found(mode: str | None, forger: Forger) -> None:
    for account, present in forger.rows("SELECT id, mode FROM account"):
        found = forger.found_after("UPDATE account SET mode = ? WHERE id = ?", mode, account)
        assert found or mode in {present, None}, f"account {account} from {present} to {mode}"


def test_assignments_agree_with_the_ledger(forger: Forger) -> None:
    for rowid, user, product in forger.rows("SELECT rowid, user_id, product_id FROM assignment"):
        assert forger.found_after("DELETE FROM assignment WHERE rowid = ?", rowid)
        for column, other in (("user_id", user + 1), ("product_id", product + 1), ("account_id", 4711)):
            found = forger.found_after(f"UPDATE assignment SET {column} = ? WHERE rowid = ?", other, rowid)
            assert found != [], f"{column} from {user}, {product} to {other}"
    given = "INSERT INTO assignment SELECT account_id, id, 1, created_at FROM user WHERE id = 1"
    assert forger.found_after(given)


def test_a_deleted_user_who_still_holds_a_seat_is_found(forger: Forger) -> None:
    held = "(SELECT user_id FROM assignment)"
    found = forger.found_after(f"UPDATE user SET deleted_at = created_at WHERE id IN {held}")
    assert found
    assert {finding.code for finding in found} == {"deleted_holder"}


def test_a_finding_says_where(forger: Forger) -> None:
    rowid = forger.rows("SELECT max(id) FROM seat_entry")[0][0]
    found = forger.found_after("UPDATE seat_entry SET seats = seats + 1 WHERE id = ?", rowid)
    assert found
    assert f"ledger entry {rowid}" in [finding.where for finding in found]
