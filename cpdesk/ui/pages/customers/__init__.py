"""The accounts of the reseller: finding one, and creating one."""

from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.ui.shell.registry import PageSpec, Registry

if TYPE_CHECKING:
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.page import Page


def register(registry: Registry) -> None:
    """Add the pages of this area."""
    registry.add(PageSpec("customers", lambda: _("Customer List"), _customers, icon="customers"))
    registry.add(
        PageSpec(
            "create_account",
            lambda: _("Create New Account"),
            _create_account,
            icon="account_add",
            roles=frozenset({Role.RESELLER}),
            position=1,
        )
    )


def _customers(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.customers.customer_list import CustomerListPage

    return CustomerListPage(context)


def _create_account(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.customers.create_account import CreateAccountPage

    return CreateAccountPage(context)
