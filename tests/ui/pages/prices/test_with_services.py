"""A reseller's prices from the list of schedules to an account, on the real services and a real database."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cpdesk.domain.schedules import PriceRow, ScheduleRow
from cpdesk.domain.statements import Proration
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_prices import list_page, schedule_page
from cpdesk.ui.gallery.scenes_prices_import import page_of
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.company.schedule_dialog import ChangeScheduleDialog
from cpdesk.ui.pages.prices.price_dialog import SetPriceDialog
from cpdesk.ui.pages.prices.proration_dialog import ProrationDialog
from cpdesk.ui.pages.prices.remove_price import RemovePriceDialog
from cpdesk.ui.pages.prices.schedule_dialogs import CopyScheduleDialog
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.chips import PendingChip
from tests.support.price_files import YEARLY, prices_file
from tests.support.world import PREMIUM, World
from tests.ui.pages.conftest import Show
from tests.ui.pages.prices.conftest import button, cells, dialog, said

DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)


@pytest.fixture
def window(world: World, theme: Theme, show: Show) -> Window:
    stage = Stage(theme, clock=world.clock)
    return show(stage.window(all_pages(), "prices", services=world.services, session=world.by))


def schedule(world: World, name: str) -> ScheduleRow:
    return next(row for row in world.services.prices.schedules(world.by) if row.name == name)


def premium(world: World, name: str) -> list[PriceRow]:
    rows = world.services.prices.rows(world.by, schedule(world, name).id)
    return [row for row in rows if row.part_number == PREMIUM]


def test_from_a_copy_to_the_price_of_an_account(window: Window, world: World, tmp_path: Path) -> None:
    account = world.account()
    table = list_page(window).table
    assert cells(table, "name", "products", "proration") == [["Default", "78", "By the day"]]

    table.selectRow(0)
    list_page(window).gear.actions_of_menu()[0].trigger()
    copy = dialog(window, CopyScheduleDialog)
    copy.form.set_values({"name": "Hotels"})
    copy.go.click()
    assert cells(table, "name") == [["Default"], ["Hotels"]]

    # The prices of the partner, with 15 percent on top.
    window.navigate("import_prices", schedule=schedule(world, "Hotels").id)
    page = page_of(window)
    page.file.drop.take(prices_file(tmp_path, {}, YEARLY, {"Segment": "Charity"}))
    page.file.margin.set_values({"margin": "15"})
    page.wizard.go_next()
    assert cells(page.preview.lines, "product", "change", "usage", "purchase") == [
        ["Microsoft 365 Business Premium", "Changed", "$23.00", "$20.13"]
    ]
    assert cells(page.preview.skipped, "row", "why") == [["4", "not commercial"]]
    page.wizard.go_next()
    assert page.wizard.current == "import"
    page.wizard.go_next()
    assert [(row.effective_on, row.usage_price) for row in premium(world, "Hotels")][-1] == (DECEMBER, Decimal("23.00"))
    assert [row.usage_price for row in premium(world, "Default")] == [Decimal("26.40")]

    # One price is another one from January on, set by hand.
    prices = schedule_page(window).prices
    prices.table.select(premium(world, "Hotels")[0].product_id)
    prices.change.click()
    setting = dialog(window, SetPriceDialog)
    assert setting.day.values()["effective_on"] == JANUARY
    setting.usage.set_values({"usage_price": "24.5"})
    setting.save.click()
    assert premium(world, "Hotels")[-1].usage_price == Decimal("24.50")

    # The account pays by it from December on.
    window.navigate("edit_company", account=account)
    assert window.page is not None
    assert "It is the default schedule" in said(window.page)
    button(window.page, "Change the price schedule").click()
    change = dialog(window, ChangeScheduleDialog)
    change.form.set_values({"schedule": schedule(world, "Hotels").id})
    assert "From December 1, 2026 on the account pays by Hotels" in change.meaning.text()
    change.go.click()
    assert world.services.prices.schedule_of(world.by, account).next == ((DECEMBER, "Hotels"),)


def test_refusals_of_the_services_stand_where_they_can_be_mended(window: Window, world: World) -> None:
    world.account()
    window.navigate("price_schedule")
    prices = schedule_page(window).prices
    prices.table.select(premium(world, "Default")[0].product_id)
    prices.change.click()
    setting = dialog(window, SetPriceDialog)
    setting.usage.set_values({"usage_price": "1.234"})
    setting.save.click()
    assert setting.usage.error("usage_price")
    setting.usage.set_values({"usage_price": "-3"})
    setting.save.click()
    assert setting.usage.error("usage_price")
    setting.usage.set_values({"usage_price": "30"})
    setting.day.set_values({"effective_on": date(2026, 11, 1)})
    setting.save.click()
    assert setting.day.error("effective_on")
    setting.day.set_values({"effective_on": DECEMBER})
    setting.save.click()
    assert premium(world, "Default")[-1].effective_on == DECEMBER


def test_a_price_and_a_proration_that_wait(window: Window, world: World) -> None:
    product = premium(world, "Default")[0].product_id
    default = schedule(world, "Default").id
    world.services.prices.set_price(world.by, default, product, DECEMBER, "30.00", "25.00")
    window.navigate("price_schedule", schedule=default)
    page = schedule_page(window)
    page.prices.table.select(product)
    assert ["Microsoft 365 Business Premium", "Dec 1, 2026: $30.00 and $25.00"] in cells(
        page.prices.table, "product", "next"
    )
    page.prices.remove_asked.emit(page.prices.table.selected_rows()[0])
    dialog(window, RemovePriceDialog).remove.click()
    assert len(premium(world, "Default")) == 1

    page.tabs.select("proration")
    page.proration.change.click()
    dialog(window, ProrationDialog).save.click()
    assert schedule(world, "Default").next_proration == (DECEMBER, Proration.NONE)
    assert page.proration.findChildren(PendingChip)[0].text() == "Whole months from December 1, 2026"
