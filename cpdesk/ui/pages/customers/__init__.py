"""The accounts of the reseller: finding one, and creating one."""

from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.ui.shell.registry import PageSpec, Registry

if TYPE_CHECKING:
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.page import Page


_RESELLER = frozenset({Role.RESELLER})


def register(registry: Registry) -> None:
    """Add the pages of this area."""
    for spec in (
        PageSpec(
            "customers",
            lambda: _("Customer List"),
            _customers,
            icon="customers",
            position=10,
            help="customer-list",
        ),
        PageSpec(
            "create_account",
            lambda: _("Create New Account"),
            _create_account,
            icon="account_add",
            roles=_RESELLER,
            position=20,
            help="create-account",
        ),
        PageSpec(
            "import_accounts",
            lambda: _("Create Many Accounts"),
            _import_accounts,
            roles=_RESELLER,
            in_menu=False,
            parent="create_account",
            help="create-account",
        ),
        PageSpec(
            "pending_changes",
            lambda: _("Pending Changes"),
            _pending_changes,
            icon="pending",
            position=30,
            help="pending-changes",
        ),
        PageSpec(
            "account_changes",
            lambda: _("Pending Changes"),
            _account_changes,
            icon="pending",
            needs_account=True,
            position=15,
            help="pending-changes",
        ),
    ):
        registry.add(spec)


def _customers(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.customers.customer_list import CustomerListPage

    return CustomerListPage(context)


def _create_account(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.customers.create_account import CreateAccountPage

    return CreateAccountPage(context)


def _import_accounts(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.customers.import_accounts import ImportAccountsPage

    return ImportAccountsPage(context)


def _pending_changes(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.customers.pending_changes import PendingChangesPage

    return PendingChangesPage(context)


def _account_changes(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.customers.pending_changes import AccountChangesPage

    return AccountChangesPage(context)
