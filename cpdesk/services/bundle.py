"""All services over one store, as screens and the command line get them."""

from collections.abc import Callable
from dataclasses import dataclass

from cpdesk.domain.catalog import Product
from cpdesk.services.accounts import Accounts
from cpdesk.services.audit import Audit
from cpdesk.services.checks import Checks
from cpdesk.services.imports import Imports, ReadExport
from cpdesk.services.licenses import Licenses
from cpdesk.services.modes import Modes
from cpdesk.services.operators import Operators, PasswordHasher
from cpdesk.services.settling import Settler
from cpdesk.services.setup import Setup
from cpdesk.services.users import Users
from cpdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Services:
    """One object per area of work."""

    setup: Setup
    operators: Operators
    accounts: Accounts
    users: Users
    licenses: Licenses
    modes: Modes
    imports: Imports
    audit: Audit
    checks: Checks
    settler: Settler


def build(
    store: Store,
    *,
    hasher: PasswordHasher,
    read_export: ReadExport,
    catalogue: Callable[[], tuple[Product, ...]],
) -> Services:
    """Wire the services; `catalogue` is what a new database starts with."""
    settler = Settler(store)
    return Services(
        setup=Setup(store, hasher, catalogue),
        operators=Operators(store, settler, hasher),
        accounts=Accounts(store, settler),
        users=Users(store, settler),
        licenses=Licenses(store, settler),
        modes=Modes(store, settler),
        imports=Imports(store, settler, read_export),
        audit=Audit(store, settler),
        checks=Checks(store),
        settler=settler,
    )
