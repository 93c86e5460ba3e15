"""The catalogue: what can be sold, and the import of Microsoft's list of products."""

from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.ui.shell.registry import PageSpec, Registry

if TYPE_CHECKING:
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.page import Page

_READERS = frozenset({Role.RESELLER, Role.AUDITOR})
_RESELLER = frozenset({Role.RESELLER})


def register(registry: Registry) -> None:
    """Add the pages of this area."""
    for spec in (
        PageSpec(
            "products", lambda: _("Products"), _products, icon="catalog", roles=_READERS, position=34, help="products"
        ),
        PageSpec(
            "import_products",
            lambda: _("Import Products"),
            _import_products,
            roles=_RESELLER,
            in_menu=False,
            parent="products",
            help="products",
        ),
    ):
        registry.add(spec)


def _products(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.products.product_list import ProductListPage

    return ProductListPage(context)


def _import_products(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.products.import_page import ImportProductsPage

    return ImportProductsPage(context)
