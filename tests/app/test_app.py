"""From the first start to the last: what the program does by itself around the pages."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cpdesk import composition
from cpdesk.app import Desktop, home
from cpdesk.base.clock import DemoClock, MovableClock
from cpdesk.base.paths import DATABASE_FILE, log_dir
from cpdesk.domain.operators import Role, Session
from cpdesk.ui.parts.correct_clock import CorrectClockDialog
from cpdesk.ui.shell import restart
from cpdesk.ui.shell.crash_dialogs import CrashDialog, PastCrashDialog
from cpdesk.ui.widgets.forms import Form
from tests.app.pressing import press
from tests.support.world import ADMIN, DUE, PASSWORD, START, World

Started = Callable[[Path], Desktop]


def key(desktop: Desktop) -> str:
    place = desktop.window.place
    return place.key if place else ""


def form_of(widget: QWidget | None) -> Form:
    assert widget is not None
    form = widget.findChild(Form)
    assert isinstance(form, Form)
    return form


def texts(desktop: Desktop) -> str:
    return "\n".join(label.text() for label in desktop.window.findChildren(QLabel) if label.isVisible())


def sign_in(desktop: Desktop, qtbot: QtBot, email: str = ADMIN) -> None:
    qtbot.waitUntil(lambda: key(desktop) == "sign_in")
    form = form_of(desktop.window.page)
    form.set_values({"email": email, "password": PASSWORD})
    form.submitted.emit()
    qtbot.waitUntil(lambda: desktop.window.session is not None)


# The first start


def test_without_a_database_it_is_set_up_and_used(started: Started, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "new"
    desktop = started(folder)
    assert key(desktop) == "setup"
    form = form_of(desktop.window.page)
    qtbot.waitUntil(lambda: bool(form.values()["time_zone"]))
    assert not (folder / DATABASE_FILE).exists(), "nothing is made before it is asked for"
    form.set_values({"email": ADMIN, "password": PASSWORD, "again": PASSWORD})
    press(desktop, "Create administrator", qtbot)
    qtbot.waitUntil(lambda: "Store your recovery code" in texts(desktop))
    tick = next(box for box in desktop.window.findChildren(QCheckBox) if box.isVisible())
    tick.toggle()
    press(desktop, "Continue to Log In", qtbot)
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: "No accounts yet" in texts(desktop))


def test_it_can_start_with_sample_customers(started: Started, tmp_path: Path, qtbot: QtBot) -> None:
    desktop = started(tmp_path / "new")
    form = form_of(desktop.window.page)
    qtbot.waitUntil(lambda: bool(form.values()["time_zone"]))
    form.set_values({"email": ADMIN, "password": PASSWORD, "again": PASSWORD, "samples": True})
    press(desktop, "Create administrator", qtbot)
    qtbot.waitUntil(lambda: desktop.window.notices.texts() == ["5 sample customers were added."], timeout=15_000)
    next(box for box in desktop.window.findChildren(QCheckBox) if box.isVisible()).toggle()
    press(desktop, "Continue to Log In", qtbot)
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: "5 accounts" in texts(desktop))


def test_a_set_up_that_was_cut_short_is_taken_up(started: Started, tmp_path: Path, qtbot: QtBot) -> None:
    world = World(tmp_path / "short")
    world.open(create=True)
    world.close()
    desktop = started(world.folder)
    qtbot.waitUntil(lambda: key(desktop) == "setup")


# Every other start


def test_somebody_signs_in_and_sees_the_accounts(started: Started, books: World, qtbot: QtBot) -> None:
    books.account("Contoso", "ada@contoso.example")
    books.close()
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    assert key(desktop) == "customers"
    qtbot.waitUntil(lambda: "1 account · 1 user · 0 seats" in texts(desktop))


def test_a_switch_that_came_due_while_it_was_closed_is_completed_and_told(
    started: Started, books: World, clock: MovableClock, qtbot: QtBot
) -> None:
    books.request_usage(books.pool("Contoso"))
    books.close()
    clock.set(DUE + timedelta(days=3, hours=1))
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    expected = (
        "Contoso: change to Usage Mode completed 3 days late because cpdesk was not running; "
        "effective December 1, 2026."
    )
    qtbot.waitUntil(lambda: desktop.window.notices.texts() == [expected])


def test_a_switch_that_comes_due_meanwhile_is_completed_and_shown(
    started: Started, books: World, clock: MovableClock, qtbot: QtBot
) -> None:
    books.request_usage(books.pool("Contoso"))
    books.close()
    clock.set(DUE - timedelta(minutes=1))
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: "1 account · 0 users · 5 seats" in texts(desktop))
    qtbot.waitUntil(lambda: desktop._due_timer.next_due_at == DUE)
    clock.set(DUE + timedelta(seconds=20))
    desktop.settle_now()
    qtbot.waitUntil(lambda: "1 account · 0 users · 0 seats" in texts(desktop))
    expected = "Contoso: change to Usage Mode completed; effective December 1, 2026."
    qtbot.waitUntil(lambda: desktop.window.notices.texts() == [expected])


def test_many_completions_are_told_in_one_sentence(
    started: Started, books: World, clock: MovableClock, qtbot: QtBot
) -> None:
    for number in range(5):
        books.request_usage(books.pool(f"Customer{number}"))
    books.close()
    clock.set(DUE + timedelta(days=2))
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    expected = "5 changes to Usage Mode were completed, 5 of them late because cpdesk was not running."
    qtbot.waitUntil(lambda: desktop.window.notices.texts() == [expected])


def test_a_customer_administrator_is_told_of_the_own_account_only(
    started: Started, books: World, clock: MovableClock, qtbot: QtBot
) -> None:
    mine, other = books.pool("Mine"), books.pool("Other")
    for account in (mine, other):
        books.request_usage(account)
    customer = books.operator(Role.CUSTOMER, mine)
    books.close()
    clock.set(DUE + timedelta(days=2))
    desktop = started(books.folder)
    sign_in(desktop, qtbot, customer.email)
    assert key(desktop) == "my_services"
    qtbot.waitUntil(lambda: len(desktop.window.notices.texts()) == 1)
    assert desktop.window.notices.texts()[0].startswith("Mine: ")
    assert "Other" not in texts(desktop)


def test_what_another_process_changes_is_seen(started: Started, books: World, qtbot: QtBot) -> None:
    books.account("Contoso")
    books.close()
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: "1 account · 0 users · 0 seats" in texts(desktop))
    with closing(sqlite3.connect(books.folder / DATABASE_FILE)) as other:
        other.execute("DELETE FROM account")
        other.commit()
    qtbot.waitUntil(lambda: "No accounts yet" in texts(desktop), timeout=10_000)


# Trouble


def test_a_file_that_is_no_database_can_be_moved_away(started: Started, books: World, qtbot: QtBot) -> None:
    books.close()
    path, aside = books.folder / DATABASE_FILE, books.folder / "aside.db"
    path.rename(aside)
    path.write_text("this is a letter to somebody, and long enough to be looked at\n" * 20)
    desktop = started(books.folder)
    qtbot.waitUntil(lambda: key(desktop) == "trouble")
    assert str(path) in texts(desktop)
    aside.replace(path)
    press(desktop, "Try again", qtbot)
    sign_in(desktop, qtbot)


def test_a_folder_that_cannot_be_reached_is_named(started: Started, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "letter").write_text("no folder")
    desktop = started(tmp_path / "letter" / "books")
    qtbot.waitUntil(lambda: key(desktop) == "trouble")
    assert "The database cannot be reached" in texts(desktop)
    assert str(tmp_path / "letter" / "books") in texts(desktop)


def test_a_newer_database_is_refused_and_left_alone(started: Started, books: World, qtbot: QtBot) -> None:
    books.close()
    path = books.folder / DATABASE_FILE
    with closing(sqlite3.connect(path)) as future:
        future.execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_future', '2030-01-01')")
        future.commit()
    before = path.read_bytes()
    desktop = started(books.folder)
    qtbot.waitUntil(lambda: key(desktop) == "trouble")
    assert "The database is newer than this program" in texts(desktop)
    assert path.read_bytes() == before


def test_a_database_that_cannot_be_written_is_said_until_it_can(
    started: Started, books: World, clock: MovableClock, qtbot: QtBot
) -> None:
    books.request_usage(books.pool("Contoso"))
    books.close()
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: desktop._due_timer.next_due_at == DUE)
    clock.set(DUE + timedelta(hours=1))
    with closing(sqlite3.connect(books.folder / DATABASE_FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        desktop.settle_now()
        qtbot.waitUntil(lambda: bool(desktop.window.banners.text("settling")), timeout=15_000)
        assert DATABASE_FILE in desktop.window.banners.text("settling")
        other.execute("ROLLBACK")
    press(desktop, "Try again", qtbot)
    qtbot.waitUntil(lambda: not desktop.window.banners.text("settling"))


def test_a_clock_that_is_behind_is_said_with_both_times(
    started: Started, books: World, clock: MovableClock, qtbot: QtBot
) -> None:
    books.account("Contoso")
    books.close()
    clock.set(START - timedelta(hours=2))
    desktop = started(books.folder)
    qtbot.waitUntil(lambda: bool(desktop.window.banners.text("clock")))
    told = desktop.window.banners.text("clock")
    assert "November 10, 2026, 10:00" in told
    assert "November 10, 2026, 12:00" in told
    clock.set(START + timedelta(minutes=5))
    press(desktop, "Check again", qtbot)
    qtbot.waitUntil(lambda: not desktop.window.banners.text("clock"))


def test_a_leap_of_the_clock_is_said_and_nothing_waits_for_it(
    started: Started, books: World, clock: MovableClock, qtbot: QtBot
) -> None:
    books.account("Contoso")
    books.close()
    clock.set(datetime(2027, 3, 1, tzinfo=UTC))
    desktop = started(books.folder)
    qtbot.waitUntil(lambda: "March 1, 2027" in desktop.window.banners.text("clock"))
    sign_in(desktop, qtbot)


@pytest.mark.qt_no_exception_capture
def test_a_bug_in_a_job_is_reported(started: Started, books: World, qtbot: QtBot) -> None:
    books.close()
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    desktop.jobs.run(desktop, lambda: 1 // 0, lambda _number: None)
    qtbot.waitUntil(lambda: desktop.window.findChild(CrashDialog) is not None)
    dialog = desktop.window.findChild(CrashDialog)
    assert isinstance(dialog, CrashDialog)
    assert "ZeroDivisionError" in dialog.details.toPlainText()
    dialog.close()


def test_a_demo_that_was_copied_into_a_data_folder_is_refused(started: Started, tmp_path: Path, qtbot: QtBot) -> None:
    store, services = composition.compose(tmp_path, DemoClock(START))
    store.open(create=True)
    services.setup.set_up(ADMIN, PASSWORD)
    store.disconnect()
    desktop = started(tmp_path)
    qtbot.waitUntil(lambda: key(desktop) == "trouble")
    assert "This is a database of the demo" in texts(desktop)


def test_a_restart_makes_room_for_the_new_process(
    started: Started, books: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.close()
    desktop = started(books.folder)
    order: list[str] = []
    desktop.restarting.connect(lambda: order.append("made room"))
    monkeypatch.setattr(restart, "launch", lambda *_words: order.append("started"))
    desktop._restart()
    assert order == ["made room", "started"]


def test_it_comes_forward_when_it_is_asked_for(started: Started, books: World) -> None:
    books.close()
    desktop = started(books.folder)
    desktop.window.showMinimized()
    desktop.come_forward()
    assert not desktop.window.isMinimized()
    assert desktop.window.isVisible()


# Where people start


@pytest.mark.parametrize(
    ("session", "start"),
    [
        (Session(1, "a@b.example", Role.RESELLER, None), ("customers", {})),
        (Session(1, "a@b.example", Role.AUDITOR, None), ("customers", {})),
        (Session(1, "a@b.example", Role.CUSTOMER, 7), ("my_services", {"account": 7})),
    ],
)
def test_operators_start_where_they_belong(session: Session, start: tuple[str, dict[str, object]]) -> None:
    assert home(session) == start


def test_the_window_is_painted_before_anything_slow_is_loaded() -> None:
    """In a process of its own: here everything has been loaded long ago."""
    script = (
        "import sys, cpdesk.app, cpdesk.ui.pages.start.sign_in\n"
        "slow = {'peewee', 'babel', 'argon2', 'cpdesk.composition', 'cpdesk.store', 'logging.handlers'}\n"
        "print(','.join(sorted(slow & set(sys.modules))))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert told.stdout.strip() == ""


def test_a_restart_that_is_impossible_keeps_the_window(
    started: Started, books: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.close()
    desktop = started(books.folder)
    monkeypatch.setattr(restart, "launch", lambda *_words: False)
    desktop._restart()
    assert desktop.window.isVisible()
    assert "could not be started anew" in texts(desktop)


def test_a_crash_of_an_earlier_run_is_told_at_one_start(started: Started, books: World, qtbot: QtBot) -> None:
    books.close()
    log_dir().mkdir(parents=True)
    (log_dir() / "crash-1.log").write_text("Fatal Python error: Segmentation fault", encoding="utf-8")
    desktop = started(books.folder)
    qtbot.waitUntil(lambda: desktop.window.findChild(PastCrashDialog) is not None)
    dialog = desktop.window.findChild(PastCrashDialog)
    assert isinstance(dialog, PastCrashDialog)
    assert "Segmentation fault" in dialog.details.toPlainText()
    dialog.close()
    again = started(books.folder)
    qtbot.waitUntil(lambda: key(again) == "sign_in" and again._begun)
    assert again.window.findChild(PastCrashDialog) is None


def test_a_bug_at_every_start_starts_nothing_by_itself(
    started: Started, books: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_desktop: Desktop) -> None:
        raise ZeroDivisionError

    books.close()
    begun: list[str] = []
    monkeypatch.setattr(Desktop, "_start_log", broken)
    monkeypatch.setattr(restart, "launch", lambda program, _words: begun.append(program))
    for _start in range(2):
        desktop = started(books.folder)
        qtbot.waitUntil(lambda: desktop.window.findChild(CrashDialog) is not None)  # noqa: B023 - called here
        dialog = desktop.window.findChild(CrashDialog)
        assert isinstance(dialog, CrashDialog)
        dialog.reject()
    assert begun == []


# The backup of the day


def test_the_first_start_of_a_day_makes_a_backup(started: Started, books: World, qtbot: QtBot) -> None:
    books.account("Contoso")
    books.close()
    desktop = started(books.folder)
    folder = books.folder / "backups"
    qtbot.waitUntil(lambda: folder.exists() and any(folder.glob("cpdesk-daily-*.db")))
    assert desktop.window.banners.text("backup") == ""


def test_a_backup_that_cannot_be_made_is_told_and_stops_nothing(started: Started, books: World, qtbot: QtBot) -> None:
    (books.folder / "backups").write_bytes(b"in the way")
    books.close()
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: "backup of today could not be made" in desktop.window.banners.text("backup"))
    assert str(books.folder / "backups") in desktop.window.banners.text("backup")
    (books.folder / "backups").unlink()
    press(desktop, "Try again", qtbot)
    qtbot.waitUntil(lambda: desktop.window.banners.text("backup") == "")
    assert list((books.folder / "backups").glob("cpdesk-daily-*.db"))


def test_a_backup_is_restored_while_the_window_is_open(started: Started, books: World, qtbot: QtBot) -> None:
    books.account("Contoso")
    path = books.services.backups.make_unattended().path
    books.account("Fabrikam")
    books.close()
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: "2 accounts" in texts(desktop))
    session = desktop.window.session
    assert session
    done: list[object] = []
    services = desktop._database.services
    desktop.jobs.exclusive(desktop, lambda: services.backups.restore(session, path), done.append)
    qtbot.waitUntil(lambda: bool(done))
    qtbot.waitUntil(lambda: "1 account · " in texts(desktop))


def test_a_reseller_administrator_is_offered_to_correct_the_time(
    started: Started, books: World, clock: MovableClock, qtbot: QtBot
) -> None:
    books.clock.set(START + timedelta(days=1500))
    books.account("Contoso")
    books.close()
    clock.set(START + timedelta(days=1))
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: bool(desktop.window.banners.text("clock")))
    press(desktop, "Correct the time", qtbot)
    dialog = desktop.window.findChild(CorrectClockDialog)
    assert isinstance(dialog, CorrectClockDialog)
    qtbot.waitUntil(lambda: dialog.shown is not None)
    assert dialog.shown is not None
    dialog.form.set_values({"today": dialog.shown.system.astimezone().date().isoformat()})
    with qtbot.waitSignal(dialog.succeeded):
        dialog.form.submitted.emit()
    qtbot.waitUntil(lambda: not desktop.window.banners.text("clock"))
