"""Products: the catalogue, the details of a product, and Import Products step by step."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.base.i18n import _
from cpdesk.domain import topics
from cpdesk.domain.operators import Session
from cpdesk.domain.product_changes import ProductImportReport
from cpdesk.domain.product_rows import ProductRow
from cpdesk.domain.rows import Done
from cpdesk.services.products import Products
from cpdesk.ui.gallery import product_samples
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.scene import Picture, Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.products.details_dialog import ProductDetailsDialog
from cpdesk.ui.pages.products.import_page import ImportProductsPage
from cpdesk.ui.pages.products.product_list import ProductListPage
from cpdesk.ui.pages.products.scope_dialog import ChangeScopeDialog
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")
_NEW = "Microsoft_Teams_EEA_New"


def product_services(rows: Sequence[ProductRow] | Exception = (), **answers: Any) -> Any:
    """Services that know these products; `answers` replace methods of `Products`."""
    changed = Done(product_samples.row(_NEW).product, topics.PRODUCTS)
    known = {"catalogue": rows if isinstance(rows, Exception) else list(rows), "set_scope": changed} | answers
    return services(products=StandIn(Products, **known))


def list_window(stage: Stage, bundle: Any, session: Session = RESELLER) -> Window:
    """The catalogue."""
    return stage.window(all_pages(), "products", services=bundle, session=session)


def list_page(window: Window) -> ProductListPage:
    """The page of the window."""
    assert isinstance(window.page, ProductListPage)
    return window.page


def import_window(stage: Stage, report: ProductImportReport | Exception | None = None, **answers: Any) -> Window:
    """The import, with a file whose preview is this report."""
    bundle = product_services(product_samples.rows(), preview=report, **answers)
    window = stage.window(all_pages(), "import_products", services=bundle, session=RESELLER)
    if report is not None:
        import_page(window).file.drop.take(sample_file())
        import_page(window).wizard.go_next()
    return window


def import_page(window: Window) -> ImportProductsPage:
    """The page of the window."""
    assert isinstance(window.page, ImportProductsPage)
    return window.page


def sample_file() -> Path:
    """What is in it is said by the stand-in."""
    folder = Path(tempfile.gettempdir()) / "cpdesk-gallery"
    folder.mkdir(exist_ok=True)
    file = folder / product_samples.FILE
    file.write_text("Product_Display_Name,String_Id\n" * 4000, encoding="utf-8")
    return file


@scene("products", variants=("german", "large_text", "rtl"))
def products(stage: Stage) -> QWidget:
    """All products, once Microsoft's list is imported."""
    return list_window(stage, product_services(product_samples.rows()))


@scene("products_few", variants=("german",))
def products_few(stage: Stage) -> QWidget:
    """What a new database starts with; one is selected."""
    window = list_window(stage, product_services(product_samples.rows(imported=False)))
    list_page(window).table.selectRow(3)
    return window


@scene("products_none", variants=("german",))
def products_none(stage: Stage) -> QWidget:
    """A search that finds nothing."""
    window = list_window(stage, product_services(product_samples.rows()))
    list_page(window).search.setText("Warp Drive")
    list_page(window).table.set_filter("Warp Drive")
    return window


@scene("products_auditor")
def products_auditor(stage: Stage) -> QWidget:
    """Who changes nothing."""
    return list_window(stage, product_services(product_samples.rows()), AUDITOR)


@scene("products_error", variants=("german",))
def products_error(stage: Stage) -> QWidget:
    """The database cannot be read."""
    return list_window(stage, product_services(KnownError("database_locked", path="/home/dana/cpdesk/cpdesk.db")))


def _details(stage: Stage, part_number: str, scope_fixed_by: int = 0) -> Picture:
    found = product_samples.details(part_number, scope_fixed_by)
    window = list_window(stage, product_services(product_samples.rows(), details=found))
    return window, ProductDetailsDialog(window, list_page(window).context, found.row)


@scene("product_details", variants=_ALL)
def product_details(stage: Stage) -> Picture:
    """A suite that accounts hold."""
    return _details(stage, "SPE_E3", scope_fixed_by=4)


@scene("product_details_small", variants=("german",))
def product_details_small(stage: Stage) -> Picture:
    """A product that nobody holds."""
    return _details(stage, _NEW)


@scene("product_scope", variants=_ALL)
def product_scope(stage: Stage) -> Picture:
    """What a product belongs to."""
    bundle = product_services(product_samples.rows())
    window = list_window(stage, bundle)
    return window, ChangeScopeDialog(window, list_page(window).context, product_samples.row(_NEW))


@scene("import_products", variants=_ALL)
def import_products(stage: Stage) -> QWidget:
    """Which file."""
    return import_window(stage)


@scene("import_products_encoding", variants=("german", "large_text"))
def import_products_encoding(stage: Stage) -> QWidget:
    """A file that does not say how it is encoded."""
    refusal = UserError(
        "file_encoding_unknown", file=product_samples.FILE, suggestion="windows-1252", row=2, column="Name"
    )
    return import_window(stage, refusal)


@scene("import_products_unreadable", variants=("german",))
def import_products_unreadable(stage: Stage) -> QWidget:
    """A GUID that is none."""
    refusal = UserError("guid_not_readable", file=product_samples.FILE, row=214, column="GUID", text="n/a")
    return import_window(stage, refusal)


@scene("import_products_reading", variants=("german",))
def import_products_reading(stage: Stage) -> QWidget:
    """A file on a slow disk."""
    window = import_window(stage)
    page = import_page(window)
    page.file.drop.take(sample_file())
    page.wizard.hold("file", _("cpdesk is reading the file."))
    page.reading.begin(product_samples.FILE)
    page.reading.show()
    return window


@scene("import_products_preview", variants=("german", "large_text", "rtl"))
def import_products_preview(stage: Stage) -> QWidget:
    """The first import."""
    return import_window(stage, product_samples.first_report())


@scene("import_products_later", variants=("german",))
def import_products_later(stage: Stage) -> QWidget:
    """A later list: what is renamed."""
    window = import_window(stage, product_samples.later_report())
    import_page(window).preview.show_kind("renamed")
    return window


@scene("import_products_unchanged", variants=("german",))
def import_products_unchanged(stage: Stage) -> QWidget:
    """The catalogue has all of it."""
    return import_window(stage, product_samples.unchanged_report())
