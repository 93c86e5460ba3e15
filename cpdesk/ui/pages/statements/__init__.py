"""Inside an account: the statement of one month."""

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
            "statement",
            lambda: _("Statement"),
            _statement,
            needs_account=True,
            in_menu=False,
            alone=False,
            parent="my_services",
            help="statements",
        )
    )


def _statement(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.statements.page import StatementPage

    return StatementPage(context)
