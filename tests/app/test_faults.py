"""What goes wrong with the disk while the window is open: it says so, loses nothing, and goes on when it is over."""

import shutil
import sqlite3
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cpdesk.app import Desktop
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.jobs import Jobs
from cpdesk.store import connection
from tests.app.pressing import press
from tests.app.test_surroundings import Started, sign_in, texts
from tests.support.small_disk import fill, small_disk
from tests.support.world import World, dump

__all__ = ["small_disk"]


def banner(desktop: Desktop) -> str:
    return desktop.window.banners.text("fault")


def on_writer(desktop: Desktop, qtbot: QtBot, sql: str) -> None:
    """Run a statement on the connection that changes are made with."""
    done: list[object] = []
    desktop.jobs.change(desktop, lambda: connection.plain().execute(sql).fetchall(), done.append)
    qtbot.waitUntil(lambda: bool(done))


def add_account(desktop: Desktop, name: str, failures: list[Exception]) -> None:
    session = desktop.window.session
    assert session is not None
    create = desktop._database.services.accounts.create
    domain = f"{name.casefold()}.example"
    desktop.jobs.change(
        desktop,
        lambda: create(session, name, domain),
        lambda _done: None,
        failures.append,
    )


def idle(jobs: Jobs, desktop: Desktop, qtbot: QtBot) -> None:
    """Wait until everything that was asked for is answered."""
    for ask in (jobs.change, jobs.run):
        done: list[object] = []
        ask(desktop, lambda: None, done.append)
        qtbot.waitUntil(lambda done=done: bool(done))  # type: ignore[misc]


def sound(folder: Path) -> bool:
    """Whether the file is whole, by SQLite's own look from outside."""
    return World(folder).stored("PRAGMA integrity_check") == [("ok",)]


def test_a_full_disk_is_said_nothing_is_lost_and_all_goes_on_once_there_is_room(
    started: Started, books: World, small_disk: Path, qtbot: QtBot
) -> None:
    books.account("Contoso")
    books.close()
    folder = Path(shutil.copytree(books.folder, small_disk / "data"))
    desktop = started(folder)
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: "Contoso" in texts(desktop) or "1 account" in texts(desktop))
    qtbot.waitUntil(lambda: desktop._backup._asked is None)
    idle(desktop.jobs, desktop, qtbot)
    before = dump(folder / DATABASE_FILE)
    ballast = fill(small_disk)
    failures: list[Exception] = []
    for number in range(40):
        add_account(desktop, f"New{number}", failures)
    qtbot.waitUntil(lambda: "The disk is full" in banner(desktop))
    idle(desktop.jobs, desktop, qtbot)
    assert failures
    assert "1 account" in texts(desktop)
    kept = dump(folder / DATABASE_FILE)
    assert len(kept["account"]) == len(before["account"]) + 40 - len(failures)
    press(desktop, "Try again", qtbot)
    idle(desktop.jobs, desktop, qtbot)
    assert banner(desktop)
    ballast.unlink()
    press(desktop, "Try again", qtbot)
    qtbot.waitUntil(lambda: not banner(desktop))
    again: list[Exception] = []
    add_account(desktop, "Fabrikam", again)
    idle(desktop.jobs, desktop, qtbot)
    assert again == []
    assert sound(folder)


def test_a_database_that_can_grow_no_more_keeps_each_change_whole_or_not_at_all(
    started: Started, books: World, qtbot: QtBot
) -> None:
    books.close()
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    idle(desktop.jobs, desktop, qtbot)
    on_writer(desktop, qtbot, "PRAGMA max_page_count = 1")
    failures: list[Exception] = []
    for number in range(30):
        add_account(desktop, f"New{number}", failures)
    qtbot.waitUntil(lambda: "The disk is full" in banner(desktop))
    idle(desktop.jobs, desktop, qtbot)
    # The limit is the connection's own: to try again is to open the file anew.
    press(desktop, "Try again", qtbot)
    qtbot.waitUntil(lambda: not banner(desktop))
    (rows,) = World(books.folder).stored("SELECT count(*) FROM account")
    assert rows == (30 - len(failures),)
    assert sound(books.folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody replace a file that is open")
def test_a_database_that_was_replaced_is_opened_like_a_new_one(started: Started, books: World, qtbot: QtBot) -> None:
    books.account("Contoso")
    books.close()
    other = Path(shutil.copytree(books.folder, books.folder.with_name("other")))
    books.open()
    books.account("Fabrikam")
    books.close()
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: "2 accounts" in texts(desktop))
    idle(desktop.jobs, desktop, qtbot)
    (other / DATABASE_FILE).replace(books.folder / DATABASE_FILE)
    desktop._watcher.look()
    qtbot.waitUntil(lambda: "is not there any more" in banner(desktop) or "1 account" in texts(desktop))
    if banner(desktop):
        press(desktop, "Try again", qtbot)
    qtbot.waitUntil(lambda: not banner(desktop) and "1 account" in texts(desktop))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move a file that is open")
def test_a_foreign_file_in_its_place_is_left_alone(started: Started, books: World, qtbot: QtBot) -> None:
    books.account("Contoso")
    books.close()
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: "1 account" in texts(desktop))
    idle(desktop.jobs, desktop, qtbot)
    path = books.folder / DATABASE_FILE
    path.rename(books.folder / "aside.db")
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE theirs (id)")
    plain.commit()
    plain.close()
    theirs = path.read_bytes()
    desktop._watcher.look()
    qtbot.waitUntil(lambda: bool(banner(desktop)))
    desktop._fault.try_again()
    qtbot.waitUntil(lambda: "is not a database of cpdesk" in banner(desktop))
    assert path.read_bytes() == theirs
