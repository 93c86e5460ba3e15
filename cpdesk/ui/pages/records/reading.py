"""What the page reads, in one go, on another thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpdesk.domain.audit_query import AuditQuery
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow, AuditRow

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

_FIRST = 100
"""Entries that are there at once, without being asked for when they are seen."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found."""

    query: AuditQuery
    numbers: tuple[int, ...]
    """Of the entries, in the order of the list."""
    first: Sequence[AuditRow]


@dataclass(frozen=True, slots=True)
class LogFacts:
    """What stands around the entries."""

    account: AccountRow | None
    """The account whose log it is; None for the log of all."""
    accounts: Sequence[AccountRow]
    """Those that can be chosen."""
    operators: Sequence[str]
    products: Mapping[str, str]
    """Display names by part number, and by GUID: imports keep those."""
    zone: str
    """IANA name of the zone that times are told in: the account's, or the reseller's own."""


def read_facts(services: "Services", by: Session, account_id: int | None) -> LogFacts:
    """What can be chosen from, and how products are called."""
    account = services.accounts.show(by, account_id) if account_id is not None else None
    accounts = [] if account else services.accounts.rows(by)
    products = services.licenses.products()
    names = {key: product.name for product in products for key in (product.part_number, product.guid)}
    zone = account.time_zone if account else services.preferences.defaults(by).time_zone
    return LogFacts(account, accounts, services.audit.operators(by, account_id), names, zone)


def find(services: "Services", by: Session, query: AuditQuery, *, oldest_first: bool) -> Found:
    """The entries that a query asks for."""
    numbers = services.audit.search(by, query)
    if oldest_first:
        numbers = numbers[::-1]
    return Found(query, numbers, services.audit.some(by, numbers[:_FIRST], query.account_id))


def read_log(
    services: "Services", by: Session, account_id: int | None, query: AuditQuery, *, oldest_first: bool
) -> tuple[LogFacts, Found]:
    """Everything, for the first look and after each change. `account_id` is the account whose log it is."""
    return read_facts(services, by, account_id), find(services, by, query, oldest_first=oldest_first)
