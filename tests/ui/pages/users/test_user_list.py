"""The User List."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError
from cpdesk.domain.accounts import Status
from cpdesk.domain.people import UserFilter, UserQuery, UserSort
from cpdesk.ui.gallery.samples import AUDITOR
from cpdesk.ui.gallery.user_samples import LEE, MEGAN, MORGAN, PEOPLE, ROOMS, People, many_people, person
from cpdesk.ui.pages.users.remove_users import RemoveUsersDialog
from cpdesk.ui.parts.license_assignment import LicenseAssignmentDialog
from cpdesk.ui.parts.licenses_from_file import LicensesFromFileDialog
from cpdesk.ui.parts.user_narrowing import UserNarrowing
from tests.ui.pages.users.conftest import Open, Opened

ALL = People()
NOBODY = replace(ALL, users=())


def names(opened: Opened) -> list[str]:
    rows = opened.page.users.table.rows
    return [rows.row_at(place).display_name for place in range(rows.rowCount())]


FROM_FILE = "Change licenses from a file"
"""Is offered whoever is selected."""


def gear(opened: Opened) -> dict[str, Any]:
    return {action.text(): action for action in opened.page.users.gear.actions_of_menu()}


def test_users_are_listed_with_what_they_have(open_users: Open) -> None:
    opened = open_users(ALL)
    table = opened.page.users.table
    assert names(opened) == [user.display_name for user in PEOPLE]
    assert opened.page.header.title == "User List"
    place = table.rows.find(MEGAN.id)
    assert table.rows.index(place, 2).data(Qt.ItemDataRole.ToolTipRole) == (
        "Microsoft 365 Business Premium\nVisio Plan 2"
    )
    assert table.rows.index(place, 2).data(Qt.ItemDataRole.AccessibleTextRole) == "Microsoft 365 Business Premium, +1"
    assert table.rows.index(table.rows.find(MORGAN.id), 3).data() == "Sign-in blocked"
    assert table.rows.index(table.rows.find(10), 3).data() == "Guest"


def test_chips_count_and_filter(open_users: Open) -> None:
    opened = open_users(ALL)
    chips = opened.page.users.narrowing.chips
    assert [chip.text() for chip in chips.values()] == [
        "All 10",
        "Licensed 8",
        "Unlicensed 2",
        "Blocked but licensed 1",
        "Overlapping 0",
        "Guests 1",
        "Rooms 0",
    ]
    chips[UserFilter.BLOCKED_LICENSED].click()
    assert names(opened) == ["Morgan Ellis"]
    chips[UserFilter.ALL].click()
    assert len(names(opened)) == 10


def test_chips_add_up_and_are_remembered(open_users: Open) -> None:
    opened = open_users(ALL)
    users = opened.page.users
    chips = users.narrowing.chips
    chips[UserFilter.LICENSED].click()
    chips[UserFilter.BLOCKED_LICENSED].click()
    assert names(opened) == ["Morgan Ellis"]
    assert users.selected.text() == "1 of 10 users"
    chips[UserFilter.UNLICENSED].click()
    assert users.narrowing.query().show == {UserFilter.UNLICENSED}, "nobody is licensed and unlicensed"
    assert names(opened) == ["Lee Gu", "Rosa Vance"]
    again = UserNarrowing(opened.page.context.settings, "users")
    assert again.query().show == {UserFilter.UNLICENSED}
    assert not again.chips[UserFilter.ALL].isChecked()
    chips[UserFilter.UNLICENSED].click()
    assert chips[UserFilter.ALL].isChecked()
    assert len(names(opened)) == 10
    assert UserNarrowing(opened.page.context.settings, "users").query() == UserQuery()


def test_remembered_filters_do_not_hide_that_there_is_nobody(open_users: Open) -> None:
    opened = open_users(NOBODY)
    opened.page.users.narrowing.chips[UserFilter.GUESTS].click()
    opened.page.refresh()
    assert opened.page.users.empty.title == "No users yet"


def test_rooms_are_found(open_users: Open) -> None:
    room = person(50, "Meeting Room Oslo", ROOMS.part_number)
    opened = open_users(replace(ALL, users=(*PEOPLE, room)))
    opened.page.users.narrowing.chips[UserFilter.ROOMS].click()
    assert names(opened) == ["Meeting Room Oslo"]


def test_typing_searches_and_down_leads_to_what_was_found(open_users: Open) -> None:
    opened = open_users(ALL)
    search = opened.page.users.narrowing.search
    assert search.hasFocus()
    QTest.keyClicks(search, "lee")
    QTest.keyClick(search, Qt.Key.Key_Down)
    assert opened.users.called("find_ids")[-1] == (7, UserQuery("lee"))
    assert names(opened) == ["Lee Gu"]
    assert opened.page.users.table.hasFocus()
    QTest.keyClick(opened.page.users.table, Qt.Key.Key_Return)
    assert opened.place() == ("user", {"account": 7, "user": LEE.id, "tab": "details"})


def test_a_click_on_a_header_has_the_service_sort(open_users: Open) -> None:
    opened = open_users(ALL)
    opened.page.users.table.sort_by("licenses", descending=True)
    assert opened.users.called("find_ids")[-1] == (7, UserQuery(sort=UserSort.LICENSES, descending=True))
    assert names(opened)[0] == "Grady Archie"


def test_what_is_selected_survives_news(open_users: Open) -> None:
    opened = open_users(ALL)
    opened.page.users.table.select_all_of((MEGAN.id, LEE.id))
    opened.users.answers["find_ids"] = (LEE.id, MORGAN.id, MEGAN.id)
    opened.page.refresh()
    assert opened.page.users.table.selected_ids() == (LEE.id, MEGAN.id)
    assert opened.page.users.selected.text() == "2 of 3 users selected"


def test_the_gear_offers_what_fits_the_selection(open_users: Open) -> None:
    opened = open_users(ALL)
    assert list(gear(opened)) == [FROM_FILE]
    opened.page.users.table.select(MEGAN.id)
    assert list(gear(opened)) == ["Edit User Details", "License Assignment", "Delete User", FROM_FILE]
    gear(opened)["Edit User Details"].trigger()
    assert opened.place() == ("user", {"account": 7, "user": MEGAN.id, "tab": "details"})


def test_a_file_can_be_given_to_change_licenses(open_users: Open) -> None:
    opened = open_users(ALL)
    gear(opened)[FROM_FILE].trigger()
    assert not opened.dialog(LicensesFromFileDialog).drop.isHidden()


def test_who_may_change_nothing_has_no_gear(open_users: Open) -> None:
    assert not open_users(ALL, session=AUDITOR).page.users.gear.isEnabled()


def test_several_are_assigned_licenses_at_once(open_users: Open) -> None:
    opened = open_users(ALL)
    opened.page.users.table.selectAll()
    assert list(gear(opened)) == ["License Assignment", "Delete Users", FROM_FILE]
    gear(opened)["License Assignment"].trigger()
    assert opened.dialog(LicenseAssignmentDialog).people.text().startswith("10 users: ")


def test_several_are_deleted_at_once(open_users: Open) -> None:
    opened = open_users(ALL)
    opened.page.users.table.select_all_of((MEGAN.id, MORGAN.id))
    gear(opened)["Delete Users"].trigger()
    assert opened.dialog(RemoveUsersDialog).title.text() == "Delete 2 users"


def test_more_users_can_be_imported_at_any_time(open_users: Open) -> None:
    opened = open_users(ALL)
    opened.page.import_users.click()
    assert opened.place() == ("transition", {"account": 7})
    assert not open_users(NOBODY).page.import_users.isVisible()


def test_an_auditor_changes_nothing(open_users: Open) -> None:
    opened = open_users(ALL, session=AUDITOR)
    assert not opened.page.new_user.isVisible()
    assert not opened.page.import_users.isVisible()
    opened.page.users.table.select(MEGAN.id)
    assert list(gear(opened)) == ["Show User Details"]


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (Status.SUSPENDED, ["Edit User Details", "License Assignment", "Delete User", FROM_FILE]),
        (Status.CLOSED, ["Show User Details"]),
    ],
)
def test_an_account_that_is_not_open_gets_no_more_users(open_users: Open, status: Status, offered: list[str]) -> None:
    opened = open_users(replace(ALL, status=status))
    assert not opened.page.new_user.isVisible()
    opened.page.users.table.select(MEGAN.id)
    assert list(gear(opened)) == offered


@pytest.mark.parametrize(
    ("people", "session", "title", "button"),
    [
        (NOBODY, None, "No users yet", "Import Users"),
        (NOBODY, AUDITOR, "No users yet", ""),
        (replace(NOBODY, active=False), None, "Microsoft 365 is not active for this account.", "Open The Catalog"),
    ],
)
def test_an_empty_list_says_what_to_do(open_users: Open, people: People, session: Any, title: str, button: str) -> None:
    users = open_users(people, **({"session": session} if session else {})).page.users
    assert users.empty.isVisible()
    assert not users.table.isVisible()
    assert not users.narrowing.isVisible()
    assert (users.empty.title, users.empty.button.text()) == (title, button)


def test_a_search_in_vain_is_cleared(open_users: Open) -> None:
    opened = open_users(ALL)
    users = opened.page.users
    users.narrowing.chips[UserFilter.GUESTS].click()
    users.narrowing.search.setText("zzz")
    QTest.keyClick(users.narrowing.search, Qt.Key.Key_Return)
    assert users.empty.title == "No user found"
    users.empty.button.click()
    assert len(names(opened)) == 10
    assert users.narrowing.query() == UserQuery()


def test_of_thousands_only_what_is_seen_is_asked_for(open_users: Open) -> None:
    opened = open_users(replace(ALL, users=many_people(5000)))
    opened.page.users.table.selectAll()
    assert opened.page.users.selected.text() == "5,000 of 5,000 users selected"
    assert sum(len(ids) for _account, ids in opened.users.called("some")) < 500


def test_trouble_with_rows_is_told(open_users: Open, qtbot: QtBot) -> None:
    opened = open_users(replace(ALL, users=many_people(5000)))
    opened.users.answers["some"] = KnownError("database_locked", path="cpdesk.sqlite3")
    opened.page.users.table.scrollToBottom()
    qtbot.waitUntil(lambda: bool(opened.window.notices.texts()))
    assert "Another program is writing" in opened.window.notices.texts()[0]


def test_everything_has_a_name(open_users: Open, assert_accessible: Callable[[QWidget], None]) -> None:
    opened = open_users(ALL)
    opened.page.users.table.select(MEGAN.id)
    assert_accessible(opened.window)


def test_a_list_that_cannot_be_read_says_why(open_users: Open) -> None:
    trouble = KnownError("database_locked", path="cpdesk.sqlite3")
    opened = open_users(ALL, answers={"find_ids": trouble})
    assert not opened.page.users.isVisible()
    assert opened.users.called("counts") == []
