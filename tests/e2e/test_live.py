"""Two processes on one database: what one changes the other shows, and a second window is the first."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.e2e.program import ROOT, Program, Window
from tests.e2e.waiting import wait_until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the screen is a virtual X server"),
]

_NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
_ADMIN, _PASSWORD = "anna@reseller.example", "correct horse battery staple"
_DOMAIN = "contoso.example"
_SOON = 20.0
"""Seconds within which a change by another process is to be seen; generous, as machines are busy."""


@pytest.fixture
def window(program: Program) -> Window:
    """The Customer List with one account that has two users."""
    program.operator = (_ADMIN, _PASSWORD)
    _command(program, "setup", "--admin", _ADMIN, "--time-zone", "America/New_York")
    _command(program, "accounts", "create", "Contoso", "--domain", _DOMAIN, "--activate")
    for name in ("ada", "bob"):
        _command(program, "users", "add", _DOMAIN, f"{name}@{_DOMAIN}", "--name", name.title())
    opened = program.open_window(at=_NOW)
    opened.root.wait_for("text", "E-mail address").set_text(_ADMIN)
    opened.root.wait_for("text", "Password").set_text(_PASSWORD)
    opened.root.wait_for("push button", "Log In").press()
    opened.root.wait_for("table", "Accounts")
    return opened


def _command(program: Program, *words: str) -> None:
    program.run(*words, at=_NOW).expect()


def _cells(window: Window, table: str) -> list[str]:
    return [cell for row in window.root.wait_for("table", table).rows() for cell in row]


def _wait_for_cell(window: Window, table: str, text: str) -> None:
    wait_until(lambda: text in _cells(window, table), f"{text!r} in {table}", timeout=_SOON)


def test_a_command_is_seen_in_the_open_customer_list(program: Program, window: Window) -> None:
    _command(program, "accounts", "create", "Fabrikam", "--domain", "fabrikam.example")
    _wait_for_cell(window, "Accounts", "Fabrikam")
    _command(program, "licenses", "assign", _DOMAIN, f"ada@{_DOMAIN}", "SPB")
    wait_until(lambda: _cells(window, "Accounts").count("1") >= 1, "the seat in the list", timeout=_SOON)


def test_a_command_is_seen_on_the_open_services_page(program: Program, window: Window) -> None:
    _open_services(window)
    _command(program, "licenses", "assign", _DOMAIN, f"ada@{_DOMAIN}", "SPB")
    _wait_for_cell(window, "Subscriptions", "Microsoft 365 Business Premium")
    _command(program, "mode", "change", _DOMAIN, "purchase", "--yes")
    window.root.wait_for("label", "Purchase Mode", timeout=_SOON)
    _command(program, "seats", "add", _DOMAIN, "SPB", "4")
    _wait_for_cell(window, "Subscriptions", "5")


def test_a_second_start_shows_the_first_window_and_ends(program: Program, window: Window, tmp_path: Path) -> None:
    other = Program(program.screen, tmp_path / "other", module="tests.e2e.sample")
    other.folder.mkdir()
    other.open_window()
    wait_until(lambda: not _is_active(window), "the other program in front")
    second = subprocess.run(
        [sys.executable, "-m", "cpdesk"],
        cwd=ROOT,
        env=program._environment(None) | program.screen.environment,
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert (second.returncode, second.stdout, second.stderr) == (0, b"", b"")
    wait_until(lambda: _is_active(window), "the first window in front")
    other.close()


def test_commands_need_no_window_of_their_own(program: Program, window: Window) -> None:
    assert program.run("accounts", "list", at=_NOW).exit_code == 0
    assert window.process.poll() is None


def test_after_a_crash_there_is_a_window_again(program: Program, window: Window) -> None:
    window.kill()
    again = program.open_window(at=_NOW)
    again.root.wait_for("push button", "Log In")


def _open_services(window: Window) -> None:
    accounts = window.root.wait_for("table", "Accounts")
    accounts.wait_for("cell", "Contoso").press()
    accounts.grab_focus()
    window.keyboard.press("Enter")
    window.root.wait_for("push button", "Microsoft Office 365").press()
    window.root.wait_for("page tab", "Tools")


def _is_active(window: Window) -> bool:
    return any("active" in child.states for child in window.root.children())
