"""The pages, one room per area; no area imports another, they meet through `navigate`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpdesk.ui.shell.registry import Registry


def all_pages() -> "Registry":
    """The registry of every page of the program; a page's own module is loaded on its first visit."""
    from cpdesk.ui.pages import (
        account,
        advisor,
        backups,
        company,
        customers,
        operators,
        prices,
        products,
        records,
        reports,
        services,
        settings,
        start,
        statements,
        transition,
        users,
    )
    from cpdesk.ui.pages import help as help_area
    from cpdesk.ui.shell.registry import Registry

    registry = Registry()
    reseller = (start, customers, products, prices, reports, operators, records, backups, settings)
    for area in (*reseller, account, advisor, company, services, statements, users, transition, help_area):
        area.register(registry)
    return registry
