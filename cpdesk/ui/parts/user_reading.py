"""What lists of users ask the services. Runs off the GUI thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpdesk.domain.operators import Session
from cpdesk.domain.people import UserFilter, UserQuery
from cpdesk.domain.rows import AccountRow, SubscriptionRow, UserRow

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

_FIRST_ROWS = 80
"""As many as a tall window shows: they come with the ids, and the list is complete at once."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which users a query found, and all that is needed to show the first of them."""

    account_id: int
    query: UserQuery
    ids: tuple[int, ...]
    rows: Sequence[UserRow]
    names: Mapping[str, str]
    """Display names of products by part number."""


@dataclass(frozen=True, slots=True)
class UserFacts:
    """What stands around a list of users; read after the list, which is waited for."""

    account: AccountRow
    counts: Mapping[UserFilter, int]
    held: tuple[SubscriptionRow, ...]
    """Products that somebody holds."""


def read_listing(services: "Services", by: Session, account_id: int, query: UserQuery) -> Listing:
    """Ask which users there are, and for the first rows. Raises UserError `unknown_account`."""
    ids = services.users.find_ids(by, account_id, query)
    names = {product.part_number: product.name for product in services.licenses.products()}
    return Listing(account_id, query, ids, services.users.some(by, account_id, ids[:_FIRST_ROWS]), names)


def read_facts(services: "Services", by: Session, account_id: int) -> UserFacts:
    """Ask what stands around the list. Raises UserError `unknown_account`."""
    return UserFacts(
        account=services.accounts.show(by, account_id),
        counts=services.users.counts(by, account_id),
        held=tuple(row for row in services.licenses.rows(by, account_id) if row.assigned),
    )
