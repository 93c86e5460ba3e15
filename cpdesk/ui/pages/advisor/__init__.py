"""The mode advisor: which billing mode would have been cheaper, for one account and for all."""

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
            "advisor",
            lambda: _("Mode advisor"),
            _advisor,
            needs_account=True,
            in_menu=False,
            parent="account_reports",
            help="advisor",
        )
    )
    registry.add(
        PageSpec(
            "all_advice",
            lambda: _("Which mode is cheaper?"),
            _all_advice,
            in_menu=False,
            parent="reports",
            help="advisor",
        )
    )


def _advisor(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.advisor.page import AdvisorPage

    return AdvisorPage(context)


def _all_advice(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.advisor.all_page import AllAdvicePage

    return AllAdvicePage(context)
