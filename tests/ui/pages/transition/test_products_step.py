"""Which license each product name stands for."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain import topics
from cpdesk.domain.catalog import Product, Scope
from cpdesk.domain.rows import Done
from cpdesk.domain.user_import.choices import SKIP
from cpdesk.services.products import Products
from cpdesk.ui.gallery.import_samples import CATALOGUE, E3, VISIO, VISIO_TWIN, SampleImport
from cpdesk.ui.gallery.samples import CUSTOMER
from cpdesk.ui.gallery.stand_ins import StandIn
from cpdesk.ui.pages.transition.add_product import AddProductDialog
from cpdesk.ui.pages.transition.name_row import NameRow
from tests.ui.pages.transition.conftest import USAGE, Open, Opened, button, texts

LOYALTY = Product("LOYALTY", "0c0ffee0-1111-4222-8333-444455556666", "Contoso Loyalty Suite", "user", Scope.USER, "")


def row(opened: Opened, name: str) -> NameRow:
    return next(one for one in opened.page.steps.products.shown_rows if one.use.name == name)


def answer(opened: Opened, name: str, guid: str) -> None:
    """Choose from the list, as a person does."""
    combo = row(opened, name).license
    place = combo.findData(guid)
    combo.setCurrentIndex(place)
    combo.activated.emit(place)


def test_every_widget_has_a_name(open_import: Open, assert_accessible: Callable[[QWidget], None]) -> None:
    opened = open_import()
    opened.to_products()
    assert_accessible(opened.window)


def test_matched_names_are_filled_in_and_open_ones_stand_first(open_import: Open) -> None:
    opened = open_import()
    opened.to_products()
    rows = {one.use.name: one.answer for one in opened.page.steps.products.shown_rows}
    assert list(rows)[:2] == ["Visio Plan 1", "Contoso Loyalty Suite"]
    assert rows["Office 365 E3"] == E3.guid
    assert (rows["Visio Plan 1"], rows["Contoso Loyalty Suite"]) == ("", "")
    assert "2 users" in texts(opened.page.steps.products)


def test_a_shared_name_offers_its_products_first_then_to_skip(open_import: Open) -> None:
    opened = open_import()
    opened.to_products()
    combo = row(opened, "Visio Plan 1").license
    assert [combo.itemData(place) for place in range(3)] == [VISIO.guid, VISIO_TWIN.guid, SKIP]
    assert combo.itemText(1) == "Visio Plan 1 (VISIO_PLAN1_DEPT)"


def test_open_names_have_to_be_answered(open_import: Open) -> None:
    opened = open_import()
    opened.to_products()
    opened.next()
    assert opened.step == "products"
    assert row(opened, "Visio Plan 1").license.hasFocus()
    assert "Choose a product for 2 names, or skip them." in texts(opened.page.steps.products)
    answer(opened, "Visio Plan 1", VISIO.guid)
    answer(opened, "Contoso Loyalty Suite", SKIP)
    opened.next()
    assert opened.step == "preview"
    assert opened.named("preview")["choices"].answers == {
        "visio plan 1": VISIO.guid,
        "contoso loyalty suite": SKIP,
    }


def test_typing_finds_a_product(open_import: Open) -> None:
    opened = open_import()
    opened.to_products()
    combo = row(opened, "Contoso Loyalty Suite").license
    QTest.keyClicks(combo, "enterprisepack")
    QApplication.sendEvent(combo, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    assert opened.page.steps.products.answers == {"contoso loyalty suite": E3.guid}


def test_a_matched_name_can_be_given_another_product_and_back(open_import: Open) -> None:
    opened = open_import()
    opened.to_products()
    answer(opened, "Office 365 E3", VISIO.guid)
    assert opened.page.steps.products.answers == {"office 365 e3": VISIO.guid}
    answer(opened, "Office 365 E3", E3.guid)
    assert opened.page.steps.products.answers == {}


def test_answers_are_kept_on_the_way_back_from_the_preview(open_import: Open) -> None:
    opened = open_import()
    opened.to_preview()
    opened.page.wizard.back_button.click()
    assert row(opened, "Visio Plan 1").answer == SKIP
    opened.next()
    assert opened.step == "preview"
    assert opened.named("preview")["choices"].answers == {"visio plan 1": SKIP, "contoso loyalty suite": SKIP}


def test_another_file_is_asked_anew(open_import: Open) -> None:
    opened = open_import()
    opened.to_preview()
    for _step in range(2):
        opened.page.wizard.back_button.click()
    opened.choose()
    assert opened.page.steps.products.answers == {}


def test_many_names_can_be_searched(open_import: Open) -> None:
    opened = open_import(SampleImport(USAGE.account, people=120, more_names=60))
    opened.to_products()
    assert "40 of 65 names are shown. Search to find the others." in texts(opened.page.steps.products)
    opened.page.steps.products.search.setText("add-on 059")
    QTest.keyClick(opened.page.steps.products.search, Qt.Key.Key_Return)
    assert [one.use.name for one in opened.page.steps.products.shown_rows] == ["Sample Add-on 059"]


def test_a_name_becomes_a_product(open_import: Open) -> None:
    opened = open_import()
    products = opened.services.products
    assert isinstance(products, StandIn)
    products.answers["described"] = {"contoso loyalty suite": (LOYALTY,)}
    opened.services.__dict__["products"] = StandIn(
        Products, **products.answers, add=lambda *_args: Done(LOYALTY, topics.PRODUCTS)
    )
    opened.to_products()
    row(opened, "Contoso Loyalty Suite").add.click()
    dialog = opened.window.findChild(AddProductDialog)
    assert isinstance(dialog, AddProductDialog)
    assert dialog.form.values() == {
        "name": "Contoso Loyalty Suite",
        "part_number": "LOYALTY",
        "guid": LOYALTY.guid,
        "scope": Scope.USER,
    }
    dialog.add.click()
    assert opened.page.steps.products.answers["contoso loyalty suite"] == LOYALTY.guid
    assert row(opened, "Contoso Loyalty Suite").license.currentText() == "Contoso Loyalty Suite (LOYALTY)"


def test_of_several_published_products_one_is_chosen(
    open_import: Open, assert_accessible: Callable[[QWidget], None]
) -> None:
    page = open_import().page
    dialog = AddProductDialog(page, page.context, "Visio Plan 1", (VISIO, VISIO_TWIN))
    dialog.open()
    assert_accessible(dialog)
    assert dialog.form.values()["guid"] == ""
    dialog.which.set_value(VISIO_TWIN.guid)
    assert dialog.form.values()["part_number"] == "VISIO_PLAN1_DEPT"


def test_a_refusal_stands_at_its_field(open_import: Open) -> None:
    opened = open_import()
    opened.services.__dict__["products"] = StandIn(Products, add=UserError("bad_guid", text="x"))
    dialog = AddProductDialog(opened.page, opened.page.context, "Rocket", (replace(LOYALTY, guid="x"),))
    dialog.open()
    dialog.add.click()
    assert dialog.form.error("guid").startswith('"x" is not a GUID.')


def test_a_customer_maps_or_skips_but_adds_nothing(open_import: Open) -> None:
    own = SampleImport(replace(USAGE.account, id=CUSTOMER.account_id or 0))
    opened = open_import(own, session=CUSTOMER)
    opened.to_products()
    assert button(opened.page, "Add it to the catalogue") is None
    assert row(opened, "Contoso Loyalty Suite").license.count() == len(CATALOGUE) + 1
