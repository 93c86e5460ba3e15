"""Import Products as a reseller administrator meets it, with stand-ins and on a real database."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain import topics
from cpdesk.domain.rows import Done
from cpdesk.ui.gallery import product_samples
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_products import import_page, import_window, list_page, sample_file
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.products.import_page import ImportProductsPage
from cpdesk.ui.theme import Theme
from tests.support.product_files import products_file
from tests.support.world import World
from tests.ui.pages.conftest import Navigations, Show
from tests.ui.pages.prices.conftest import button, cells, said

Open = Callable[..., ImportProductsPage]
REPORT = product_samples.first_report()


@pytest.fixture
def opened(stage: Stage, show: Show) -> Open:
    """The page; with a report it stands at the preview."""
    return lambda *args, **answers: import_page(show(import_window(stage, *args, **answers)))


def test_every_widget_has_a_name(opened: Open, assert_accessible: Callable[[object], None]) -> None:
    assert_accessible(opened())
    assert_accessible(opened(REPORT))


def test_a_file_is_needed(opened: Open) -> None:
    page = opened()
    page.wizard.go_next()
    assert page.file.drop.error == "Choose a file first."
    assert page.wizard.current == "file"


def test_the_preview_tells_what_becomes_of_each_product(opened: Open) -> None:
    page = opened(product_samples.later_report())
    assert "5,794 rows · 610 products · 769 service plans" in said(page.preview)
    page.preview.show_kind("renamed")
    assert ["Microsoft 365 E3", "Renamed", "Microsoft 365 Enterprise E3"] in cells(
        page.preview.lines, "product", "change", "before"
    )
    page.preview.show_kind("remarks")
    assert page.preview.lines.rows.rowCount() == 35
    assert page.wizard.next_button.text() == "Import 12 products"


def test_what_changes_nothing_cannot_be_imported(opened: Open) -> None:
    page = opened(product_samples.unchanged_report())
    assert not page.wizard.next_button.isEnabled()
    assert "There is nothing to import." in said(page.preview)


def test_an_encoding_is_asked_for_where_the_file_does_not_say_it(opened: Open) -> None:
    page = opened(UserError("file_encoding_unknown", file="names.csv", suggestion="windows-1252"))
    assert "Western European (Windows-1252) is the likeliest" in page.file.drop.error
    page.file.encoding.box.set_value("windows-1252")
    page.wizard.go_next()
    products: Any = page.context.services.products
    assert products.calls[-1][2] == {"encoding": "windows-1252"}


def test_a_mistake_is_told_where_the_file_is_chosen(opened: Open) -> None:
    page = opened(UserError("guid_not_readable", file="names.csv", row=3, column="GUID", text="n/a"))
    assert page.wizard.current == "file"
    assert page.file.drop.error.startswith('names.csv, row 3, column GUID: "n/a" is not a GUID.')


def test_the_import_says_what_came_of_it_over_the_list(opened: Open, navigations: Navigations) -> None:
    page = opened(REPORT, import_products=Done(REPORT, topics.PRODUCTS))
    gone = navigations(page)
    page.wizard.go_next()
    assert gone == [("products", {})]
    products: Any = page.context.services.products
    ((_name, args, named),) = [call for call in products.calls if call[0] == "import_products"]
    assert callable(named.pop("progress"))
    assert (args[1:], named) == ((sample_file(),), {"encoding": None, "shown": REPORT})
    assert not page.holds_input


def test_an_import_can_be_cancelled_and_begun_again(opened: Open, navigations: Navigations) -> None:
    def cancelled(*_args: Any, progress: Tell, **_named: Any) -> None:
        page.wizard.cancel_button.click()
        progress(0, 4)

    page = opened(REPORT, import_products=cancelled)
    gone = navigations(page)
    page.wizard.go_next()
    window: Any = page.window()
    assert window.notices.texts() == ["Cancelled. Nothing was changed."]
    assert (page.wizard.current, gone) == ("preview", [])
    products: Any = page.context.services.products
    products.answers["import_products"] = Done(REPORT, topics.PRODUCTS)
    page.wizard.go_next()
    assert gone == [("products", {})]


def test_what_changed_meanwhile_is_shown_again(opened: Open) -> None:
    page = opened(REPORT, import_products=UserError("products_changed_since", file="names.csv"))
    page.wizard.go_next()
    assert page.wizard.current == "preview"
    assert "Nothing was imported." in page.preview.news.text


def test_the_list_that_comes_with_the_program_on_a_real_database(
    world: World, theme: Theme, show: Show, tmp_path: Path
) -> None:
    stage = Stage(theme, clock=world.clock)
    window = show(stage.window(all_pages(), "products", services=world.services, session=world.by))
    button(list_page(window), "Import Products").click()
    import_page(window).file.shipped.click()
    import_page(window).wizard.go_next()
    assert list_page(window).table.rows.rowCount() == 610
    assert "525 new, 0 renamed, 85 with other service plans" in said(window)
    button(list_page(window), "Import Products").click()
    page = import_page(window)
    page.file.drop.take(products_file(tmp_path))
    page.wizard.go_next()
    assert "610 products of the catalogue are not in the file. They stay as they are." in said(page.preview)
