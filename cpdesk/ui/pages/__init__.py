"""The pages, one room per area; no area imports another, they meet through `navigate`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpdesk.ui.shell.registry import Registry


def all_pages() -> "Registry":
    """The registry of every page of the program; a page's own module is loaded on its first visit."""
    from cpdesk.ui.pages import account, customers, services, start
    from cpdesk.ui.shell.registry import Registry

    registry = Registry()
    for area in (start, customers, account, services):
        area.register(registry)
    return registry
