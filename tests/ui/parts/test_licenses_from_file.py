"""Changing licenses from a file: what is shown before it is done, and what is done."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shiboken6 import isValid

from cpdesk.base.errors import UserError
from cpdesk.domain.accounts import Status
from cpdesk.domain.bulk.file import BulkChange, BulkFile
from cpdesk.domain.bulk.report import BulkReport
from cpdesk.domain.modes import Mode
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_licenses_file import LACKING, RIGHT, WRONG, opened
from cpdesk.ui.gallery.scenes_users import PURCHASE, USAGE
from cpdesk.ui.parts.licenses_from_file import LicensesFromFileDialog

Look = Callable[..., LicensesFromFileDialog]


@pytest.fixture
def look(stage: Stage) -> Iterator[Look]:
    """Open the dialog with a file in it, and close it in the end."""
    dialogs = []

    def open_it(*what: Any, **answers: Any) -> LicensesFromFileDialog:
        dialogs.append(opened(stage, *what, **answers)[1])
        return dialogs[-1]

    yield open_it
    for dialog in dialogs:
        if isValid(dialog):
            dialog.reject()


def shown(dialog: LicensesFromFileDialog) -> list[tuple[int, str]]:
    rows = (dialog.table.rows.row(place) for place in range(dialog.table.rows.rowCount()))
    result = next(column for column in dialog.table.rows.columns if column.key == "result")
    return [(row.row, result.show(row)) for row in rows]


def test_each_row_says_what_happens_and_the_button_how_many(look: Look) -> None:
    dialog = look(USAGE, RIGHT)
    assert shown(dialog) == [(2, "Is assigned"), (3, "Is assigned"), (4, "Is assigned"), (5, "Has it already")]
    assert dialog.apply.text() == "Assign 3 licenses"
    assert "3 seats ($45.00 a month)" in dialog.summary.text()
    assert "1 row is so already." in dialog.verdict.text


def test_what_was_shown_is_carried_out_with_the_reason(look: Look) -> None:
    dialog = look(USAGE, RIGHT)
    dialog.form.set_values({"reason": "INC-9"})
    dialog.apply.click()
    bulk: Any = dialog.context.services.bulk
    (_name, args, named) = next(call for call in bulk.calls if call[0] == "run")
    assert (args[1], named["shown"], named["reason"]) == (USAGE.account.id, RIGHT, "INC-9")


@pytest.mark.parametrize(("report", "rows"), [(WRONG, [4, 5]), (LACKING, [3, 4])])
def test_what_is_wrong_is_listed_alone_and_cannot_be_applied(look: Look, report: BulkReport, rows: list[int]) -> None:
    dialog = look(PURCHASE, report)
    assert [number for number, _text in shown(dialog)] == rows
    assert not dialog.apply.isEnabled()
    dialog.wrong_only.click()
    assert len(shown(dialog)) == 4


def test_a_file_that_does_not_say_its_encoding_is_shown_in_the_likeliest(look: Look) -> None:
    def read(_path: Path, change: BulkChange, *, encoding: str | None = None, **_more: Any) -> BulkFile:
        if encoding is None:
            raise UserError("file_encoding_unknown", file="list.csv", suggestion="windows-1252", row=2, column="UPN")
        return BulkFile("list.csv", encoding, change, {}, ())

    dialog = look(USAGE, RIGHT, read=read)
    assert not dialog.doubt.isHidden()
    dialog.encoding.box.set_value("windows-1250")
    assert dialog.doubt.isHidden()


def test_another_file_can_be_chosen_after_one_that_is_none(look: Look) -> None:
    dialog = look(USAGE, UserError("columns_missing", file="list.csv", columns=["SkuPartNumber"]))
    assert "SkuPartNumber" in dialog.drop.error
    assert not dialog.drop.isHidden()
    assert not dialog.apply.isEnabled()


def test_reading_that_is_stopped_leaves_nothing_to_apply(look: Look) -> None:
    dialogs: list[LicensesFromFileDialog] = []

    def read(_path: Path, change: BulkChange, **_more: Any) -> BulkFile:
        if dialogs:
            dialogs[0].looking.cancelled.emit()
        return BulkFile("list.csv", "utf-8", change, {}, ())

    dialogs.append(look(USAGE, RIGHT, read=read))
    assert dialogs[0].apply.isEnabled()
    dialogs[0].remove.click()
    assert not dialogs[0].apply.isEnabled()
    assert dialogs[0].drop.path is None


def test_removing_looks_again_for_what_is_removed(look: Look) -> None:
    dialog = look(USAGE, RIGHT)
    dialog.remove.click()
    bulk: Any = dialog.context.services.bulk
    changes = [args[0] for args in bulk.called("read")]
    assert changes[-1] is BulkChange.UNASSIGN


def test_a_suspended_account_is_offered_to_take_only(look: Look) -> None:
    people = replace(PURCHASE, status=Status.SUSPENDED)
    dialog = look(people, replace(RIGHT, change=BulkChange.UNASSIGN, mode=Mode.PURCHASE))
    assert dialog.assign.isHidden()
    assert dialog.remove.isChecked()
    assert "stay billable" in dialog.summary.text()
