"""Who may sign in to cpdesk, and what each may do."""

from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.ui.shell.registry import PageSpec, Registry

if TYPE_CHECKING:
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.page import Page


def register(registry: Registry) -> None:
    """Add the page of this area."""
    registry.add(
        PageSpec("operators", lambda: _("Operators"), _operators, icon="operators", position=40, help="operators")
    )


def _operators(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.operators.page import OperatorsPage

    return OperatorsPage(context)
