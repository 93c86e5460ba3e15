"""The Users tab: who has what."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cpdesk.domain.operators import Session
from cpdesk.domain.people import UserQuery
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.service_samples import PREMIUM
from cpdesk.ui.gallery.user_samples import ALEX, MEGAN, People
from cpdesk.ui.pages.services.page import ServicesPage
from cpdesk.ui.parts.license_assignment import LicenseAssignmentDialog
from cpdesk.ui.shell.window import Window

Open = Callable[..., Any]


class Opened:
    """The tab, and what its account's services were asked."""

    def __init__(self, window: Window, bundle: Any) -> None:
        assert isinstance(window.page, ServicesPage)
        self.window = window
        self.page = window.page
        self.tab = window.page.users
        self.users = bundle.users


@pytest.fixture
def open_tab(open_page: Callable[..., Window]) -> Open:
    def open_tab(tab: str = "users", session: Session = RESELLER) -> Opened:
        bundle = People().services()
        return Opened(open_page("services", bundle, session=session, account=7, tab=tab), bundle)

    return open_tab


def test_users_are_read_when_their_tab_is_opened(open_tab: Open) -> None:
    opened = open_tab("tools")
    assert opened.users.calls == []
    opened.page.tabs.select("users")
    assert opened.tab.users.table.rows.total == 10
    assert opened.tab.isVisible()


def test_holders_of_one_product_are_asked_for(open_tab: Open) -> None:
    opened = open_tab()
    opened.tab.users.narrowing.products.set_value(PREMIUM.part_number)
    assert opened.users.called("find_ids")[-1] == (7, UserQuery(product=PREMIUM.part_number))
    assert opened.tab.users.table.rows.total == 5
    opened.page.refresh()
    assert opened.tab.users.narrowing.products.value() == PREMIUM.part_number


def test_licenses_are_assigned_to_those_who_are_selected(open_tab: Open) -> None:
    opened = open_tab()
    assert not opened.tab.assign.isEnabled()
    assert opened.tab.assign.accessibleDescription() == "Select users first."
    opened.tab.users.table.select_all_of((MEGAN.id, ALEX.id))
    opened.tab.assign.click()
    (dialog,) = (found for found in opened.window.findChildren(LicenseAssignmentDialog) if found.isVisible())
    assert dialog.people.text() == "2 users: Alex Wilber and Megan Bowen"


def test_a_user_is_opened_at_the_services(open_tab: Open) -> None:
    opened = open_tab()
    opened.tab.users.table.select(MEGAN.id)
    QTest.keyClick(opened.tab.users.table, Qt.Key.Key_Return)
    assert opened.window.place is not None
    assert dict(opened.window.place.params) == {"account": 7, "user": MEGAN.id, "tab": "services"}


def test_an_auditor_only_reads(open_tab: Open) -> None:
    opened = open_tab(session=AUDITOR)
    opened.tab.users.table.select(MEGAN.id)
    assert not opened.tab.assign.isVisible()
    assert [action.text() for action in opened.tab.users.gear.actions_of_menu()] == ["Services of the user"]


def test_everything_has_a_name(open_tab: Open, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(open_tab().window)


def test_a_product_that_nobody_holds_any_more_stays_asked_for(open_tab: Open) -> None:
    opened = open_tab()
    products = opened.tab.users.narrowing.products
    products.set_value(PREMIUM.part_number)
    opened.page.context.services.licenses.answers["rows"] = []
    opened.page.refresh()
    assert products.value() == PREMIUM.part_number
    assert [products.itemText(place) for place in range(products.count())] == [
        "All products",
        f"{PREMIUM.name} ({PREMIUM.part_number})",
    ]
