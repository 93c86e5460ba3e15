"""The pages, one room per area; no area imports another, they meet through `navigate`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpdesk.ui.shell.registry import Registry


def all_pages() -> "Registry":
    """The registry of every page of the program; a page's own module is loaded on its first visit."""
    from cpdesk.ui.pages import (
        account,
        backups,
        company,
        customers,
        operators,
        records,
        services,
        settings,
        start,
        transition,
        users,
    )
    from cpdesk.ui.pages import help as help_area
    from cpdesk.ui.shell.registry import Registry

    registry = Registry()
    reseller = (start, customers, operators, records, backups, settings)
    for area in (*reseller, account, company, services, users, transition, help_area):
        area.register(registry)
    return registry
