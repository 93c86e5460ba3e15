"""What lies around the program and is not as it should be: a word about it, and everything else goes on."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cpdesk.app import Desktop
from cpdesk.base.clock import MovableClock
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.services.surroundings import FolderKind
from cpdesk.ui.widgets.forms import Form
from tests.app.pressing import press
from tests.support.world import ADMIN, DUE, PASSWORD, World

Started = Callable[[Path], Desktop]

TOP = Path(__file__).parents[2]

_START_AND_END = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from cpdesk import opening
from cpdesk.app import Desktop
from cpdesk.base.clock import SystemClock
from cpdesk.base.i18n import language
from cpdesk.ui.context import MemorySettings
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme

app = opening.application()
settings = MemorySettings()
window = Window(settings, Theme(app, settings))

def furnish():
    desktop = Desktop(app, window, Path(sys.argv[1]), SystemClock())
    desktop.painted.connect(lambda: QTimer.singleShot(0, window.close))
    return desktop

code = opening.run(app, window, furnish)
print(language(), window.banners.text("fonts"))
sys.exit(code)
"""


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, with another environment."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=TOP,
        env={**os.environ, "CPDESK_DATA": str(folder), **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def texts(desktop: Desktop) -> str:
    labels = (label.text() for label in desktop.window.findChildren(QLabel) if label.isVisible())
    return "\n".join(labels).replace("\u200b", "")


def key(desktop: Desktop) -> str:
    place = desktop.window.place
    return place.key if place else ""


def sign_in(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: key(desktop) == "sign_in")
    assert desktop.window.page is not None
    form = desktop.window.page.findChild(Form)
    assert isinstance(form, Form)
    form.set_values({"email": ADMIN, "password": PASSWORD})
    form.submitted.emit()
    qtbot.waitUntil(lambda: desktop.window.session is not None)


# Languages and fonts

ODD_LANGUAGES = [
    ({"LANG": "xx_YY", "LC_ALL": "nonsense", "LANGUAGE": "xx:yy"}, "en"),
    ({"LANG": "xx_YY.UTF-8", "LC_ALL": "", "LANGUAGE": ""}, "en"),
    ({"LANG": "de_XX.UTF-8@euro", "LC_ALL": "", "LANGUAGE": ":::"}, "de"),
    ({"LANG": "", "LC_ALL": "C", "LANGUAGE": ""}, "en"),
]


@pytest.mark.parametrize(("environment", "spoken"), ODD_LANGUAGES)
def test_the_window_opens_in_a_locale_that_the_system_does_not_know(
    environment: dict[str, str], spoken: str, tmp_path: Path
) -> None:
    done = run(tmp_path / "data", "-c", _START_AND_END, str(tmp_path / "data"), **environment)
    assert (done.returncode, done.stdout.split()[:1]) == (0, [spoken]), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("environment", "_spoken"), ODD_LANGUAGES)
def test_commands_work_in_a_locale_that_the_system_does_not_know(
    books: World, environment: dict[str, str], _spoken: str
) -> None:
    books.close()
    operator = {"CPDESK_OPERATOR": ADMIN, "CPDESK_PASSWORD": PASSWORD}
    done = run(books.folder, "-m", "cpdesk", "--json", "check", **operator, **environment)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"ok": True, "findings": []}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems cannot be without fonts")
