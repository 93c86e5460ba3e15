"""Bringing a tenant as it is today: the import of users and licenses from a file."""

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
            "transition",
            lambda: _("Import Users"),
            _transition,
            icon="users",
            needs_account=True,
            in_menu=False,
            parent="users",
            help="import-users",
        )
    )


def _transition(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.transition.page import TransitionPage

    return TransitionPage(context)
