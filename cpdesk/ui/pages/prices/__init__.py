"""Price schedules: what seats cost from when, and the import of the partner price list."""

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
            "prices",
            lambda: _("Price Schedules"),
            _schedules,
            icon="prices",
            roles=_READERS,
            position=35,
            help="prices",
        ),
        PageSpec(
            "price_schedule",
            lambda: _("Price schedule"),
            _schedule,
            roles=_READERS,
            in_menu=False,
            alone=False,
            parent="prices",
            help="prices",
        ),
        PageSpec(
            "import_prices",
            lambda: _("Import Prices"),
            _import_prices,
            roles=_RESELLER,
            in_menu=False,
            parent="prices",
            help="prices",
        ),
    ):
        registry.add(spec)


def _schedules(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.prices.schedule_list import ScheduleListPage

    return ScheduleListPage(context)


def _schedule(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.prices.schedule_page import SchedulePage

    return SchedulePage(context)


def _import_prices(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.prices.import_page import ImportPricesPage

    return ImportPricesPage(context)
