"""The page of a price schedule and its dialogs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cpdesk.base.errors import UserError
from cpdesk.domain.statements import Proration
from cpdesk.ui.gallery import price_samples
from cpdesk.ui.gallery.price_samples import DEFAULT, EUROPE, FIRST, SCHOOLS, TODAY
from cpdesk.ui.gallery.samples import AUDITOR
from cpdesk.ui.gallery.scenes_prices import price_services, sample_lines, schedule_page
from cpdesk.ui.pages.prices.history_dialog import PriceHistoryDialog
from cpdesk.ui.pages.prices.price_dialog import SetPriceDialog
from cpdesk.ui.pages.prices.price_lines import ProductLine
from cpdesk.ui.pages.prices.price_list import LACKING, WAITING, PriceList
from cpdesk.ui.pages.prices.proration_dialog import ProrationDialog
from cpdesk.ui.pages.prices.remove_price import RemovePriceDialog
from cpdesk.ui.shell.window import Window
from tests.ui.pages.prices.conftest import button, cells, dialog, said

OpenPage = Callable[..., Window]
WAITS = next(line for line in sample_lines() if line.next)
PRICED = next(line for line in sample_lines() if line.now and not line.next and line.product.assignable_to == "user")
UNPRICED = next(line for line in sample_lines() if line.now is None)


@pytest.fixture
def services() -> Any:
    return price_services()


@pytest.fixture
def window(open_page: OpenPage, services: Any) -> Window:
    return open_page("price_schedule", services, schedule=DEFAULT.id)


def select(shown: PriceList, line: ProductLine) -> None:
    assert shown.table.select(line.product_id)


def set_price(window: Window, line: ProductLine) -> SetPriceDialog:
    page = schedule_page(window)
    select(page.prices, line)
    page.prices.change.click()
    return dialog(window, SetPriceDialog)


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[object], None]) -> None:
    for tab in ("prices", "costs", "proration"):
        schedule_page(window).tabs.select(tab)
        assert_accessible(window)
    schedule_page(window).tabs.select("prices")
    opened = set_price(window, PRICED)
    assert_accessible(opened)
    opened.reject()


def test_it_says_what_the_schedule_is(window: Window) -> None:
    assert "Default schedule · USD · 21 accounts · 78 of 85 products have a price" in said(window)


def test_each_product_stands_with_its_prices(window: Window) -> None:
    found = cells(schedule_page(window).prices.table, "product", "usage_price", "purchase_price", "since", "next")
    assert len(found) == 85
    assert ["Microsoft 365 Business Standard", "$15.00", "$13.13", "Nov 1, 2025", ""] in found
    assert ["Communications Credits", "no price", "no price", "", ""] in found
    waits = "Dec 1, 2026: $103.68 and $90.72"
    assert ["Dynamics 365 Business Central Essentials", "$96.00", "$84.00", "Nov 1, 2025", waits] in found


def test_it_can_be_opened_at_the_products_without_a_price(open_page: OpenPage, services: Any) -> None:
    page = schedule_page(open_page("price_schedule", services, schedule=DEFAULT.id, show="lacking"))
    shown = page.prices
    assert shown.chips[LACKING].isChecked()
    assert ["Communications Credits"] in cells(shown.table, "product")
    assert ["Microsoft 365 Business Standard"] not in cells(shown.table, "product")
    shown.chips[WAITING].click()
    page.refresh()
    assert shown.chips[WAITING].isChecked()


def test_products_are_found_by_part_number_too(window: Window) -> None:
    page = schedule_page(window)
    page.prices.table.set_filter("spb")
    assert cells(page.prices.table, "product") == [["Microsoft 365 Business Premium"]]


def test_filters_narrow_to_what_is_missing_or_waits(window: Window) -> None:
    prices = schedule_page(window).prices
    assert prices.chips[LACKING].text() == "Without a price 8"
    prices.chips[LACKING].click()
    assert prices.table.rows.rowCount() == 8
    prices.chips[WAITING].click()
    assert {row[0] != "" for row in cells(prices.table, "next")} == {True}


def test_a_tenant_product_needs_no_usage_price() -> None:
    row = PRICED.now
    assert row is not None
    without = replace(PRICED, now=replace(row, usage_price=None))
    assert without.lacks_price
    tenant = replace(without, product=replace(without.product, assignable_to="tenant"))
    assert not tenant.lacks_price


def test_costs_and_margins_have_a_tab(window: Window) -> None:
    page = schedule_page(window)
    page.tabs.select("costs")
    found = cells(page.costs.table, "product", "usage_cost", "usage_margin", "purchase_margin")
    assert ["Microsoft 365 Business Premium", "$22.96", "$3.44 (15\u00a0%)", "$3.01 (15\u00a0%)"] in found


def test_a_price_is_set_for_a_month_to_come(window: Window, services: Any) -> None:
    opened = set_price(window, PRICED)
    assert opened.day.values()["effective_on"] == FIRST
    opened.usage.set_values({"usage_price": "29.90"})
    opened.purchase.set_values({"purchase_price": ""})
    opened.save.click()
    (args,) = services.prices.called("set_price")
    assert args == (DEFAULT.id, PRICED.product_id, FIRST, Decimal("29.90"), None)
    named = next(call[2] for call in services.prices.calls if call[0] == "set_price")
    assert set(named) == {"usage_cost", "purchase_cost"}
    assert "has its price from" in window.notices.texts()[0]


def test_it_says_what_a_date_means(window: Window) -> None:
    opened = set_price(window, PRICED)
    assert opened.meaning.text().startswith("Counts from December 1, 2026 on. Until then it is $")
    opened.day.set_values({"effective_on": TODAY})
    assert opened.meaning.text().startswith("Counts from today on.")
    opened.day.set_values({"effective_on": date(2026, 11, 1)})
    assert "What past days cost does not change" in opened.meaning.text()
    opened.reject()
    opened = set_price(window, UNPRICED)
    assert opened.day.values()["effective_on"] == date(2026, 11, 1)
    assert "statements of those months change" in opened.meaning.text()


def test_a_price_that_waits_is_not_written_over(window: Window) -> None:
    opened = set_price(window, WAITS)
    assert opened.day.values()["effective_on"] == date(2027, 1, 1)
    assert "In between, from December 1, 2026 on" in opened.meaning.text()
    opened.day.set_values({"effective_on": FIRST})
    assert "Remove it first, or choose another date." in opened.meaning.text()
    opened.day.set_values({"effective_on": TODAY})
    assert "On December 1, 2026 the price follows that waits" in opened.meaning.text()


def test_what_is_no_number_is_said_at_the_field(window: Window, services: Any) -> None:
    opened = set_price(window, PRICED)
    opened.usage.set_values({"usage_price": "twelve"})
    opened.save.click()
    assert opened.usage.error("usage_price") == "Enter a number such as 12.50."
    assert services.prices.called("set_price") == []


@pytest.mark.parametrize(
    ("error", "form", "field"),
    [
        (UserError("price_negative", price="-3"), "purchase", "purchase_price"),
        (UserError("price_too_precise", price="1.234", digits=2), "usage", "usage_cost"),
        (UserError("date_in_the_past", date=date(2026, 11, 1), earliest=TODAY), "day", "effective_on"),
        (UserError("price_exists", product="X", date=FIRST), "day", "effective_on"),
    ],
)
def test_a_refusal_stands_at_its_field(open_page: OpenPage, error: UserError, form: str, field: str) -> None:
    window = open_page("price_schedule", price_services(set_price=error), schedule=DEFAULT.id)
    opened = set_price(window, PRICED)
    opened.usage.set_values({"usage_cost": "1.234"})
    opened.purchase.set_values({"purchase_price": "-3"})
    opened.save.click()
    assert opened.isVisible()
    assert getattr(opened, form).error(field)


def test_a_price_that_waits_can_be_removed(window: Window, services: Any) -> None:
    page = schedule_page(window)
    select(page.prices, WAITS)
    offered = {action.text(): action for action in page.prices.gear.actions_of_menu()}
    offered["Remove the price that waits"].trigger()
    opened = dialog(window, RemovePriceDialog)
    assert "Without it $96.00 in Usage Mode, $84.00 in Purchase Mode goes on." in said(opened)
    assert opened.focusWidget() is opened.keep
    opened.remove.click()
    assert services.prices.called("withdraw_price") == [(DEFAULT.id, WAITS.product_id, FIRST)]
    assert "is removed" in window.notices.texts()[0]


def test_the_history_of_a_product(open_page: OpenPage) -> None:
    assert WAITS.now is not None
    services = price_services(rows=price_samples.history(WAITS.now))
    window = open_page("price_schedule", services, schedule=DEFAULT.id)
    page = schedule_page(window)
    select(page.prices, WAITS)
    offered = {action.text(): action for action in page.prices.gear.actions_of_menu()}
    offered["Price history"].trigger()
    opened = dialog(window, PriceHistoryDialog)
    assert cells(opened.table, "since", "usage_price") == [
        ["Dec 1, 2026", "$103.68"],
        ["Nov 1, 2025", "$96.00"],
        ["Jan 1, 2024", "$14.40"],
    ]
    opened.table.selectRow(1)
    assert not opened.remove.isEnabled()
    opened.table.selectRow(0)
    opened.remove.click()
    removal = dialog(window, RemovePriceDialog)
    removal.remove.click()
    assert services.prices.called("withdraw_price") == [(DEFAULT.id, WAITS.product_id, FIRST)]
    assert opened.isVisible()


def test_the_proration_and_what_waits(window: Window, services: Any) -> None:
    page = schedule_page(window)
    page.tabs.select("proration")
    assert "A seat added on November 16 costs half of November." in said(page.proration)
    page.proration.change.click()
    opened = dialog(window, ProrationDialog)
    assert opened.chosen is Proration.NONE
    opened.day.set_values({"effective_on": date(2026, 12, 2)})
    assert "the months that begin on January 1, 2027 or later" in opened.meaning.text()
    opened.save.click()
    assert services.prices.called("set_proration") == [(DEFAULT.id, date(2026, 12, 2), Proration.NONE)]


def test_an_empty_schedule_says_what_to_do(open_page: OpenPage) -> None:
    page = schedule_page(open_page("price_schedule", price_services(rows=()), schedule=EUROPE.id))
    assert page.unpriced.isVisible()


def test_without_an_id_it_is_the_default_one(open_page: OpenPage) -> None:
    window = open_page("price_schedule", price_services())
    assert window.page is not None
    assert window.page.title == "Default"


def test_another_schedule_takes_the_place_of_the_first(window: Window) -> None:
    page = schedule_page(window)
    page.prices.chips[LACKING].click()
    window.navigate("price_schedule", schedule=SCHOOLS.id)
    assert page.title == SCHOOLS.name
    assert not page.prices.chips[LACKING].isChecked()
    assert page.prices.table.rows.rowCount() == 85


def test_a_schedule_that_is_gone_is_told(open_page: OpenPage) -> None:
    window = open_page("price_schedule", price_services(), schedule=99)
    assert window.page is not None
    assert button(window.page, "Try again").isVisible()


def test_an_auditor_sees_costs_and_history_and_changes_nothing(open_page: OpenPage) -> None:
    window = open_page("price_schedule", price_services(), session=AUDITOR, schedule=DEFAULT.id)
    page = schedule_page(window)
    select(page.prices, WAITS)
    assert not page.prices.change.isVisible()
    assert not page.import_prices.isVisible()
    assert [action.text() for action in page.prices.gear.actions_of_menu()] == ["Price history"]
    QTest.keyClick(page.prices.table, Qt.Key.Key_Return)
    assert not dialog(window, PriceHistoryDialog).remove.isVisible()
    page.tabs.select("proration")
    assert not page.proration.change.isVisible()


def test_tabs_are_made_when_they_are_opened(window: Window) -> None:
    made = vars(schedule_page(window))
    assert "prices" in made
    assert not {"costs", "proration"} & set(made)
