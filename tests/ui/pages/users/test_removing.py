"""Deleting users and restoring them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QWidget

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import Done
from cpdesk.ui.gallery.samples import AUDITOR
from cpdesk.ui.gallery.service_samples import PREMIUM, UNDO, VISIO
from cpdesk.ui.gallery.user_samples import GONE, LEE, MEGAN, MORGAN, People
from cpdesk.ui.pages.users.remove_users import RemoveUsersDialog
from cpdesk.ui.pages.users.restore_without import RestoreWithoutDialog
from tests.ui.pages.users.conftest import Open, Opened

PURCHASE = People()
USAGE = People(mode=Mode.USAGE)


def removing(open_users: Open, people: People, *ids: int, **more: Any) -> tuple[Opened, RemoveUsersDialog]:
    opened = open_users(people, **more)
    RemoveUsersDialog(opened.page, opened.page.context, people.account, ids).ask()
    dialog = opened.dialog(RemoveUsersDialog)
    assert isinstance(dialog, RemoveUsersDialog)
    return opened, dialog


def rows(dialog: RemoveUsersDialog) -> str:
    dialog.effects.selectAll()
    return dialog.effects.selection_as_tsv()


def test_in_usage_mode_the_seats_leave_with_the_user(open_users: Open) -> None:
    _opened, dialog = removing(open_users, USAGE, MEGAN.id)
    assert dialog.title.text() == "Delete Megan Bowen"
    assert dialog.bill.text() == (
        "2 seats ($44.40 a month) leave the account and are no longer billable from today on."
    )
    assert rows(dialog) == "Microsoft 365 Business Premium\t1\t59\nVisio Plan 2\t1\t2"
    assert dialog.until.text() == "Deleted users can be restored until December 23, 2026."


def test_in_purchase_mode_the_bill_stays(open_users: Open) -> None:
    _opened, dialog = removing(open_users, PURCHASE, MEGAN.id, MORGAN.id)
    assert dialog.bill.text() == (
        "3 seats ($59.00 a month) go back to the pool. The bill stays as it is until seats are removed from the pool."
    )
    assert rows(dialog) == "Microsoft 365 Business Premium\t2\t60\t8\nVisio Plan 2\t1\t3\t2"


def test_without_a_license_nothing_happens_to_the_bill(open_users: Open) -> None:
    _opened, dialog = removing(open_users, PURCHASE, LEE.id)
    assert dialog.bill.text() == "No license is held: seats and bill stay as they are."
    assert not dialog.effects.isVisible()


def test_deleting_many_says_how_far_it_is_and_can_be_cancelled(open_users: Open) -> None:
    said: list[str] = []

    def remove_many(*_args: Any, progress: Tell, **_named: Any) -> Done[Any]:
        progress(0, 40_000)
        dialog.show_line()
        progress(12_400, 40_000)
        QCoreApplication.processEvents()
        said.append(dialog.line.text.text())
        assert dialog.line.isVisible()
        dialog.line.cancel.click()
        progress(12_600, 40_000)
        raise AssertionError("it went on")

    _opened, dialog = removing(open_users, PURCHASE, MEGAN.id, LEE.id, answers={"remove_many": remove_many})
    dialog.delete.click()
    assert said == ["12,400 of 40,000 users deleted. All are deleted, or none."]
    assert dialog.refusal.text == "Cancelled. Nothing was changed."
    assert not dialog.line.isVisible()
    assert dialog.isVisible()
    assert dialog.delete.isEnabled()


def test_deleting_is_told_and_can_be_undone(open_users: Open) -> None:
    opened, dialog = removing(open_users, PURCHASE, MEGAN.id)
    dialog.form.set_values({"reason": "left the company"})
    dialog.delete.click()
    ((_name, args, named),) = [call for call in opened.users.calls if call[0] == "remove_many"]
    assert (args[1:], named["reason"]) == ((7, (MEGAN.id,)), "left the company")
    assert opened.window.notices.texts() == ["Megan Bowen deleted. 2 seats back in the pool, still billable."]
    (undo,) = (button for button in opened.window.notices.findChildren(QPushButton) if button.text() == "Undo")
    undo.click()
    assert opened.licenses.called("undo") == [(UNDO,)]


def test_the_safe_answer_changes_nothing(open_users: Open) -> None:
    opened, dialog = removing(open_users, PURCHASE, MEGAN.id)
    dialog.keep.click()
    assert not dialog.isVisible()
    assert opened.users.called("remove_many") == []


def test_who_is_gone_already_is_told_on_the_page(open_users: Open) -> None:
    opened = open_users(PURCHASE, answers={"removal": UserError("unknown_user", upn="megan")})
    RemoveUsersDialog(opened.page, opened.page.context, PURCHASE.account, (1,)).ask()
    assert opened.window.notices.texts() == ["The account has no user megan."]


def test_the_deleted_are_listed_with_what_comes_back(open_users: Open) -> None:
    opened = open_users(PURCHASE, "deleted_users")
    opened.page.table.selectAll()
    opened.page.table.select(GONE[0].id)
    assert opened.page.table.selection_as_tsv() == (
        "Nestor Wilke\tnestor.wilke@contoso-freight.example\tNovember 21, 2026\tDecember 21, 2026"
        "\tMicrosoft 365 Business Premium, Visio Plan 2"
    )


def test_somebody_is_restored(open_users: Open) -> None:
    opened = open_users(PURCHASE, "deleted_users")
    assert not opened.page.restore.isEnabled()
    opened.page.table.select(GONE[0].id)
    opened.page.restore.click()
    assert opened.users.called("restore") == [(7, GONE[0].upn)]
    told = f"{GONE[0].upn} is restored. Assigned again: Microsoft 365 Business Premium and Visio Plan 2."
    assert opened.window.notices.texts() == [told]


def test_the_keyboard_stays_on_the_page_when_nobody_is_left_to_restore(open_users: Open) -> None:
    opened = open_users(PURCHASE, "deleted_users")
    opened.page.table.select(GONE[0].id)
    opened.page.restore.setFocus()
    opened.users.answers["deleted"] = []
    opened.page.refresh()
    assert opened.page.leave.hasFocus()


def test_what_has_no_seat_is_named_before_it_is_left_out(open_users: Open) -> None:
    refusal = UserError("restore_lacks_seats", upn=GONE[0].upn, missing=[PREMIUM.name, VISIO.name])
    opened = open_users(PURCHASE, "deleted_users", answers={"restore": refusal})
    opened.page.table.select(GONE[0].id)
    opened.page.restore.click()
    dialog = opened.dialog(RestoreWithoutDialog)
    opened.users.answers["restore"] = PURCHASE.services().users.answers["restore"]  # type: ignore[attr-defined]
    dialog.restore.click()
    asked = [named for called, _args, named in opened.users.calls if called == "restore"]
    assert asked == [{"user_id": 31}, {"user_id": 31, "without_missing": True}]
    assert opened.window.notices.texts()[0].startswith(f"{GONE[0].upn} is restored.")


def test_without_deleted_users_the_page_says_what_it_is_for(open_users: Open) -> None:
    opened = open_users(replace(PURCHASE, gone=()), "deleted_users")
    assert opened.page.empty.isVisible()
    assert not opened.page.restore.isVisible()


def test_an_auditor_restores_nobody(open_users: Open) -> None:
    assert not open_users(PURCHASE, "deleted_users", AUDITOR).page.restore.isVisible()


def test_everything_has_a_name(open_users: Open, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(open_users(PURCHASE, "deleted_users").window)
    _opened, dialog = removing(open_users, PURCHASE, MEGAN.id)
    assert_accessible(dialog)
