"""The reports: where money goes that need not, and what there was."""

from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.ui.shell.registry import PageSpec, Registry

if TYPE_CHECKING:
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.page import Page


def register(registry: Registry) -> None:
    """Add the pages of this area."""
    registry.add(PageSpec("reports", _title, _reports, icon="reports", position=36, help="reports"))
    registry.add(
        PageSpec(
            "account_reports",
            _title,
            _account_reports,
            icon="reports",
            section=lambda: _("My Company"),
            needs_account=True,
            position=45,
            help="reports",
        )
    )


def _title() -> str:
    return _("Reports")


def _reports(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.reports.page import ReportsPage

    return ReportsPage(context)


def _account_reports(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.reports.page import AccountReportsPage

    return AccountReportsPage(context)