def test_without_fonts_the_window_opens_and_says_so(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(f'<?xml version="1.0"?><fontconfig><dir>{tmp_path}/none</dir></fontconfig>')
    done = run(tmp_path / "data", "-c", _START_AND_END, str(tmp_path / "data"), FONTCONFIG_FILE=str(config))
    assert done.returncode == 0, done.stderr
    assert "en No font is installed" in done.stdout
    assert "No font is installed" in done.stderr


# The data folder


def test_a_folder_that_a_service_copies_is_warned_about_until_that_is_dismissed(
    started: Started, books: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.close()
    monkeypatch.setenv("OneDrive", str(books.folder.parent))
    desktop = started(books.folder)
    qtbot.waitUntil(lambda: "lies in OneDrive" in desktop.window.banners.text("folder"))
    press(desktop, "Do not warn again", qtbot)
    assert not desktop.window.banners.text("folder")
    desktop._folder_warning.look()
    sign_in(desktop, qtbot)
    assert not desktop.window.banners.text("folder")


def test_any_other_folder_is_not(started: Started, books: World, qtbot: QtBot) -> None:
    books.close()
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    kind = desktop._database.services.surroundings.folder().kind
    assert bool(desktop.window.banners.text("folder")) == (kind is not FolderKind.LOCAL)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move a file that is open")
def test_a_folder_that_is_moved_while_it_is_used_is_said_and_nothing_is_lost(
    started: Started, books: World, clock: MovableClock, qtbot: QtBot
) -> None:
    books.request_usage(books.pool("Contoso"))
    books.close()
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: desktop._due_timer.next_due_at == DUE)
    qtbot.waitUntil(lambda: any((books.folder / "backups").glob("cpdesk-daily-*.db")))
    qtbot.waitUntil(lambda: desktop._backup._asked is None)
    aside = books.folder.with_name("aside")
    books.folder.rename(aside)
    clock.set(DUE)
    desktop.settle_now()
    qtbot.waitUntil(lambda: "is not there any more" in desktop.window.banners.text("fault"))
    assert str(books.folder / DATABASE_FILE) in desktop.window.banners.text("fault")
    assert not books.folder.exists()
    aside.rename(books.folder)
    press(desktop, "Try again", qtbot)
    qtbot.waitUntil(lambda: not desktop.window.banners.text("fault"))
    qtbot.waitUntil(lambda: "0 seats" in texts(desktop))


def test_a_folder_without_its_database_says_where_it_looks(started: Started, tmp_path: Path) -> None:
    folder = tmp_path / "vanished"
    (folder / "backups").mkdir(parents=True)
    desktop = started(folder)
    assert key(desktop) == "setup"
    assert str(folder) in texts(desktop)
    assert "there are backups of one" in texts(desktop)
    assert not (folder / DATABASE_FILE).exists()


# Backups


def test_the_backup_of_the_day_is_made_and_a_full_folder_stops_nothing(
    started: Started, books: World, qtbot: QtBot
) -> None:
    books.close()
    (books.folder / "backups").write_text("no folder")
    desktop = started(books.folder)
    qtbot.waitUntil(lambda: bool(desktop.window.banners.text("backup")))
    assert "The backup of today could not be made." in desktop.window.banners.text("backup")
    sign_in(desktop, qtbot)
    (books.folder / "backups").unlink()
    press(desktop, "Try again", qtbot)
    qtbot.waitUntil(lambda: not desktop.window.banners.text("backup"))
    desktop.window.navigate("backups")
    qtbot.waitUntil(lambda: "1 backup" in texts(desktop))


def test_a_backup_is_restored_in_the_window(started: Started, books: World, qtbot: QtBot) -> None:
    from cpdesk.ui.pages.backups.restore_dialog import RestoreDialog

    account = books.pool("Contoso")
    made = books.services.backups.make(books.by).value
    books.request_usage(account)
    books.close()
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    desktop.window.navigate("backups")
    qtbot.waitUntil(lambda: "backups" in texts(desktop))
    page = desktop.window.page
    assert page is not None
    page.restore(str(made.path))  # type: ignore[attr-defined]
    dialog = desktop.window.findChildren(RestoreDialog)[-1]
    qtbot.waitUntil(dialog.restore.isEnabled)
    dialog.restore.click()
    qtbot.waitUntil(lambda: desktop.window.session is None, timeout=15_000)
    assert key(desktop) == "sign_in"
    told = "\n".join(desktop.window.notices.texts())
    assert "The backup of " in told
    assert "cpdesk-restore-" in told
    sign_in(desktop, qtbot)
    qtbot.waitUntil(lambda: "1 account" in texts(desktop))
    ((pending,),) = books.stored("SELECT count(*) FROM mode_switch WHERE state = 'pending'")
    assert pending == 0


# What is not used, and so cannot be missing

_ABSENT = re.compile(r"QSystemTrayIcon|QtDBus|\bnotify2\b|\bplyer\b|win32cred|NSUserNotification")


def test_neither_tray_nor_notifications_are_needed() -> None:
    files = sorted((TOP / "cpdesk").rglob("*.py"))
    assert [path.name for path in files if _ABSENT.search(path.read_text(encoding="utf-8"))] == []


def test_a_keyring_is_asked_for_in_one_place_that_does_without() -> None:
    """What becomes of it where there is none: tests/gateways/test_system_keyring.py."""
    files = sorted((TOP / "cpdesk").rglob("*.py"))
    importing = re.compile(r"^ *(?:from|import) (?:keyring|secretstorage|win32cred)\b", re.MULTILINE)
    users = {path.relative_to(TOP / "cpdesk").parts[0] for path in files if importing.search(path.read_text("utf-8"))}
    assert users == {"gateways"}
