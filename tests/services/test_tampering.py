"""Whatever is changed behind the program's back in counts, ledger, audit log or switches, `check` finds it."""

import shutil
from pathlib import Path

import pytest

from cpdesk.domain.modes import Mode
from cpdesk.store import models
from tests.support import forging
from tests.support.forging import Forger, forged
from tests.support.history import live
from tests.support.world import World


@pytest.fixture(scope="module")
def lived(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database with a history."""
    return forging.lived(template, tmp_path_factory.mktemp("lived") / "books", live)


MODELS = (models.Subscription, models.SeatEntry, models.AuditEntry, models.ModeSwitch, models.User)
TABLES = [model._meta.table_name for model in MODELS]
COLUMNS = forging.columns_of(MODELS)
"""Every column of the tables that `check` answers for."""


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_value_is_found(table: str, column: str, forger: Forger) -> None:
    forger.change_values(table, column)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_gone_is_found(table: str, forger: Forger) -> None:
    forger.delete_rows(table)


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
    assert forged(world.store.path, cut, ())
    world.open()
    world.account("Tailspin", domain="written-after.example", active=False)
    assert "audit_gap" in {finding.code for finding in world.problems()}
    world.close()


def test_an_audit_log_that_was_emptied_is_found(folder: Path) -> None:
    world = World(folder)
    assert forged(world.store.path, "DELETE FROM audit_entry", ())
    world.open()
    assert {finding.code for finding in world.problems()} == {"audit_gap", "operator_altered", "schedule_altered"}
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
    assert {finding.code for finding in found} == {"deleted_holder", "misled", "user_altered"}


@pytest.mark.parametrize(
    ("sql", "where"),
    [
        ("INSERT INTO user_word (rowid, words) VALUES (999, 'mallory')", "user 999"),
        ("INSERT INTO user_word (user_word, rowid, words) VALUES ('delete', 1, 'ada')", "user 1"),
        ("INSERT INTO account_word (rowid, words) VALUES (5, 'mallory')", "account 5"),
    ],
)
def test_an_index_by_which_the_wrong_ones_are_found_is_found(sql: str, where: str, forger: Forger) -> None:
    found = forger.found_after(sql) or []
    assert [(finding.code, finding.where) for finding in found] == [("misled", where)]


@pytest.mark.parametrize("sql", ["UPDATE user_word_data SET block = x'deadbeef' WHERE id > 10", "DROP TABLE user_word"])
def test_an_index_that_cannot_be_read_is_found_with_all_else_that_is_off(sql: str, forger: Forger) -> None:
    found = forger.found_after(sql) or []
    assert [(finding.code, finding.where) for finding in found] == [("index_damaged", "user")]


@pytest.mark.parametrize(
    ("sql", "where"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON audit_entry BEGIN UPDATE operator SET role = 'reseller'; END", "trigger t"),
        ("CREATE VIEW v AS SELECT * FROM operator", "view v"),
    ],
)
def test_what_would_change_the_books_later_is_found_before_it_does(sql: str, where: str, forger: Forger) -> None:
    found = forger.found_after(sql) or []
    assert [(finding.code, finding.where) for finding in found] == [("foreign_code", where)]


def test_a_finding_says_where(forger: Forger) -> None:
    rowid = forger.rows("SELECT max(id) FROM seat_entry")[0][0]
    found = forger.found_after("UPDATE seat_entry SET seats = seats + 1 WHERE id = ?", rowid)
    assert found
    assert f"ledger entry {rowid}" in [finding.where for finding in found]
