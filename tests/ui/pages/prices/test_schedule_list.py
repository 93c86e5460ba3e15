"""The price schedules as a reseller administrator and an auditor meet them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.operators import Role
from cpdesk.ui.gallery.price_samples import DEFAULT, EUROPE, SCHOOLS, many_schedules
from cpdesk.ui.gallery.samples import AUDITOR
from cpdesk.ui.gallery.scenes_prices import list_page, price_services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.prices.schedule_dialogs import (
    CopyScheduleDialog,
    CreateScheduleDialog,
    MakeDefaultDialog,
    RenameScheduleDialog,
)
from cpdesk.ui.pages.prices.schedule_list import ScheduleListPage
from cpdesk.ui.shell.window import Window
from tests.ui.pages.conftest import Navigations
from tests.ui.pages.prices.conftest import button, cells, dialog, said

OpenPage = Callable[..., Window]
_DIALOGS = {"Copy": CopyScheduleDialog, "Rename": RenameScheduleDialog, "Make default": MakeDefaultDialog}


@pytest.fixture
def services() -> Any:
    return price_services()


@pytest.fixture
def window(open_page: OpenPage, services: Any) -> Window:
    return open_page("prices", services)


def choose(window: Window, text: str, schedule: int) -> None:
    """What the gear offers for a schedule."""
    page = list_page(window)
    page.table.select(schedule)
    next(action for action in page.gear.actions_of_menu() if action.text() == text).trigger()


def offered(page: ScheduleListPage, schedule: int) -> list[str]:
    page.table.select(schedule)
    return [action.text() for action in page.gear.actions_of_menu()]


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[object], None]) -> None:
    assert_accessible(window)
    for text, kind in (
        ("Copy", CopyScheduleDialog),
        ("Rename", RenameScheduleDialog),
        ("Make default", MakeDefaultDialog),
    ):
        choose(window, text, SCHOOLS.id)
        opened = dialog(window, kind)
        assert_accessible(opened)
        opened.reject()
    button(list_page(window), "Create price schedule").click()
    assert_accessible(dialog(window, CreateScheduleDialog))


def test_schedules_stand_by_name_with_what_waits(window: Window) -> None:
    assert cells(list_page(window).table, "name", "currency", "accounts", "products", "proration", "waits") == [
        ["Default", "USD", "21", "78", "By the day", ""],
        ["Europe 2027", "EUR", "0", "0", "By the day", "Default from Jan 1, 2027"],
        ["Non-profits and schools", "USD", "3", "42", "Whole months", "By the day from Dec 1, 2026"],
    ]


def test_enter_opens_a_schedule(window: Window, navigations: Navigations) -> None:
    gone = navigations(window.page)
    table = list_page(window).table
    table.select(SCHOOLS.id)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert gone == [("price_schedule", {"schedule": SCHOOLS.id})]


def test_what_needs_a_schedule_says_so(window: Window) -> None:
    page = list_page(window)
    for one in (page.open_button, page.gear):
        assert not one.isEnabled()
        assert one.accessibleDescription() == "Select a price schedule first."


def test_a_new_one_is_opened(window: Window, services: Any, navigations: Navigations) -> None:
    gone = navigations(window.page)
    button(list_page(window), "Create price schedule").click()
    opened = dialog(window, CreateScheduleDialog)
    assert opened.form.values()["currency"] == "USD"
    opened.form.set_values({"name": "Europe", "currency": "EUR"})
    opened.go.click()
    assert services.prices.called("create") == [("Europe", "EUR")]
    assert gone == [("price_schedule", {"schedule": SCHOOLS.id})]


def test_a_name_that_is_taken_is_said_at_the_name(open_page: OpenPage) -> None:
    window = open_page("prices", price_services(create=UserError("schedule_name_taken", name="Default")))
    button(list_page(window), "Create price schedule").click()
    opened = dialog(window, CreateScheduleDialog)
    opened.form.set_values({"name": "default"})
    opened.go.click()
    assert opened.isVisible()
    assert "Default" in opened.form.error("name")


def test_a_copy_has_the_currency_of_what_is_copied(window: Window, services: Any) -> None:
    choose(window, "Copy", SCHOOLS.id)
    opened = dialog(window, CopyScheduleDialog)
    opened.form.set_values({"name": "Hotels"})
    opened.go.click()
    (_args, named) = next(call[1:] for call in services.prices.calls if call[0] == "create")
    assert _args[1:] == ("Hotels", "USD")
    assert named == {"copy_of": SCHOOLS.id}


def test_renaming_starts_with_the_present_name(window: Window, services: Any) -> None:
    choose(window, "Rename", SCHOOLS.id)
    opened = dialog(window, RenameScheduleDialog)
    assert opened.form.values()["name"] == SCHOOLS.name
    opened.form.set_values({"name": "Schools"})
    opened.form.submitted.emit()
    assert services.prices.called("rename") == [(SCHOOLS.id, "Schools")]


def test_the_default_changes_on_a_first_and_says_what_that_means(window: Window, services: Any) -> None:
    choose(window, "Make default", SCHOOLS.id)
    opened = dialog(window, MakeDefaultDialog)
    text = "pay by Non-profits and schools from December 1, 2026 on, and by Default until then"
    assert text in opened.meaning.text()
    opened.form.set_values({"effective_on": date(2027, 1, 1)})
    assert "January 1, 2027" in opened.meaning.text()
    opened.go.click()
    assert services.prices.called("set_default") == [(SCHOOLS.id, date(2027, 1, 1))]


def test_a_date_that_is_past_is_said_at_the_date(open_page: OpenPage) -> None:
    refusal = UserError("date_in_the_past", date=date(2026, 11, 1), earliest=date(2026, 11, 23))
    window = open_page("prices", price_services(set_default=refusal))
    choose(window, "Make default", SCHOOLS.id)
    opened = dialog(window, MakeDefaultDialog)
    opened.go.click()
    assert opened.form.error("effective_on")


def test_the_default_one_can_be_made_default_only_to_keep_it(open_page: OpenPage) -> None:
    page = list_page(open_page("prices", price_services((DEFAULT, SCHOOLS))))
    assert offered(page, DEFAULT.id) == ["Copy", "Rename"]
    assert offered(page, SCHOOLS.id) == ["Copy", "Rename", "Make default"]
    page = list_page(open_page("prices", price_services((DEFAULT, EUROPE))))
    assert "Make default" in offered(page, DEFAULT.id)


def test_an_auditor_opens_and_changes_nothing(open_page: OpenPage) -> None:
    page = list_page(open_page("prices", price_services(), session=AUDITOR))
    assert offered(page, SCHOOLS.id) == []
    assert page.open_button.isVisible()
    assert not page.gear.isVisible()
    assert not page.new.isVisible()
    assert "auditor" in said(page)


@pytest.mark.parametrize("key", ["prices", "price_schedule", "import_prices"])
def test_a_customer_administrator_has_no_such_page(key: str) -> None:
    spec = all_pages().get(key)
    assert spec is not None
    assert not spec.admits(Role.CUSTOMER)
    assert spec.admits(Role.AUDITOR) is (key != "import_prices")


def test_trouble_is_told_with_a_way_to_try_again(open_page: OpenPage) -> None:
    window = open_page("prices", price_services(KnownError("database_locked", path="/tmp/x")))
    assert window.page is not None
    assert button(window.page, "Try again").isVisible()


def test_thousands_of_schedules_are_searched(open_page: OpenPage) -> None:
    page = list_page(open_page("prices", price_services(many_schedules(2000))))
    page.table.set_filter("agreement 1999")
    assert [name for (name,) in cells(page.table, "name")] == ["Agreement 1999"]
