"""Inside an account: the company itself."""

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
            "edit_company",
            lambda: _("Edit Company"),
            _edit_company,
            icon="company",
            section=lambda: _("My Company"),
            needs_account=True,
            position=50,
            help="edit-company",
        )
    )


def _edit_company(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.company.edit_company import EditCompanyPage

    return EditCompanyPage(context)
