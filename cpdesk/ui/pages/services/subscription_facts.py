"""What the page of one subscription reads. Runs off the GUI thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpdesk.domain.operators import Session
from cpdesk.domain.rows import SubscriptionRow
from cpdesk.domain.seat_tracing import SeatTrace, TracedSeats
from cpdesk.domain.subscriptions import LedgerQuery, LedgerRow
from cpdesk.domain.timelines import SeatTimeline
from cpdesk.ui.pages.services.facts import PricedSeats, ServiceFacts

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

_FIRST = 100
"""Entries that are there at once, without being asked for when they are seen."""


@dataclass(frozen=True, slots=True)
class SubscriptionFacts:
    """The account with all that it holds, and the product that the page is about."""

    service: ServiceFacts
    held: PricedSeats
    """Zeros where the account holds no seat of it any more."""


@dataclass(frozen=True, slots=True)
class FoundEntries:
    """What a query found in the history."""

    query: LedgerQuery
    numbers: tuple[int, ...]
    first: Sequence[LedgerRow]


@dataclass(frozen=True, slots=True)
class TraceQuery:
    """How the idle seats are to be shown."""

    text: str = ""
    sort: str = "since"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class FoundSeats:
    """The idle seats, and those of them that a query asks for, in its order."""

    trace: SeatTrace
    query: TraceQuery
    rows: tuple[TracedSeats, ...]


def read_subscription(services: "Services", by: Session, account_id: int, product_id: int) -> SubscriptionFacts:
    """Ask how things stand. Raises UserError `unknown_account`."""
    account, completed = services.modes.show(by, account_id)
    rows = tuple(services.licenses.rows(by, account_id))
    facts = ServiceFacts(
        account=account,
        completed=completed,
        outlook=None,
        subscriptions=rows,
        prices=services.statements.prices_of(by, account_id),
        falls_later=services.statements.falls_later(by, account_id),
    )
    row = next((row for row in rows if row.product_id == product_id), None)
    if row is None:
        item = services.products.by_id(by)[product_id]
        row = SubscriptionRow(product_id, item.part_number, item.guid, item.name, item.assignable_to, 0, 0)
    return SubscriptionFacts(facts, facts.priced(row))


def read_history(
    services: "Services", by: Session, account_id: int, product_id: int, query: LedgerQuery
) -> FoundEntries:
    """Ask for the entries of the ledger, and for the first of them in full."""
    numbers = services.subscriptions.find(by, account_id, product_id, query)
    return FoundEntries(query, numbers, services.subscriptions.some(by, account_id, product_id, numbers[:_FIRST]))


def read_trace(services: "Services", by: Session, account_id: int, product_id: int, query: TraceQuery) -> FoundSeats:
    """Ask for the idle seats; there may be tens of thousands, so they are searched and sorted here."""
    trace = services.subscriptions.trace(by, account_id, product_id)
    words = query.text.casefold().split()
    rows = [row for row in trace.rows if all(word in f"{row.name}\n{row.upn}".casefold() for word in words)]
    return FoundSeats(trace, query, tuple(sorted(rows, key=_SORTS[query.sort], reverse=query.descending)))


def read_timeline(services: "Services", by: Session, account_id: int, product_id: int) -> SeatTimeline:
    """Ask for the last year of the product, day by day."""
    return services.timelines.seats(by, account_id, product_id=product_id)


_SORTS = {
    "since": lambda row: row.since,
    "days": lambda row: row.idle_days,
    "seats": lambda row: row.seats,
    "holder": lambda row: (not row.upn, row.name.casefold(), row.upn.casefold()),
    "cost": lambda row: (row.cost is None, row.cost or 0),
}
SORTS = tuple(_SORTS)
"""What idle seats can be sorted by."""
