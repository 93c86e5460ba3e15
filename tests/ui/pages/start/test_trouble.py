"""The page of a database that cannot be opened."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from cpdesk.base.errors import KnownError
from cpdesk.domain.backups import BackupKind, file_name
from cpdesk.ui.gallery.stand_ins import services
from cpdesk.ui.shell.window import Window

_PATH = "/somewhere/cpdesk.db"
_CODES = (
    "database_locked",
    "database_read_only",
    "not_a_database",
    "database_newer",
    "database_damaged",
    "database_not_reachable",
    "disk_full",
)


def button(window: Window, text: str) -> QPushButton:
    return next(one for one in window.findChildren(QPushButton) if one.text() == text)


@pytest.mark.parametrize("code", _CODES)
def test_it_says_what_happened_and_where(
    open_page: Callable[..., Window], code: str, assert_accessible: Callable[[QWidget], None]
) -> None:
    error = KnownError(code, path=_PATH)
    window = open_page("trouble", services(), session=None, error=error, retry=list[object]().clear)
    told = " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
    assert _PATH in told
    assert "Nothing was changed." in told
    assert_accessible(window)


def test_trying_again_and_copying_the_path(open_page: Callable[..., Window]) -> None:
    tried: list[bool] = []
    error = KnownError("database_locked", path=_PATH)
    window = open_page("trouble", services(), session=None, error=error, retry=lambda: tried.append(True))
    button(window, "Try again").click()
    button(window, "Copy path").click()
    assert tried == [True]
    assert QGuiApplication.clipboard().text() == _PATH


def test_beyond_use_the_newest_backup_is_named(open_page: Callable[..., Window], tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in (20, 22, 21):
        made = datetime(2026, 11, day, 12, tzinfo=UTC)
        (folder / file_name(BackupKind.DAILY, made, 4)).touch()
    (folder / "letter.txt").touch()
    error = KnownError("database_damaged", path=str(tmp_path / "cpdesk.db"))
    told = said(open_page("trouble", services(), session=None, error=error, retry=list[object]().clear))
    assert "The newest backup is of November 22, 2026." in told
    assert f'cpdesk restore "{folder}' in told
    newer = KnownError("database_newer", path=str(tmp_path / "cpdesk.db"))
    told = said(open_page("trouble", services(), session=None, error=newer, retry=list[object]().clear))
    assert "newest backup" not in told


def said(window: Window) -> str:
    texts = (label.text() for label in window.findChildren(QLabel) if label.isVisible())
    return " ".join(texts).replace("\u200b", "")
