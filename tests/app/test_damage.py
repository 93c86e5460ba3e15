"""A database that is damaged, at the start and while it is used, and how the window gets out of it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from pytestqt.qtbot import QtBot

from cpdesk.app import Desktop
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.ui.pages.start.rescue_dialog import RescueDialog
from cpdesk.ui.pages.start.trouble import DatabaseTroublePage
from tests.app.pressing import press
from tests.app.test_faults import banner, idle
from tests.app.test_surroundings import Started, key, sign_in, texts
from tests.support.world import ADMIN, PASSWORD, World
from tests.support.wrecks import PAGE


def wipe(folder: Path, name: str) -> None:
    """Wipe out the first page of a table or an index."""
    path = folder / DATABASE_FILE
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((root,),) = plain.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchall()
    with path.open("r+b") as file:
        file.seek((root - 1) * PAGE)
        file.write(bytes(PAGE))


def trouble(desktop: Desktop, qtbot: QtBot) -> DatabaseTroublePage:
    qtbot.waitUntil(lambda: key(desktop) == "trouble")
    page = desktop.window.page
    assert isinstance(page, DatabaseTroublePage)
    return page


def read(dialog: RescueDialog, qtbot: QtBot) -> None:
    dialog.form.set_values({"email": ADMIN, "password": PASSWORD})
    with qtbot.waitSignal(dialog.found, timeout=20_000):
        dialog.look.click()


def test_a_damaged_table_is_noticed_at_the_start_and_saved(started: Started, books: World, qtbot: QtBot) -> None:
    account = books.account("Contoso", "ada@contoso.example", "ben@contoso.example")
    books.assign(account, "ada@contoso.example")
    books.close()
    wipe(books.folder, "user")
    desktop = started(books.folder)
    qtbot.waitUntil(lambda: "is damaged" in banner(desktop))
    press(desktop, "See what can be saved", qtbot)
    dialog = trouble(desktop, qtbot).open_salvage()
    read(dialog, qtbot)
    dialog.put.click()
    qtbot.waitUntil(lambda: key(desktop) == "sign_in", timeout=20_000)
    assert "What could be saved" in "\n".join(desktop.window.notices.texts())
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: "1 account" in texts(desktop))
    idle(desktop.jobs, desktop, qtbot)
    assert not banner(desktop)
    assert list((books.folder / "backups").glob("cpdesk-damaged-*.csv"))
    assert books.stored("SELECT count(*) FROM user") == [(2,)]


def test_what_is_damaged_while_it_is_used_is_said(started: Started, books: World, qtbot: QtBot) -> None:
    books.account("Contoso")
    books.close()
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: "1 account" in texts(desktop))
    idle(desktop.jobs, desktop, qtbot)
    assert not banner(desktop)
    wipe(books.folder, "account")
    desktop.jobs.exclusive(desktop, object, lambda _done: None)
    idle(desktop.jobs, desktop, qtbot)
    desktop.window.refresh()
    qtbot.waitUntil(lambda: "is damaged" in banner(desktop))
    assert "1 account" in texts(desktop)


def test_a_file_that_is_no_database_gives_way_to_a_backup(started: Started, books: World, qtbot: QtBot) -> None:
    books.account("Contoso")
    books.services.backups.make(books.by)
    books.close()
    (books.folder / DATABASE_FILE).write_bytes(b"no database " * 900)
    desktop = started(books.folder)
    page = trouble(desktop, qtbot)
    qtbot.waitUntil(lambda: bool(page.backups.selected_rows()), timeout=20_000)
    (choice,) = page.backups.selected_rows()
    dialog = page.open_restore(choice)
    read(dialog, qtbot)
    dialog.put.click()
    qtbot.waitUntil(lambda: key(desktop) == "sign_in", timeout=20_000)
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: "1 account" in texts(desktop))
    assert not banner(desktop)
