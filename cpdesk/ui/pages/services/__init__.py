"""Inside an account: the Microsoft 365 services page with its seats and its billing model."""

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
            "services",
            lambda: _("Microsoft 365 services"),
            _services,
            needs_account=True,
            in_menu=False,
            parent="my_services",
            help="billing-modes",
        )
    )
    registry.add(
        PageSpec(
            "subscription",
            lambda: _("Subscription"),
            _subscription,
            needs_account=True,
            in_menu=False,
            parent="my_services",
            help="managing-purchase-licenses",
        )
    )


def _subscription(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.services.subscription_page import SubscriptionPage

    return SubscriptionPage(context)


def _services(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.services.page import ServicesPage

    return ServicesPage(context)
