"""The catalogue as a reseller administrator and an auditor meet it."""

from collections.abc import Callable
from typing import Any

import pytest

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.catalog import Scope
from cpdesk.ui.gallery import product_samples
from cpdesk.ui.gallery.samples import AUDITOR
from cpdesk.ui.gallery.scenes_products import list_page, product_services
from cpdesk.ui.pages.products.details_dialog import ProductDetailsDialog
from cpdesk.ui.pages.products.scope_dialog import ChangeScopeDialog
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.inputs import ComboBox
from tests.ui.pages.conftest import Navigations
from tests.ui.pages.prices.conftest import button, cells, dialog, said

OpenPage = Callable[..., Window]
TEAMS = "Microsoft_Teams_EEA_New"


def services(part_number: str = TEAMS, scope_fixed_by: int = 0, **answers: Any) -> Any:
    details = product_samples.details(part_number, scope_fixed_by)
    return product_services(product_samples.rows(), details=details, **answers)


@pytest.fixture
def window(open_page: OpenPage) -> Window:
    return open_page("products", services())


def details(window: Window, part_number: str = TEAMS) -> ProductDetailsDialog:
    page = list_page(window)
    page.table.select(product_samples.row(part_number).id)
    page.details.click()
    return dialog(window, ProductDetailsDialog)


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[object], None]) -> None:
    assert_accessible(window)
    opened = details(window)
    assert_accessible(opened)
    opened.change_scope.click()
    assert_accessible(dialog(window, ChangeScopeDialog))


def test_a_product_is_found_by_name_part_number_and_guid(window: Window) -> None:
    page = list_page(window)
    assert page.table.rows.rowCount() == 610
    for text in ("business premium donation", "Microsoft_365_Business_Premium_Donation", "24c35284-d768"):
        page.table.set_filter(text)
        (found,) = cells(page.table, "product", "scope", "plans", "accounts", "usage")
        assert found == ["Microsoft 365 Business Premium Donation", "Users", "57", "0", "no price"], text


def test_chips_narrow_to_what_is_sold_and_to_what_has_no_price(window: Window) -> None:
    page = list_page(window)
    page.chips["sold"].click()
    assert sum(int(accounts) for (accounts,) in cells(page.table, "accounts")) == 44
    page.chips["unpriced"].click()
    assert {usage for (usage,) in cells(page.table, "usage")} == {"no price"}


def test_details_tell_plans_and_overlaps(open_page: OpenPage) -> None:
    opened = details(open_page("products", services("SPE_E3", scope_fixed_by=4)), "SPE_E3")
    text = said(opened)
    assert "Contained in: Microsoft 365 E5" in text
    assert "50 service plans" in text
    assert "The scope stays: 4 accounts have seats of it" in text
    assert opened.plans.rows.rowCount() == 50
    assert not opened.change_scope.isEnabled()


def test_a_product_whose_plans_are_unknown_says_what_to_do(open_page: OpenPage) -> None:
    bundle = product_services(product_samples.rows(imported=False), details=KnownError("database_locked", path="x"))
    window = open_page("products", bundle)
    list_page(window).table.selectRow(0)
    list_page(window).details.click()
    opened = dialog(window, ProductDetailsDialog)
    assert "database" in opened.refusal.text
    assert not opened.plans.isVisible()


def test_the_scope_is_changed_with_a_reason(window: Window) -> None:
    opened = details(window)
    opened.change_scope.click()
    change = dialog(window, ChangeScopeDialog)
    combo = change.form.editor("scope")
    assert isinstance(combo, ComboBox)
    change.form.set_values({"scope": Scope.TENANT})
    change.why.set_values({"reason": "T-1"})
    change.save.click()
    products: Any = window.page.context.services.products if window.page else None
    ((_name, args, named),) = [call for call in products.calls if call[0] == "set_scope"]
    assert args[1:] == (product_samples.row(TEAMS).id, Scope.TENANT)
    assert named == {"reason": "T-1"}


def test_a_refused_scope_is_told_at_its_field(open_page: OpenPage) -> None:
    window = open_page("products", services(set_scope=UserError("scope_unchanged", product="Microsoft Teams EEA")))
    details(window).change_scope.click()
    change = dialog(window, ChangeScopeDialog)
    change.save.click()
    assert change.form.error("scope") == "Microsoft Teams EEA belongs to that already."


def test_the_import_is_one_click_away(window: Window, navigations: Navigations) -> None:
    gone = navigations(window.page)
    button(list_page(window), "Import Products").click()
    assert gone == [("import_products", {})]


def test_an_auditor_reads(open_page: OpenPage) -> None:
    window = open_page("products", services(), AUDITOR)
    assert not list_page(window).import_button.isVisible()
    assert not details(window).change_scope.isVisible()
