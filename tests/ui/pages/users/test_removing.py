"""Deleting users and restoring them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain.accounts import Status
from cpdesk.domain.leaving import Departure, SeatWish
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import RemovedUser
from cpdesk.domain.rows import Done
from cpdesk.ui.gallery.samples import AUDITOR
from cpdesk.ui.gallery.service_samples import PREMIUM, UNDO, VISIO
from cpdesk.ui.gallery.user_samples import ALEX, GONE, LEE, LONG_GONE, MEGAN, MORGAN, People
from cpdesk.ui.pages.users.deleted_users import DeletedUsersPage
from cpdesk.ui.pages.users.erase_user import EraseUserDialog
from cpdesk.ui.pages.users.removal_texts import left_text
from cpdesk.ui.pages.users.remove_users import RemoveUsersDialog
from cpdesk.ui.pages.users.restore_without import RestoreWithoutDialog
from cpdesk.ui.pages.users.seat_fates import Fate
from cpdesk.ui.pages.users.takers import TakersDialog
from tests.ui.pages.users.conftest import Open, Opened

PURCHASE = People()
USAGE = People(mode=Mode.USAGE)


def removing(open_users: Open, people: People, *ids: int, **more: Any) -> tuple[Opened, RemoveUsersDialog]:
    opened = open_users(people, **more)
    RemoveUsersDialog(opened.page, opened.page.context, people.account, ids).ask()
    dialog = opened.dialog(RemoveUsersDialog)
    assert isinstance(dialog, RemoveUsersDialog)
    return opened, dialog


def choose(dialog: RemoveUsersDialog, guid: str, fate: Fate) -> None:
    """As somebody who picks it from the list does."""
    assert dialog.rows is not None
    choice = dialog.rows.choices[guid]
    choice.set_value(str(fate))
    choice.activated.emit(choice.currentIndex())


def told(dialog: RemoveUsersDialog, guid: str) -> str:
    assert dialog.rows is not None
    return dialog.rows.texts[guid].text()


def wishes(opened: Opened) -> Sequence[SeatWish]:
    """What the service was asked for."""
    ((_account, _ids, asked),) = opened.users.called("leave")
    return cast("Sequence[SeatWish]", asked)


def test_in_usage_mode_the_seats_leave_with_the_user(open_users: Open) -> None:
    _opened, dialog = removing(open_users, USAGE, MEGAN.id)
    assert dialog.title.text() == "Delete Megan Bowen"
    assert dialog.bill.text() == (
        "2 seats leave the account at once. The bill falls by $44.40 a month from November 23, 2026 on."
    )
    assert told(dialog, VISIO.guid) == (
        "1 seat ($18.00 a month) leaves the account and is no longer billed from November 23, 2026 on. Left: 2 seats."
    )
    assert dialog.until.text() == "Deleted users can be restored until December 23, 2026."


def test_in_usage_mode_somebody_may_take_over(open_users: Open) -> None:
    opened, dialog = removing(open_users, USAGE, MEGAN.id)
    assert dialog.rows is not None
    choice = dialog.rows.choices[VISIO.guid]
    assert [choice.itemText(place) for place in range(choice.count())] == ["Leave the account", "Hand on…"]
    choose(dialog, VISIO.guid, Fate.HAND_ON)
    takers = opened.dialog(TakersDialog)
    takers.users.toggled.emit(LEE)
    takers.take.click()
    assert dialog.bill.text() == (
        "1 seat leaves the account at once. The bill falls by $26.40 a month from November 23, 2026 on."
    )
    dialog.delete.click()
    assert wishes(opened) == (SeatWish(VISIO.guid, takers=(LEE.id,)),)


def test_in_a_suspended_account_in_usage_mode_there_is_nothing_to_choose(open_users: Open) -> None:
    _opened, dialog = removing(open_users, replace(USAGE, status=Status.SUSPENDED), MEGAN.id)
    assert dialog.rows is not None
    assert not any(choice.isVisible() for choice in dialog.rows.choices.values())


def test_in_purchase_mode_the_seats_stay_in_the_pool_unless_something_is_chosen(open_users: Open) -> None:
    opened, dialog = removing(open_users, PURCHASE, MEGAN.id, MORGAN.id)
    assert dialog.bill.text() == ("The bill stays as it is. 3 seats ($59.00 a month) stay in the pool, billable.")
    assert told(dialog, PREMIUM.guid) == (
        "2 seats ($44.00 a month) go back to the pool and stay billable. Available then: 8."
    )
    dialog.delete.click()
    assert wishes(opened) == ()


def test_freed_seats_of_a_product_are_released(open_users: Open) -> None:
    opened, dialog = removing(open_users, PURCHASE, MEGAN.id, MORGAN.id)
    choose(dialog, PREMIUM.guid, Fate.RELEASE)
    assert told(dialog, PREMIUM.guid) == (
        "2 seats ($44.00 a month) leave the pool and are no longer billed from November 23, 2026 on. Left: 58 seats."
    )
    assert dialog.bill.text() == (
        "The bill falls by $44.00 a month from November 23, 2026 on. "
        "1 seat ($15.00 a month) stays in the pool, billable."
    )
    assert dialog.rows is not None
    assert dialog.rows.choices[""].currentText() == "Different"
    dialog.delete.click()
    assert wishes(opened) == (SeatWish(PREMIUM.guid, release=True),)
    assert opened.window.notices.texts() == [
        "2 users deleted. 2 seats released, no longer billable from today on. 1 seat back in the pool, still billable."
    ]


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        (Mode.USAGE, "2 users deleted. 3 seats no longer billable from December 1, 2026 on."),
        (
            Mode.PURCHASE,
            "2 users deleted. 2 seats released, no longer billable from December 1, 2026 on. "
            "1 seat back in the pool, still billable.",
        ),
    ],
)
def test_where_whole_months_are_charged_the_bill_falls_later(mode: Mode, told: str) -> None:
    left = tuple(RemovedUser(user.upn, mode, user.licenses) for user in (MEGAN, MORGAN))
    released = ((PREMIUM.part_number, 2),) if mode is Mode.PURCHASE else ()
    departure = Departure(mode, left, released, (), date(2026, 12, 1))
    assert left_text(departure, (MEGAN, MORGAN), {}) == told


def test_all_products_are_chosen_for_at_once(open_users: Open) -> None:
    opened, dialog = removing(open_users, PURCHASE, MEGAN.id)
    choose(dialog, "", Fate.RELEASE)
    assert dialog.bill.text() == "The bill falls by $37.00 a month from November 23, 2026 on."
    dialog.delete.click()
    assert wishes(opened) == (SeatWish(PREMIUM.guid, release=True), SeatWish(VISIO.guid, release=True))


def test_a_freed_seat_is_handed_on_to_somebody_who_lacks_the_product(open_users: Open) -> None:
    opened, dialog = removing(open_users, PURCHASE, MEGAN.id)
    choose(dialog, VISIO.guid, Fate.HAND_ON)
    takers = opened.dialog(TakersDialog)
    shown = [takers.users.rows.row_at(place).display_name for place in range(takers.users.rows.rowCount())]
    assert "Megan Bowen" not in shown
    assert "Grady Archie" not in shown, "has one"
    assert shown[:2] == ["Lee Gu", "Rosa Vance"], "without any license"
    QTest.keyClicks(takers.search, "lee")
    QTest.keyClick(takers.search, Qt.Key.Key_Down)
    QTest.keyClick(takers.users, Qt.Key.Key_Space)
    assert takers.told.text() == "Chosen, 1 of 1: Lee Gu"
    takers.take.click()
    assert told(dialog, VISIO.guid) == "1 seat goes on to Lee Gu."
    assert dialog.rows is not None
    dialog.rows.others[VISIO.guid].click()
    assert opened.dialog(TakersDialog).told.text() == "Chosen, 1 of 1: Lee Gu"
    opened.dialog(TakersDialog).leave.click()
    dialog.delete.click()
    assert wishes(opened) == (SeatWish(VISIO.guid, takers=(LEE.id,)),)
    assert opened.window.notices.texts() == [
        "Megan Bowen deleted. Handed on: Visio Plan 2 (1). 1 seat back in the pool, still billable."
    ]


def test_one_takes_over_all_that_another_had(open_users: Open) -> None:
    opened, dialog = removing(open_users, PURCHASE, MEGAN.id)
    choose(dialog, "", Fate.HAND_ON)
    takers = opened.dialog(TakersDialog)
    takers.users.toggled.emit(MORGAN)
    takers.users.toggled.emit(ALEX)
    takers.take.click()
    assert told(dialog, VISIO.guid) == "1 seat goes on to Alex Wilber."
    assert "back to the pool" in told(dialog, PREMIUM.guid), "Alex has it already"
    assert dialog.fates is not None
    assert dialog.fates.wishes == (SeatWish(VISIO.guid, takers=(ALEX.id,)),)


def test_no_more_take_over_than_seats_become_free(open_users: Open) -> None:
    opened, dialog = removing(open_users, PURCHASE, MEGAN.id, MORGAN.id)
    choose(dialog, PREMIUM.guid, Fate.HAND_ON)
    takers = opened.dialog(TakersDialog)
    assert takers.told.text() == "Choose up to 2 users."
    for place in range(3):
        takers.users.toggled.emit(takers.users.rows.row_at(place))
    assert takers.told.text() == "3 users are chosen, but only 2 seats become free."
    assert not takers.take.isEnabled()
    takers.users.toggled.emit(takers.users.rows.row_at(0))
    assert takers.take.isEnabled()


def test_choosing_nobody_leaves_the_seats_where_they_were(open_users: Open) -> None:
    opened, dialog = removing(open_users, PURCHASE, MEGAN.id)
    choose(dialog, VISIO.guid, Fate.RELEASE)
    choose(dialog, VISIO.guid, Fate.HAND_ON)
    opened.dialog(TakersDialog).leave.click()
    assert dialog.rows is not None
    assert dialog.rows.choices[VISIO.guid].currentText() == "Release"


def test_a_pending_change_to_usage_mode_releases_them_anyway(open_users: Open) -> None:
    _opened, dialog = removing(open_users, replace(PURCHASE, is_pending=True), MEGAN.id)
    assert dialog.pending.isVisible()
    assert dialog.pending.text == (
        "The change to Usage Mode on December 1, 2026 releases freed seats that are still in the pool then; until "
        "then they are billed."
    )


def test_in_a_suspended_account_nobody_gets_a_seat(open_users: Open) -> None:
    _opened, dialog = removing(open_users, replace(PURCHASE, status=Status.SUSPENDED), MEGAN.id)
    assert dialog.rows is not None
    choice = dialog.rows.choices[VISIO.guid]
    assert [choice.itemText(place) for place in range(choice.count())] == ["Keep in the pool", "Release"]


def test_what_was_refused_is_shown_as_it_is_now(open_users: Open) -> None:
    refusal = UserError("takers_exceed_freed", product=VISIO.name, takers=1, freed=0)
    opened, dialog = removing(open_users, PURCHASE, MEGAN.id, answers={"leave": refusal})
    choose(dialog, PREMIUM.guid, Fate.RELEASE)
    dialog.delete.click()
    assert dialog.isVisible()
    assert dialog.refusal.text == (
        "More licenses of Visio Plan 2 are to be handed on (1) than become free (0). Choose fewer users."
    )
    assert len(opened.users.called("removal")) == 2
    assert dialog.fates is not None
    assert dialog.fates.fate(PREMIUM.guid) is Fate.RELEASE


def test_without_a_license_nothing_happens_to_the_bill(open_users: Open) -> None:
    _opened, dialog = removing(open_users, PURCHASE, LEE.id)
    assert dialog.bill.text() == "No license is held: seats and bill stay as they are."
    assert dialog.rows is None


def test_deleting_many_says_how_far_it_is_and_can_be_cancelled(open_users: Open) -> None:
    said: list[str] = []

    def leave(*_args: Any, progress: Tell, **_named: Any) -> Done[Any]:
        progress(0, 40_000)
        dialog.show_line()
        progress(12_400, 40_000)
        QCoreApplication.processEvents()
        said.append(dialog.line.text.text())
        assert dialog.line.isVisible()
        dialog.line.cancel.click()
        progress(12_600, 40_000)
        raise AssertionError("it went on")

    _opened, dialog = removing(open_users, PURCHASE, MEGAN.id, LEE.id, answers={"leave": leave})
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
    ((_name, args, named),) = [call for call in opened.users.calls if call[0] == "leave"]
    assert (args[1:], named["reason"]) == ((7, (MEGAN.id,), ()), "left the company")
    assert opened.window.notices.texts() == ["Megan Bowen deleted. 2 seats back in the pool, still billable."]
    (undo,) = (button for button in opened.window.notices.findChildren(QPushButton) if button.text() == "Undo")
    undo.click()
    assert opened.licenses.called("undo") == [(UNDO,)]


def test_the_safe_answer_changes_nothing(open_users: Open) -> None:
    opened, dialog = removing(open_users, PURCHASE, MEGAN.id)
    dialog.keep.click()
    assert not dialog.isVisible()
    assert opened.users.called("leave") == []


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
    dialog.form.set_values({"reason": "CHG-9"})
    dialog.restore.click()
    asked = [named for called, _args, named in opened.users.calls if called == "restore"]
    assert asked == [{"user_id": 31}, {"user_id": 31, "without_missing": True, "reason": "CHG-9"}]
    assert opened.window.notices.texts()[0].startswith(f"{GONE[0].upn} is restored.")


def test_without_deleted_users_the_page_says_what_it_is_for(open_users: Open) -> None:
    opened = open_users(replace(PURCHASE, gone=()), "deleted_users")
    assert opened.page.empty.isVisible()
    assert not opened.page.restore.isVisible()


def test_an_auditor_restores_nobody(open_users: Open) -> None:
    assert not open_users(PURCHASE, "deleted_users", AUDITOR).page.restore.isVisible()


def test_everything_has_a_name(open_users: Open, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(open_users(PURCHASE, "deleted_users").window)
    opened, dialog = removing(open_users, PURCHASE, MEGAN.id)
    assert_accessible(dialog)
    choose(dialog, VISIO.guid, Fate.HAND_ON)
    assert_accessible(opened.dialog(TakersDialog))


def erasing(open_users: Open, people: People = PURCHASE) -> tuple[Opened, EraseUserDialog]:
    opened = open_users(people, at="deleted_users")
    assert isinstance(opened.page, DeletedUsersPage)
    opened.page.table.select(GONE[0].id)
    opened.page.erase.click()
    dialog = opened.dialog(EraseUserDialog)
    assert isinstance(dialog, EraseUserDialog)
    return opened, dialog


def test_erasing_wants_the_name_typed_in(open_users: Open) -> None:
    opened, dialog = erasing(open_users)
    assert not dialog.erase.isEnabled()
    dialog.form.set_values({"upn": GONE[1].upn})
    dialog.form.changed.emit()
    assert not dialog.erase.isEnabled()
    dialog.form.set_values({"upn": GONE[0].upn})
    dialog.form.changed.emit()
    dialog.erase.click()
    assert not dialog.isVisible()
    (told,) = opened.window.notices.texts()
    assert "erased.31 stands in its place" in told


def test_who_was_deleted_long_ago_can_only_be_erased(open_users: Open) -> None:
    opened = open_users(replace(PURCHASE, long_gone=(LONG_GONE,)), at="deleted_users")
    assert isinstance(opened.page, DeletedUsersPage)
    for user_id, restores in ((GONE[0].id, True), (LONG_GONE.user_id, False)):
        opened.page.table.select(user_id)
        assert (opened.page.restore.isEnabled(), opened.page.erase.isEnabled()) == (restores, True)
