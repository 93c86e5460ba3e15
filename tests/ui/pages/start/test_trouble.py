"""The page of a database that cannot be opened."""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.rows import Done
from cpdesk.domain.salvage import Salvaged
from cpdesk.services.bundle import Services
from cpdesk.ui.gallery.samples import ACCOUNTS
from cpdesk.ui.gallery.scenes_rescue import CHOICES, SALVAGE, rescue_services
from cpdesk.ui.gallery.stand_ins import services
from cpdesk.ui.pages.start.rescue_dialog import RescueDialog
from cpdesk.ui.pages.start.trouble import DatabaseTroublePage
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme

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
    window = open_page("trouble", rescue_services(), session=None, error=error, retry=list[object]().clear)
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


def test_beyond_use_the_newest_good_backup_is_offered(open_page: Callable[..., Window]) -> None:
    window = open_trouble(open_page, rescue_services())
    assert "Entries since" in said(window)
    page = trouble_page(window)
    assert [choice.row.path for choice in page.backups.selected_rows()] == [CHOICES[1].row.path]
    assert page.restore.isEnabled()
    page.backups.select(CHOICES[0].row.path)
    assert not page.restore.isEnabled()


def test_it_opens_at_its_top_though_the_offered_backup_stands_further_down(
    open_page: Callable[..., Window], theme: Theme
) -> None:
    theme.set_text_scale(2.0)
    window = open_trouble(open_page, rescue_services())
    page = trouble_page(window)
    assert page.backups.selected_rows()
    bar = next(area for area in window.findChildren(QScrollArea) if area.isAncestorOf(page)).verticalScrollBar()
    assert (bar.value(), bar.maximum() > 0) == (0, True)


def test_without_a_backup_that_is_said(open_page: Callable[..., Window]) -> None:
    window = open_trouble(open_page, rescue_services(choices=[]))
    assert "There is no backup" in said(window)
    assert not trouble_page(window).restore.isVisible()


def test_another_trouble_offers_no_rescue(open_page: Callable[..., Window]) -> None:
    window = open_trouble(open_page, services(), code="database_newer")
    assert not trouble_page(window).salvage.isVisible()


def test_what_can_be_saved_is_shown_after_signing_in_and_put_in_place_when_told_to(
    open_page: Callable[..., Window], assert_accessible: Callable[[QWidget], None]
) -> None:
    retried: list[bool] = []
    window = open_trouble(open_page, rescue_services(), retry=lambda: retried.append(True))
    dialog = trouble_page(window).open_salvage()
    assert not dialog.put.isVisible()
    sign_in(dialog)
    assert_accessible(dialog)
    told = shown(dialog)
    assert "5 rows are missing." in told
    assert ACCOUNTS[0].name in told
    assert dialog.put.isVisible()
    assert not retried
    dialog.put.click()
    assert retried == [True]
    assert "What could be saved is in the place of the database." in " ".join(window.notices.texts())


def test_a_refusal_leaves_everything_and_the_form_open(open_page: Callable[..., Window]) -> None:
    window = open_trouble(open_page, rescue_services(UserError("wrong_credentials")))
    dialog = trouble_page(window).open_salvage()
    sign_in(dialog)
    assert dialog.look.isEnabled()
    assert not dialog.put.isVisible()
    assert dialog.refusal.isVisible()


def test_enter_reads_it_and_does_not_give_the_other_answer_too(open_page: Callable[..., Window]) -> None:
    refused = rescue_services(UserError("wrong_credentials"))
    dialog = trouble_page(open_trouble(open_page, refused)).open_salvage()
    dialog.form.set_values({"email": "dana.reyes@reseller.example"})
    password = dialog.form.editor("password")
    QTest.keyClick(password, Qt.Key.Key_Return)
    assert dialog.isVisible(), "the password is missing yet"
    QTest.keyClicks(password, "correct horse")
    QTest.keyClick(password, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.refusal.isVisible()


def test_a_second_factor_is_asked_for_and_handed_on(open_page: Callable[..., Window]) -> None:
    given: Any = rescue_services()
    asked: list[tuple[object, ...]] = []

    def look(*who: object, code: str = "") -> object:
        asked.append((*who[:2], code))
        if not code:
            raise UserError("code_needed")
        return SALVAGE

    def put(*_who: object, code: str) -> Done[Salvaged]:
        asked.append((code,))
        return Done(Salvaged(Path("kept.db"), SALVAGE, Path("kept.csv")), frozenset())

    given.salvaging.answers |= {"preview": look, "put_in_place": put}
    dialog = trouble_page(open_trouble(open_page, given)).open_salvage()
    sign_in(dialog)
    assert not dialog.refusal.isVisible()
    assert dialog.factor.isVisible()
    dialog.look.click()
    assert len(asked) == 1, "an empty code is not sent"
    (code,) = dialog.factor.findChildren(QLineEdit)
    code.setText("123 456")
    dialog.look.click()
    assert not dialog.factor.isVisible()
    dialog.put.click()
    who = ("dana.reyes@reseller.example", "correct horse")
    assert asked == [(*who, ""), (*who, "123 456"), ("123 456",)]


def test_the_list_is_written_to_a_file(open_page: Callable[..., Window], tmp_path: Path) -> None:
    dialog = trouble_page(open_trouble(open_page, rescue_services())).open_salvage()
    sign_in(dialog)
    dialog.write(str(tmp_path / "missing.csv"))
    assert "ines.berg@harborlight.example" in (tmp_path / "missing.csv").read_text(encoding="utf-8-sig")


def test_a_backup_is_restored_after_signing_in(open_page: Callable[..., Window]) -> None:
    retried: list[bool] = []
    window = open_trouble(open_page, rescue_services(), retry=lambda: retried.append(True))
    dialog = trouble_page(window).open_restore(CHOICES[1])
    sign_in(dialog)
    assert "37 entries of the audit log" in shown(dialog)
    dialog.put.click()
    assert retried == [True]


def open_trouble(
    open_page: Callable[..., Window],
    given: Services,
    code: str = "database_damaged",
    retry: Callable[[], object] = gc.isenabled,
) -> Window:
    return open_page("trouble", given, session=None, error=KnownError(code, path=_PATH), retry=retry)


def trouble_page(window: Window) -> DatabaseTroublePage:
    assert isinstance(window.page, DatabaseTroublePage)
    return window.page


def sign_in(dialog: RescueDialog) -> None:
    dialog.form.set_values({"email": "dana.reyes@reseller.example", "password": "correct horse"})
    dialog.look.click()


def shown(dialog: QWidget) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible()).replace("\u200b", "")


def said(window: Window) -> str:
    texts = (label.text() for label in window.findChildren(QLabel) if label.isVisible())
    return " ".join(texts).replace("\u200b", "")
