"""The Customer List as a person uses it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError
from cpdesk.domain.billing import Cost
from cpdesk.domain.rows import AccountRow
from cpdesk.services.accounts import Accounts
from cpdesk.services.bundle import Services
from cpdesk.services.defaults import Defaults
from cpdesk.services.licenses import Licenses
from cpdesk.services.preferences import Preferences
from cpdesk.ui.gallery.samples import ACCOUNTS, AUDITOR, CONTOSO, CUSTOMER, NOT_OPEN, costs_of, many_accounts
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_customers import list_services
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages.customers.account_columns import account_columns
from cpdesk.ui.pages.customers.filter_chip import FilterChip
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable
from tests.ui.pages.customers.conftest import subtitle

OpenPage = Callable[..., Window]
EVERY = (*ACCOUNTS, *NOT_OPEN)


class Accounts9(StandIn):
    """The accounts of the sketch."""

    def __init__(self) -> None:
        super().__init__(Accounts, rows=list(ACCOUNTS), show=CONTOSO)


def with_new_accounts(accounts: StandIn) -> Services:
    """What the list asks, and what Create New Account does."""
    preferences = StandIn(Preferences, defaults=Defaults("USD", "UTC", "US"))
    licenses = StandIn(Licenses, products=[])
    return list_services(accounts, ACCOUNTS, preferences=preferences, licenses=licenses)


@pytest.fixture
def accounts() -> StandIn:
    return Accounts9()


@pytest.fixture
def window(open_page: OpenPage, accounts: StandIn) -> Window:
    return open_page("customers", with_new_accounts(accounts))


def table(window: Window) -> DataTable[AccountRow]:
    found = window.findChild(DataTable)
    assert isinstance(found, DataTable)
    return found


def empty(window: Window) -> EmptyState:
    return next(one for one in window.findChildren(EmptyState) if one.isVisible())


def search(window: Window) -> SearchField:
    found = window.findChild(SearchField)
    assert isinstance(found, SearchField)
    return found


def chip(window: Window, text: str) -> FilterChip:
    return next(one for one in window.findChildren(FilterChip) if one.text() == text)


def button(window: Window, text: str) -> QPushButton | None:
    return next((one for one in window.findChildren(QPushButton) if one.text() == text and one.isVisible()), None)


def press(window: Window, text: str) -> None:
    found = button(window, text)
    assert found is not None, text
    found.click()


def shown(window: Window) -> list[str]:
    rows = table(window).rows
    return [rows.row(place).name for place in range(rows.rowCount())]


def sought(window: Window, text: str) -> None:
    search(window).setText(text)
    search(window).returnPressed.emit()


def place(window: Window) -> tuple[str, object]:
    assert window.place is not None
    return window.place.key, window.place.params.get("account")


def cells(window: Window, row: int) -> list[str]:
    rows = table(window).rows
    return [str(rows.index(row, column).data()) for column in range(rows.columnCount())]


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(window)


def test_accounts_stand_by_name_with_what_is_told_of_each(window: Window) -> None:
    assert shown(window) == [account.name for account in ACCOUNTS]
    assert cells(window, 1) == [
        "Contoso Freight",
        "contoso-freight.example",
        "Purchase Mode",
        "Dec 1, 2026",
        "74",
        "82",
        "$1,340.70",
    ]


def test_the_line_under_the_title_counts_accounts_users_and_seats(window: Window) -> None:
    assert subtitle(window) == ("9 accounts · 2,326 users · 2,588 seats · $46,268.85 +\u00a01\u00a0unpriced a month")


def test_the_chips_count_and_filter(window: Window) -> None:
    chip(window, "Purchase Mode 4").toggle()
    assert shown(window) == ["Contoso Freight", "Fabrikam Dental Group", "Lamna Healthcare", "Tailspin Toys"]
    chip(window, "Pending 3").toggle()
    assert shown(window) == ["Contoso Freight", "Lamna Healthcare", "Tailspin Toys"]
    chip(window, "Purchase Mode 4").toggle()
    chip(window, "Pending 3").toggle()
    assert len(shown(window)) == 9


def test_what_is_shown_of_all_is_summed_up(window: Window) -> None:
    chip(window, "Purchase Mode 4").toggle()
    sums = "4 of 9 accounts · 970 users · 1,037 seats · $16,954.95 +\u00a01\u00a0unpriced a month"
    assert sums in [label.text() for label in window.findChildren(QLabel)]


def test_each_currency_has_its_sub_total(open_page: OpenPage) -> None:
    rows = [replace(ACCOUNTS[0], currency="EUR"), ACCOUNTS[2], replace(ACCOUNTS[3], currency="EUR")]
    costs = {
        rows[0].id: Cost(Decimal("100.10"), "EUR"),
        rows[1].id: Cost(Decimal("7.00"), "USD", 2),
        rows[2].id: Cost(Decimal("20.00"), "EUR"),
    }
    bundle = list_services(StandIn(Accounts, rows=rows), ())
    cast("StandIn", bundle.statements).answers["costs"] = costs
    window = open_page("customers", bundle)
    assert subtitle(window).endswith(" · €120.10 and $7.00 +\u00a02\u00a0unpriced a month")
    table(window).sort_by("monthly", descending=True)
    assert [cells(window, row)[-1] for row in range(3)] == ["$7.00 +\u00a02\u00a0unpriced", "€100.10", "€20.00"]


def test_the_sub_totals_of_many_currencies_stand_under_the_list(open_page: OpenPage) -> None:
    codes = ("USD", "EUR", "CHF", "KES")
    rows = [replace(account, currency=code) for account, code in zip(ACCOUNTS, codes, strict=False)]
    costs = {row.id: Cost(Decimal(row.currency != "KES"), row.currency, int(row.currency == "KES")) for row in rows}
    bundle = list_services(StandIn(Accounts, rows=rows), ())
    cast("StandIn", bundle.statements).answers["costs"] = costs
    window = open_page("customers", bundle)
    assert subtitle(window) == "4 accounts · 335 users · 374 seats"
    sums = "CHF 1.00, €1.00, and $1.00 a month · no price in KES"
    (label,) = (one for one in window.findChildren(QLabel) if one.text().replace("\u00a0", " ") == sums)
    assert label.isVisible()
    QTest.keyClicks(search(window), rows[0].name)
    assert not label.isVisible()
    assert subtitle(window).endswith("34 seats · $1.00 a month")


def test_what_has_no_price_at_all_is_not_worth_nothing() -> None:
    unknown = account_columns(lambda _row: Cost(Decimal(), "USD", 3))[-1]
    assert (unknown.show(CONTOSO), unknown.exported(CONTOSO)) == ("no price", None)
    empty = account_columns(lambda _row: Cost(Decimal(), "USD"))[-1]
    assert (empty.show(CONTOSO), empty.exported(CONTOSO)) == ("$0.00", Decimal())


def test_the_costs_of_many_accounts_come_after_them(open_page: OpenPage) -> None:
    many = many_accounts(1_001)
    bundle = list_services(StandIn(Accounts, rows=many), many)
    cast("StandIn", bundle.statements).answers["costs"] = KnownError("database_locked", path="/somewhere/cpdesk.db")
    window = open_page("customers", bundle)
    assert table(window).rows.rowCount() == 1_001
    assert cells(window, 0)[-1] == ""
    cast("StandIn", bundle.statements).answers["costs"] = costs_of(many)
    assert window.page
    window.page.refresh()
    assert cells(window, 0)[-1].startswith("$")


def test_enter_in_the_search_opens_the_only_account_found(window: Window) -> None:
    QTest.keyClicks(search(window), "contoso")
    QTest.keyClick(search(window), Qt.Key.Key_Return)
    assert place(window) == ("my_services", CONTOSO.id)


def test_down_leads_from_the_search_into_the_list_and_enter_opens(window: Window) -> None:
    assert search(window).hasFocus()
    QTest.keyClick(search(window), Qt.Key.Key_Down)
    assert table(window).hasFocus()
    QTest.keyClick(table(window), Qt.Key.Key_Down)
    QTest.keyClick(table(window), Qt.Key.Key_Return)
    assert place(window) == ("my_services", CONTOSO.id)


def test_typing_and_going_down_at_once_never_opens_another_account(window: Window) -> None:
    QTest.keyClicks(search(window), "contoso")
    QTest.keyClick(search(window), Qt.Key.Key_Down)
    QTest.keyClick(table(window), Qt.Key.Key_Return)
    assert place(window) == ("my_services", CONTOSO.id)


def test_a_search_that_finds_nothing_can_be_cleared(window: Window) -> None:
    sought(window, "tailwind")
    assert shown(window) == []
    assert empty(window).title == "No account found"
    press(window, "Clear search")
    assert len(shown(window)) == 9
    assert search(window).text() == ""


def test_clearing_takes_the_filters_away_too(window: Window) -> None:
    chip(window, "Usage Mode 5").toggle()
    chip(window, "Pending 3").toggle()
    press(window, "Clear search")
    assert len(shown(window)) == 9
    assert not chip(window, "Usage Mode 5").isChecked()


def test_without_accounts_the_way_to_the_first_one_is_offered(open_page: OpenPage) -> None:
    window = open_page("customers", with_new_accounts(StandIn(Accounts, rows=[])))
    assert empty(window).title == "No accounts yet"
    assert not search(window).isVisible()
    assert empty(window).button.hasFocus()
    empty(window).button.click()
    assert place(window)[0] == "create_account"


def test_an_auditor_is_offered_no_new_account(open_page: OpenPage, accounts: StandIn) -> None:
    window = open_page("customers", list_services(accounts, ACCOUNTS), session=AUDITOR)
    assert button(window, "Create New Account") is None
    assert button(window, "Create Many Accounts") is None
    assert not window.navigate("create_account")


def test_a_customer_administrator_never_gets_here(open_page: OpenPage, accounts: StandIn) -> None:
    window = open_page("my_services", services(accounts=accounts), session=CUSTOMER, account=CONTOSO.id)
    assert not window.navigate("customers")
    assert place(window) == ("my_services", CONTOSO.id)


def test_changes_elsewhere_keep_search_and_row(window: Window, accounts: StandIn, stage: Stage) -> None:
    sought(window, "example")
    table(window).select(CONTOSO.id)
    accounts.answers["rows"] = [replace(CONTOSO, users=75), *ACCOUNTS[2:]]
    stage.jobs.changed.emit(frozenset({"accounts"}), None)
    assert cells(window, 0)[4] == "75"
    current = table(window).current_row()
    assert current is not None
    assert current.id == CONTOSO.id


def test_a_database_in_use_leaves_a_way_to_try_again(open_page: OpenPage) -> None:
    accounts = StandIn(Accounts, rows=KnownError("database_locked", path="/somewhere/cpdesk.db"))
    window = open_page("customers", list_services(accounts, ACCOUNTS))
    accounts.answers["rows"] = list(ACCOUNTS)
    press(window, "Try again")
    assert len(shown(window)) == 9


def test_ten_thousand_accounts_are_listed_and_searched(open_page: OpenPage, qtbot: QtBot) -> None:
    many = many_accounts(10_000)
    window = open_page("customers", list_services(StandIn(Accounts, rows=many), many))
    assert subtitle(window).startswith("10,000 accounts")
    QTest.keyClicks(search(window), "customer-09999.example")
    qtbot.waitUntil(lambda: shown(window) == ["Customer 09999"])


def test_each_letter_narrows_the_list_at_once(window: Window) -> None:
    QTest.keyClicks(search(window), "ta")
    assert shown(window) == ["Fabrikam Dental Group", "Tailspin Toys"]
    QTest.keyClicks(search(window), "il")
    assert shown(window) == ["Tailspin Toys"]
    for _letter in "tail":
        QTest.keyClick(search(window), Qt.Key.Key_Backspace)
    assert len(shown(window)) == 9


def test_an_account_is_found_by_an_alias_domain(open_page: OpenPage) -> None:
    window = open_page("customers", list_services(StandIn(Accounts, rows=[*EVERY]), EVERY))
    QTest.keyClicks(search(window), "litware-labs")
    assert shown(window) == ["Litware"]


def test_closed_accounts_are_listed_only_when_asked_for(open_page: OpenPage) -> None:
    window = open_page("customers", list_services(StandIn(Accounts, rows=[*EVERY]), EVERY))
    assert "Litware" in shown(window)
    assert "Wingtip Toys" not in shown(window)
    assert subtitle(window).startswith("10 accounts")
    chip(window, "Closed 2").toggle()
    assert shown(window) == ["Wide World Importers", "Wingtip Toys"]
    chip(window, "Suspended 1").toggle()
    assert shown(window) == ["Litware", "Wide World Importers", "Wingtip Toys"]


def test_a_closed_account_that_is_sought_is_offered(open_page: OpenPage) -> None:
    window = open_page("customers", list_services(StandIn(Accounts, rows=[*EVERY]), EVERY))
    QTest.keyClicks(search(window), "wingtip")
    assert subtitle(window) == "0 of 10 accounts · 0 users · 0 seats"
    press(window, "Show closed accounts")
    assert shown(window) == ["Wingtip Toys"]


def test_without_suspended_and_closed_accounts_there_is_nothing_to_filter_by(window: Window) -> None:
    assert [one.text() for one in window.findChildren(FilterChip) if one.isVisible()] == [
        "Usage Mode 5",
        "Purchase Mode 4",
        "Pending 3",
    ]


def test_a_status_is_read_aloud_with_the_name(open_page: OpenPage) -> None:
    window = open_page("customers", list_services(StandIn(Accounts, rows=list(NOT_OPEN)), EVERY))
    first = table(window).rows.index(0, 0)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Litware, Suspended"


def test_many_accounts_can_be_created_from_here(window: Window) -> None:
    press(window, "Create Many Accounts")
    assert place(window)[0] == "import_accounts"
