"""The backups as a reseller administrator, and an auditor, meet them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.backups import BackupRow, RestorePreview
from cpdesk.domain.operators import Role, Session
from cpdesk.ui.choices import usual_time_zone
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.scene import NOW
from cpdesk.ui.gallery.scenes_backups import BACKUPS, FOLDER, SAME, backup_services, preview
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.backups.page import BackupsPage
from cpdesk.ui.pages.backups.restore_dialog import RestoreDialog
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.table import DataTable

OpenPage = Callable[..., Window]


@pytest.fixture
def services() -> Any:
    return backup_services()


@pytest.fixture
def window(open_page: OpenPage, services: Any) -> Window:
    return open_page("backups", services)


def page(window: Window) -> BackupsPage:
    assert isinstance(window.page, BackupsPage)
    return window.page


def table(window: Window) -> DataTable[BackupRow]:
    found = page(window).findChild(DataTable)
    assert isinstance(found, DataTable)
    return found


def press(window: Window, text: str) -> None:
    next(one for one in page(window).findChildren(QPushButton) if one.text() == text).click()


def restoring(window: Window, row: BackupRow = BACKUPS[3]) -> RestoreDialog:
    """The dialog that restores a backup of the list."""
    table(window).select(row.path)
    page(window).restore_button.click()
    return window.findChildren(RestoreDialog)[-1]


def chosen(window: Window, text: str, path: Path) -> None:
    """Choose a file in the dialog that a button opens."""
    press(window, text)
    dialog = window.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(path))
    dialog.close()


def said(root: QWidget) -> str:
    return "\n".join(label.text() for label in root.findChildren(Label) if label.isVisibleTo(root))


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(window)
    assert_accessible(restoring(window))


def test_the_newest_stands_first_with_all_that_is_known(window: Window) -> None:
    rows = table(window).rows
    assert rows.row_at(0) == BACKUPS[0]
    shown = [column.show(BACKUPS[8]) for column in rows.columns]
    assert rows.columns[0].caption() == f"Made ({usual_time_zone()})"
    assert shown[0].startswith("Nov 2, 2026, ")
    assert shown[1:] == ["Before an upgrade", "45.8 MB", "No", "3"]
    assert "12 backups" in said(page(window))
    assert "latest 10 days" in said(page(window))


def test_it_can_be_searched(window: Window) -> None:
    table(window).set_filter("upgrade")
    assert table(window).rows.rowCount() == 1


def test_a_backup_is_made_at_once(window: Window, services: Any) -> None:
    page(window).make.click()
    assert services.backups.called("make") == [(None,)]
    assert window.notices.texts()[0].startswith("The backup is made and checked: cpdesk-manual-20261123")
    assert len(services.backups.called("rows")) > 1, "the list shows it"


def test_a_backup_can_go_to_a_file(window: Window, services: Any, tmp_path: Path) -> None:
    chosen(window, "Back up to a file", tmp_path / "mine.db")
    assert services.backups.called("make") == [(tmp_path / "mine.db",)]


def test_the_name_that_is_offered_has_the_date(window: Window) -> None:
    press(window, "Back up to a file")
    dialog = window.findChildren(QFileDialog)[-1]
    assert Path(dialog.selectedFiles()[0]).name == f"cpdesk-{NOW:%Y-%m-%d}.db"
    dialog.close()


def test_a_full_disk_is_said_and_the_list_stays(open_page: OpenPage) -> None:
    window = open_page("backups", backup_services(make=KnownError("disk_full", path=str(FOLDER))))
    page(window).make.click()
    assert "The disk is full" in window.notices.texts()[0]
    assert page(window).make.isEnabled()
    assert table(window).rows.total == len(BACKUPS)


def test_without_a_backup_one_is_offered(open_page: OpenPage) -> None:
    services = backup_services(())
    window = open_page("backups", services)
    empty = page(window).findChild(EmptyState)
    assert isinstance(empty, EmptyState)
    assert empty.title == "No backups yet"
    empty.button.click()
    assert services.backups.called("make") == [(None,)]


def test_an_auditor_sees_them_and_changes_nothing(open_page: OpenPage) -> None:
    window = open_page("backups", backup_services(), session=AUDITOR)
    offered = {button.text() for button in page(window).findChildren(QPushButton) if button.isVisible()}
    assert not offered & {"Back up now", "Back up to a file", "Restore from a file", "Restore"}
    table(window).select(BACKUPS[0].path)
    QTest.keyClick(table(window), Qt.Key.Key_Return)
    assert window.findChildren(RestoreDialog) == []


def test_a_customer_does_not_come_here() -> None:
    spec = all_pages().get("backups")
    assert spec is not None
    assert not spec.admits(Role.CUSTOMER)


# Restoring


def test_what_restoring_changes_is_shown_first(window: Window, services: Any) -> None:
    dialog = restoring(window)
    text = said(dialog)
    assert services.backups.called("preview") == [(BACKUPS[3].path,)]
    assert services.backups.called("restore") == []
    assert "3 accounts get another billing mode, or another pending change:" in text
    assert "1,204" in text
    assert str(FOLDER) in text.replace("\u200b", "")
    rows = dialog.findChild(DataTable)
    assert isinstance(rows, DataTable)
    shown = [[column.show(row) for column in rows.rows.columns][1:] for row in preview().changing]
    assert shown == [
        ["Purchase Mode", "Usage Mode"],
        ["Purchase Mode until Dec 1, 2026", "Purchase Mode"],
        ["Usage Mode", "no such account"],
    ]


def test_the_answer_that_changes_nothing_has_the_keyboard(window: Window, qtbot: QtBot, services: Any) -> None:
    dialog = restoring(window)
    qtbot.waitUntil(dialog.leave.hasFocus)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert services.backups.called("restore") == []


def test_afterwards_nobody_is_signed_in_and_the_former_database_is_named(window: Window, services: Any) -> None:
    window._parts = replace(window._parts, sign_in_key="sign_in")
    dialog = restoring(window)
    dialog.why.set_values({"reason": "INC-42"})
    dialog.restore.click()
    (call,) = [call for call in services.backups.calls if call[0] == "restore"]
    assert call[1:] == ((RESELLER, BACKUPS[3].path), {"reason": "INC-42"})
    assert window.session is None
    (told,) = window.notices.texts()
    assert told.startswith("The backup of November 20, 2026, ")
    assert f"{FOLDER}/cpdesk-restore-20261123T150000Z-schema4.db" in told.replace("\\", "/")


def test_a_backup_in_any_file_can_be_restored(window: Window, services: Any, tmp_path: Path) -> None:
    chosen(window, "Restore from a file", tmp_path / "old.db")
    assert services.backups.called("preview") == [(tmp_path / "old.db",)]
    assert window.findChildren(RestoreDialog)[-1].isVisible()


def test_what_is_no_backup_cannot_be_restored(open_page: OpenPage) -> None:
    refusal = KnownError("not_a_database", path="/tmp/letter")
    dialog = restoring(open_page("backups", backup_services(preview=refusal)))
    assert "is not a database of cpdesk" in dialog.refusal.text
    assert not dialog.restore.isEnabled()


def test_a_backup_under_another_passphrase_is_opened_first(open_page: OpenPage) -> None:
    tried: list[str] = []

    def unlock(passphrase: str, _path: Path) -> None:
        tried.append(passphrase)
        if passphrase != "the former one":
            raise UserError("wrong_passphrase")

    def read(_by: Session, _path: Path) -> RestorePreview:
        if "the former one" not in tried:
            raise KnownError("passphrase_needed", path="/data/backups/old.db")
        shown: RestorePreview = preview()
        return shown

    dialog = restoring(open_page("backups", backup_services(preview=read, unlock=unlock)))
    assert dialog.passphrase.isVisible()
    for typed in ("not that one", "the former one"):
        assert not dialog.restore.isEnabled()
        dialog.passphrase.set_values({"passphrase": typed})
        dialog.unlock.click()
    assert tried == ["not that one", "the former one"]
    assert dialog.passphrase.isHidden()
    assert dialog.restore.isEnabled()


def test_a_refused_restore_is_said_and_can_be_tried_again(open_page: OpenPage) -> None:
    window = open_page("backups", backup_services(restore=KnownError("database_locked", path="/data/cpdesk.db")))
    dialog = restoring(window)
    dialog.restore.click()
    assert "Another program" in dialog.refusal.text
    assert dialog.isVisible()
    assert dialog.restore.isEnabled()
    assert window.session is not None


def test_a_backup_of_another_database_is_told_apart(open_page: OpenPage) -> None:
    shown = preview(accounts=(SAME,), same_history=False, older_schema=True, leaving=("kim@reseller.example",))
    text = said(restoring(open_page("backups", backup_services(preview=shown))))
    assert "not a backup of the present database" in text
    assert "4, brought up to that of this program" in text
    assert "Can no longer sign in: kim@reseller.example." in text
    assert "No account gets another billing mode by it." in text


def test_the_path_can_be_copied(window: Window) -> None:
    table(window).select(BACKUPS[0].path)
    page(window)._on_copy()
    assert QGuiApplication.clipboard().text() == str(BACKUPS[0].path)
