"""The checks on a database of the demo work, and find what is broken."""

from pathlib import Path

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.demo.moving import Mover
from cpdesk.domain import topics
from cpdesk.domain.backups import Restored
from cpdesk.domain.rows import Done
from cpdesk.domain.settlements import Settlement
from cpdesk.gateways import exports
from cpdesk.selftest import database, exporting
from cpdesk.selftest.backing_up import check_backup
from cpdesk.selftest.books import Books, Shelf
from cpdesk.selftest.printing import check_printing
from cpdesk.selftest.results import Broken
from cpdesk.services.backups import Backups
from cpdesk.store import migrate
from cpdesk.store.store import Store


def test_all_migrations_are_run(tmp_path: Path) -> None:
    assert database.check_migrations(tmp_path / "new").startswith("0001_initial, ")


def test_the_oldest_schema_is_upgraded(tmp_path: Path) -> None:
    assert "cpdesk-upgrade-" in database.check_upgrade(tmp_path / "old")


def test_an_upgrade_without_a_backup_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "_keep_older", lambda _store: (tmp_path / "old" / "backups").mkdir())
    with pytest.raises(Broken, match="no backup was made before"):
        database.check_upgrade(tmp_path / "old")


def test_migrations_that_do_not_ship_are_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "none").mkdir()
    monkeypatch.setattr(migrate, "DIRECTORY", tmp_path / "none")
    with pytest.raises(Broken, match="there are no migrations"):
        database.check_migrations(tmp_path / "new")


def test_a_switch_is_settled(books: Books) -> None:
    assert "complete on 2026-12-01" in database.check_switch(books)


def test_a_switch_that_is_not_settled_is_found(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Mover, "move", lambda *_words: Settlement())
    with pytest.raises(Broken, match="was not completed once"):
        database.check_switch(books)


def test_a_backup_is_made_and_restored(books: Books) -> None:
    assert " bytes, schema " in check_backup(books)


def test_a_backup_that_brings_nothing_back_is_found(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Backups, "restore", lambda *_words: Done(Restored(None, (), 0), topics.EVERYTHING))
    with pytest.raises(Broken, match="not what they were"):
        check_backup(books)


def test_lists_are_written_and_read_again(books: Books) -> None:
    assert exporting.check_csv(books).startswith("25 rows")
    assert exporting.check_xlsx(books).startswith("25 rows")
    assert exporting.check_account_template(books) == "2 accounts"


@pytest.mark.usefixtures("qapp")
def test_a_month_end_pack_is_written(books: Books) -> None:
    assert " files, " in exporting.check_month_end(books)


def test_a_formula_in_a_list_is_found(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "harmless", lambda text: text)
    with pytest.raises(Broken, match="instead of"):
        exporting.check_csv(books)


def test_a_workbook_that_lacks_a_row_is_found(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    def shorter(path: Path, sheet: exports.Sheet) -> None:
        exports.write_xlsx(path, exports.Sheet(sheet.title, sheet.captions, sheet.rows[1:]))

    monkeypatch.setattr(exporting, "write_xlsx", shorter)
    with pytest.raises(Broken, match="25 rows instead of 26"):
        exporting.check_xlsx(books)


@pytest.mark.usefixtures("qapp")
def test_a_page_is_printed(tmp_path: Path) -> None:
    assert check_printing(tmp_path).endswith(" bytes")


def test_without_the_demo_the_rest_says_so(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="was not made"), Shelf(tmp_path).copy("one"):
        pass


def test_wrong_books_are_found(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(books.services.checks), "run", lambda _checks: [KnownError("x")])
    with pytest.raises(Broken, match="the books are wrong"):
        books.sound()
