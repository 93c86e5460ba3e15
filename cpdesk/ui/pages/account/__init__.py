"""Inside an account: its services, and where they come from."""

from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.ui.shell.registry import PageSpec, Registry

if TYPE_CHECKING:
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.page import Page


def register(registry: Registry) -> None:
    """Add the pages of this area."""
    registry.add(
        PageSpec(
            "my_services",
            lambda: _("My Services"),
            _my_services,
            icon="services",
            needs_account=True,
            position=10,
            help="catalog",
        )
    )
    registry.add(
        PageSpec(
            "catalog",
            lambda: _("The Catalog"),
            _catalog,
            icon="catalog",
            section=lambda: _("Products and Services"),
            needs_account=True,
            position=20,
            help="catalog",
        )
    )


def _my_services(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.account.my_services import MyServicesPage

    return MyServicesPage(context)


def _catalog(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.account.catalog import CatalogPage

    return CatalogPage(context)
