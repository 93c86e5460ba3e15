"""The demo as it runs: signed in at once, on a clock that can be moved."""

import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.app_demo import DemoDesktop
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.database import LaterServices
from cpdesk.demo import opening, team
from cpdesk.demo.moments import END
from cpdesk.domain.operators import Role
from cpdesk.ui.pages.start.sign_in import SignInPage
from cpdesk.ui.shell.lock_sheet import LockSheet
from cpdesk.ui.shell.tour_steps import STEPS
from tests.app.conftest import a_window
from tests.app.pressing import press

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

_PATIENCE_MS = 15_000


@pytest.fixture
def demo(
    qapp: QApplication, qtbot: QtBot, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DemoDesktop]:
    """A running demo with the Customer List on the screen."""
    monkeypatch.setattr(opening, "write_history", lambda folder: shutil.copy(made / DATABASE_FILE, folder))
    folder = tmp_path / "demo"
    folder.mkdir()
    desktop = DemoDesktop(qapp, a_window(qapp), folder)
    with qtbot.waitActive(desktop.window):
        desktop.start()
    qtbot.waitUntil(lambda: "24 accounts" in texts(desktop), timeout=_PATIENCE_MS)
    yield desktop
    desktop.window.close()
    desktop.close()
    desktop.window.deleteLater()
    desktop.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def texts(desktop: DemoDesktop) -> str:
    return "\n".join(label.text() for label in desktop.window.findChildren(QLabel) if label.isVisible())


def offered(desktop: DemoDesktop) -> list[str]:
    return [button.text() for button in desktop.banner.findChildren(QPushButton) if button.isVisible()]


def test_somebody_is_signed_in_and_the_banner_says_what_it_is(demo: DemoDesktop) -> None:
    assert demo.window.session is not None
    assert (demo.window.session.email, demo.window.session.role) == (team.ADMINISTRATOR, Role.RESELLER)
    said = "Its clock says November 20, 2026, 09:00 America/New_York."
    assert demo.banner.text == f"Demo: sample data. Every password is “demo”. {said}"
    assert offered(demo) == ["Next day", "First of next month", "Start tour"]
    assert demo.window.notices.texts() == []


def test_the_first_of_next_month_completes_what_is_pending(demo: DemoDesktop, qtbot: QtBot) -> None:
    assert "Pending 4" in {button.text() for button in demo.window.findChildren(QPushButton)}
    press(demo, "First of next month", qtbot)
    qtbot.waitUntil(lambda: "4 changes to Usage Mode were completed." in demo.window.notices.texts())
    assert "December 1, 2026, 09:00 America/New_York" in demo.banner.text
    qtbot.waitUntil(lambda: "Pending 0" in {button.text() for button in demo.window.findChildren(QPushButton)})


def test_a_day_on_which_nothing_is_due_is_told_too(demo: DemoDesktop, qtbot: QtBot) -> None:
    press(demo, "Next day", qtbot)
    told = "It is November 21, 2026, 09:00 America/New_York. Nothing was due until then."
    qtbot.waitUntil(lambda: demo.window.notices.texts() == [told])
    assert "November 21, 2026, 09:00" in demo.banner.text


def test_its_clock_runs_on_from_where_the_history_ended(demo: DemoDesktop) -> None:
    assert 0 < (demo.clock.now() - END).total_seconds() < 120


def test_each_role_can_be_tried_from_the_banner(demo: DemoDesktop, qtbot: QtBot) -> None:
    demo.window.sign_out()
    assert offered(demo) == [
        "Log in as reseller administrator", "Log in as customer administrator", "Log in as auditor",
    ]  # fmt: skip
    press(demo, "Log in as customer administrator", qtbot)
    qtbot.waitUntil(lambda: demo.window.session is not None, timeout=_PATIENCE_MS)
    assert demo.window.session is not None
    assert demo.window.session.email == team.CUSTOMER
    assert offered(demo) == ["Next day", "First of next month"], "the tour is for who sees the Customer List"


def test_who_has_another_password_by_now_is_asked_for_it(demo: DemoDesktop, qtbot: QtBot) -> None:
    assert demo.window.session is not None
    services, by = cast("Services", LaterServices(demo._database)), demo.window.session
    changed = list[object]()
    change = partial(services.operators.change_own_password, by, team.PASSWORD, "correct horse")
    demo.jobs.change(demo, change, changed.append)
    qtbot.waitUntil(lambda: bool(changed), timeout=_PATIENCE_MS)
    demo.window.sign_out()
    press(demo, "Log in as reseller administrator", qtbot)
    qtbot.waitUntil(lambda: "The e-mail address or the password is wrong." in texts(demo), timeout=_PATIENCE_MS)
    page = demo.window.page
    assert isinstance(page, SignInPage)
    page.entry.answer({"password": "correct horse"})
    qtbot.waitUntil(lambda: demo.window.session is not None, timeout=_PATIENCE_MS)


def test_it_locks_and_says_by_what_it_is_unlocked(demo: DemoDesktop, qtbot: QtBot) -> None:
    demo.window.lock.lock()
    assert "Every password is “demo”." in texts(demo)
    sheet = demo.window.centralWidget()
    assert isinstance(sheet, LockSheet)
    sheet.entry.answer({"password": team.PASSWORD})
    qtbot.waitUntil(lambda: not demo.window.lock.is_locked, timeout=_PATIENCE_MS)


def test_the_tour_does_the_whole_switch_if_asked_to(demo: DemoDesktop, qtbot: QtBot) -> None:
    press(demo, "Start tour", qtbot)
    for number in range(1, len(STEPS)):
        _wait_for_step(demo, qtbot, number)
        press(demo, "Show me", qtbot)
    _wait_for_step(demo, qtbot, len(STEPS))
    assert "Usage Mode is active" in texts(demo)
    press(demo, "End tour", qtbot)
    assert demo.tour.callout is None


def _wait_for_step(demo: DemoDesktop, qtbot: QtBot, number: int) -> None:
    qtbot.waitUntil(lambda: f"Tour: step {number} of {len(STEPS)}" in texts(demo), timeout=_PATIENCE_MS)


def test_without_a_temporary_folder_there_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from cpdesk import app_demo

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert app_demo.main() == 3
    assert "nowhere" in capsys.readouterr().err


def test_the_demo_leaves_the_system_and_its_folders_alone(
    demo: DemoDesktop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDrive", str(Path(demo._database.folder).resolve().parent))
    demo._folder_warning.look()
    demo.window.navigate("settings")
    qtbot.waitUntil(lambda: "Not possible here" in texts(demo))
    assert not demo.window.banners.text("folder")
    assert not demo.window.banners.text("backup")
