"""Settling by real processes: two at once, one that is killed, and a window whose database is locked."""

import json
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from subprocess import Popen

import pytest

from cpdesk.base.paths import DATABASE_FILE
from cpdesk.services.settling import BATCH
from tests.benchmarks.credentials import ADMIN, PASSWORD
from tests.benchmarks.many_switches import prepare
from tests.e2e.program import Program, Window
from tests.e2e.waiting import wait_until
from tests.e2e.walk import DECEMBER

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes under /proc"),
]

_SWITCHES = 8 * BATCH


@pytest.fixture
def database(program: Program) -> Path:
    """A database in which so many switches are due that settling them takes several transactions."""
    return _prepare(program, _SWITCHES)


def test_two_commands_at_once_settle_each_switch_once(program: Program, database: Path) -> None:
    with _write_lock(database):
        running = [program.start("--json", "apply-due", at=DECEMBER) for _ in range(2)]
        for process in running:
            wait_until(partial(_has_open, process, database), "the command at the locked database")
    outputs = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    settled = [switch["id"] for output in outputs for switch in json.loads(output)["applied"]]
    assert len(settled) == len(set(settled)) == _SWITCHES
    _assert_settled_and_whole(program, database)


@pytest.mark.parametrize("inside", [False, True], ids=["between transactions", "inside a transaction"])
def test_a_killed_command_has_done_all_of_a_transaction_or_nothing(
    program: Program, database: Path, inside: bool
) -> None:
    process = program.start("--json", "apply-due", at=DECEMBER)
    _spin_until_settling(database, process, inside=inside)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL, "the command was done before it could be killed"
    settled = _settled(database)
    assert settled < _SWITCHES
    assert settled % BATCH == 0
    assert program.run("--json", "check", at=DECEMBER).json()["ok"]
    assert len(program.run("--json", "apply-due", at=DECEMBER).json()["applied"]) == _SWITCHES - settled
    _assert_settled_and_whole(program, database)


def test_the_window_outlasts_a_lock_and_settles_after_it(program: Program) -> None:
    database = _prepare(program, 1)
    with _write_lock(database):
        window = program.open_window(at=DECEMBER)
        _sign_in(window)
        window.root.wait_for_label("Changes of mode that are due stay pending until it can be written.")
        _open_tools(window)
        window.root.wait_for_label("Change to Usage Mode is due, not yet completed")
        window.root.wait_for("label", "Purchase Mode is active")
        assert _settled(database) == 0
    window.root.wait_for("push button", "Try again").press()
    window.root.wait_for("label", "Usage Mode is active")
    window.root.wait_for_label("Account 1: change to Usage Mode completed 2 days late")
    assert window.output() == ""
    assert program.run("--json", "check", at=DECEMBER).json() == {"ok": True, "findings": []}


def test_the_window_waits_for_a_database_that_another_program_keeps_to_itself(program: Program) -> None:
    database = _prepare(program, 1)
    with _kept_by_another(database):
        window = program.open_window(at=DECEMBER)
        window.root.wait_for("label", "The database is in use")
        window.root.wait_for_label(str(database))
        window.root.wait_for("push button", "Try again").press()
        # As long as it is trying, it may get in by itself once the other program is gone.
        wait_until(lambda: _refusals(program) == 2, "the end of the second attempt")
        assert window.process.poll() is None
    window.root.wait_for("push button", "Try again").press()
    window.root.wait_for("push button", "Log In")
    assert window.output() == ""


def _prepare(program: Program, count: int) -> Path:
    prepare(program.data, count)
    return program.data / DATABASE_FILE


def _sign_in(window: Window) -> None:
    window.root.wait_for("text", "E-mail address").set_text(ADMIN)
    window.root.wait_for("text", "Password").set_text(PASSWORD)
    window.root.wait_for("push button", "Log In").press()


def _refusals(program: Program) -> int:
    log = program.data / "logs" / "cpdesk.log"
    return log.read_text(encoding="utf-8").count("the database cannot be opened: database_locked")


def _open_tools(window: Window) -> None:
    accounts = window.root.wait_for("table", "Accounts")
    accounts.wait_for("cell", "Account 1").press()
    accounts.grab_focus()
    window.keyboard.press("Enter")
    window.root.wait_for("push button", "Microsoft Office 365").press()
    window.root.wait_for("page tab", "Tools").press()


def _has_open(process: Popen[str], database: Path) -> bool:
    assert process.poll() is None, "the command did not wait for the lock"
    return any(link.resolve() == database for link in Path(f"/proc/{process.pid}/fd").iterdir())


def _spin_until_settling(database: Path, process: Popen[str], *, inside: bool) -> None:
    """Until the first transaction is over, or (`inside`) one is under way. Without a pause: they are short."""
    while process.poll() is None and not (_is_locked(database) if inside else _settled(database)):
        pass


def _settled(database: Path) -> int:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as reading:
        query = "SELECT count(*) FROM mode_switch WHERE to_mode = 'usage' AND state = 'done'"
        return int(reading.execute(query).fetchone()[0])


def _is_locked(database: Path) -> bool:
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as writing:
        try:
            writing.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            return error.sqlite_errorname == "SQLITE_BUSY"
        writing.execute("ROLLBACK")
        return False


@contextmanager
def _write_lock(database: Path) -> Iterator[None]:
    """Let nobody write; reading goes on."""
    with closing(sqlite3.connect(database, isolation_level=None)) as locking:
        locking.execute("BEGIN IMMEDIATE")
        yield
        locking.execute("ROLLBACK")


@contextmanager
def _kept_by_another(database: Path) -> Iterator[None]:
    """Let nobody even read."""
    with closing(sqlite3.connect(database, isolation_level=None)) as keeping:
        keeping.execute("PRAGMA locking_mode = EXCLUSIVE")
        keeping.execute("BEGIN EXCLUSIVE")
        keeping.execute("COMMIT")
        yield


def _assert_settled_and_whole(program: Program, database: Path) -> None:
    assert _settled(database) == _SWITCHES
    assert program.run("--json", "check", at=DECEMBER).json() == {"ok": True, "findings": []}
    report = program.run("--json", "apply-due", at=DECEMBER).json()
    assert (report["applied"], report["pending"], report["next_due_at"]) == ([], 0, None)
