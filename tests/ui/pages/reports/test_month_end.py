"""The month-end pack."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError, UserError
from cpdesk.jobs import Cancelled
from cpdesk.ui.gallery import report_samples as samples
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.pages.reports.month_end_dialog import MonthEndDialog
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.labels import Label
from tests.support.world import DUE, PREMIUM, World

OpenPage = Callable[..., Window]
OpenDialog = Callable[..., MonthEndDialog]


@pytest.fixture
def open_dialog(open_page: OpenPage, tmp_path: Path) -> OpenDialog:
    def opened(selected: Any = (), **answers: Any) -> MonthEndDialog:
        window = open_page("reports", samples.report_services(**answers))
        assert window.page is not None
        window.page.context.settings.setValue("month_end/folder", str(tmp_path))
        dialog = MonthEndDialog(window, window.page.context, selected)
        dialog.open()
        return dialog

    return opened


def said(root: QWidget) -> str:
    return "\n".join(label.text() for label in root.findChildren(Label) if label.isVisibleTo(root))


def asked(dialog: MonthEndDialog) -> Any:
    services: Any = dialog.context.services
    return services.month_end


def test_every_widget_has_a_name(open_dialog: OpenDialog, assert_accessible: Callable[[QWidget], None]) -> None:
    dialog = open_dialog(samples.COSTS.rows[:2])
    assert_accessible(dialog)
    dialog.write.click()
    assert_accessible(dialog)


def test_the_last_month_of_all_accounts_is_written(open_dialog: OpenDialog, tmp_path: Path) -> None:
    dialog = open_dialog()
    dialog.write.click()
    ((month, folder, accounts, progress),) = asked(dialog).called("write")
    assert (month, folder, accounts) == (date(2026, 10, 1), tmp_path, None)
    assert callable(progress)


def test_afterwards_it_says_what_was_written_and_stays(open_dialog: OpenDialog) -> None:
    dialog = open_dialog()
    dialog.write.click()
    text = said(dialog)
    assert dialog.outcome.text == "The pack of October 2026 is written: 7 statements, a workbook and a CSV file."
    assert "USD · 6 accounts\n$21,473.00" in text
    assert "cpdesk-2026-10" in text
    assert dialog.isVisible()
    assert not dialog.write.isVisible()
    assert dialog.open_folder.isVisible()


def test_lines_without_a_price_are_told(open_dialog: OpenDialog) -> None:
    dialog = open_dialog(write=samples.WITH_TROUBLE)
    dialog.write.click()
    assert [notice.text.partition(":")[0] for notice in dialog.warnings] == [
        "7 lines have no price and are missing in the sums",
        "The month is not over for 7 accounts",
    ]


def test_selected_accounts_are_taken_unless_all_are_wanted(open_dialog: OpenDialog) -> None:
    dialog = open_dialog(samples.COSTS.rows[:2])
    assert dialog.choice.some.text() == "Only the 2 selected accounts"
    assert dialog.choice.account_ids == frozenset(row.account_id for row in samples.COSTS.rows[:2])
    dialog.choice.all.click()
    assert dialog.choice.account_ids is None


def test_without_a_selection_it_says_how_to_make_one(open_dialog: OpenDialog) -> None:
    some = open_dialog().choice.some
    assert not some.isEnabled()
    assert "select them on the tab Accounts by cost first" in some.text()


def test_another_month_is_another_folder(open_dialog: OpenDialog) -> None:
    choice = open_dialog().choice
    choice.month.setCurrentIndex(1)
    choice.month.activated.emit(1)
    assert "cpdesk-2026-09" in said(choice)
    assert choice.chosen_month == date(2026, 9, 1)


def test_the_folder_is_chosen_and_remembered(open_dialog: OpenDialog, tmp_path: Path) -> None:
    dialog = open_dialog()
    dialog.choice.choose.click()
    chooser = dialog.findChildren(QFileDialog)[-1]
    chooser.fileSelected.emit(str(tmp_path / "accounting"))
    chooser.close()
    dialog.write.click()
    assert asked(dialog).called("write")[0][1] == tmp_path / "accounting"
    assert dialog.context.settings.value("month_end/folder") == str(tmp_path / "accounting")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (KnownError("disk_full", path="/tmp/x"), "The disk is full"),
        (UserError("pack_exists", path="cpdesk-2026-10"), "cpdesk-2026-10"),
    ],
)
def test_a_refusal_is_said_and_another_try_is_open(open_dialog: OpenDialog, error: Exception, told: str) -> None:
    dialog = open_dialog(write=error)
    dialog.write.click()
    assert dialog.outcome.isVisible()
    assert told in dialog.outcome.text
    assert dialog.write.isEnabled()
    assert dialog.choice.isEnabled()


def test_a_refusal_goes_with_the_choice_that_it_was_about(open_dialog: OpenDialog) -> None:
    dialog = open_dialog(write=KnownError("disk_full", path="/tmp/x"))
    dialog.write.click()
    dialog.choice.month.activated.emit(2)
    assert not dialog.outcome.isVisible()


def test_stopping_says_that_nothing_was_written(open_dialog: OpenDialog) -> None:
    dialog = open_dialog(write=Cancelled())
    dialog.write.click()
    assert dialog.outcome.text == "Stopped. No file was written."
    assert dialog.write.isEnabled()


def test_while_it_is_written_nothing_else_can_be_chosen(open_dialog: OpenDialog) -> None:
    seen: list[Any] = []

    def write(*_args: Any) -> Any:
        dialog.tell((112, 337))
        seen.append((dialog.choice.isEnabled(), dialog.write.isEnabled(), dialog.line.isVisible()))
        seen.append(dialog.line.text.text())
        return samples.SUMMARY

    dialog = open_dialog(write=write)
    dialog.write.click()
    assert seen == [(False, False, True), "112 of 337 statements and files are done."]
    assert not dialog.line.isVisible()


def test_escape_stops_the_work_before_it_leaves(open_dialog: OpenDialog) -> None:
    def write(_by: Any, _month: Any, _folder: Any, _accounts: Any, progress: Any) -> Any:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        progress(1, 2)
        raise AssertionError("it went on")

    dialog = open_dialog(write=write)
    dialog.write.click()
    assert dialog.isVisible()
    assert dialog.outcome.text == "Stopped. No file was written."
    dialog.reject()
    assert not dialog.isVisible()


def test_the_keyboard_begins_at_the_month(open_dialog: OpenDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(open_dialog().choice.month.hasFocus)


# On the real services


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "data")
    made.set_up()
    yield made
    made.close()


def test_the_real_pack_is_written_and_told(world: World, open_page: OpenPage, stage: Stage, tmp_path: Path) -> None:
    account = world.account("Contoso", "dana@contoso.example")
    world.services.licenses.assign(world.by, account, "dana@contoso.example", PREMIUM)
    world.clock.set(DUE + timedelta(days=2))
    stage.clock.set(DUE + timedelta(days=2))
    window = open_page("reports", world.services, world.by)
    assert window.page is not None
    dialog = MonthEndDialog(window, window.page.context)
    dialog.choice.set_folder(tmp_path)
    dialog.open()
    dialog.write.click()
    assert dialog.outcome.text == "The pack of November 2026 is written: 1 statement, a workbook and a CSV file."
    endings = sorted(path.suffix for path in (tmp_path / "cpdesk-2026-11").rglob("*") if path.is_file())
    assert endings == [".csv", ".pdf", ".xlsx"]


def test_a_pack_that_is_there_already_is_never_written_over(world: World, open_page: OpenPage, tmp_path: Path) -> None:
    account = world.account("Contoso", "dana@contoso.example")
    world.services.licenses.assign(world.by, account, "dana@contoso.example", PREMIUM)
    (tmp_path / "cpdesk-2026-11").mkdir()
    (tmp_path / "cpdesk-2026-11" / "mine.txt").write_text("mine", "utf-8")
    window = open_page("reports", world.services, world.by)
    assert window.page is not None
    dialog = MonthEndDialog(window, window.page.context)
    dialog.choice.set_folder(tmp_path)
    dialog.choice.month.setCurrentIndex(dialog.choice.month.count() - 1)
    dialog.open()
    dialog.write.click()
    assert "cpdesk-2026-11" in dialog.outcome.text
    assert [path.name for path in (tmp_path / "cpdesk-2026-11").iterdir()] == ["mine.txt"]
