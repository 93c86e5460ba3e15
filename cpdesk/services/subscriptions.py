"""One subscription in depth: what became of its seats, and the idle ones one by one."""

from collections.abc import Sequence
from decimal import Decimal

from cpdesk.base import zones
from cpdesk.base.regions import minor_digits
from cpdesk.domain import switching
from cpdesk.domain.operators import Session
from cpdesk.domain.seat_tracing import IdleBlock, IdleCosts, SeatTrace, TracedSeats, idle_blocks
from cpdesk.domain.subscriptions import LedgerQuery, LedgerRow
from cpdesk.services.base import UseCases, account_row
from cpdesk.store import prices, products, subscriptions


class Subscriptions(UseCases):
    """Whoever sees the account may know. An account that never held a product has an empty history of it."""

    def find(self, by: Session, account_id: int, product_id: int, query: LedgerQuery) -> tuple[int, ...]:
        """The numbers of the ledger entries that a query asks for: `some` has the entries themselves.

        Quick even for 100,000. Raises UserError `unknown_account`.
        """
        with self._reading(by, account_id):
            return subscriptions.find(account_id, product_id, query)

    def some(self, by: Session, account_id: int, product_id: int, numbers: Sequence[int]) -> list[LedgerRow]:
        """The entries with these numbers, in this order; unknown ones are left out. Raises UserError as `find`."""
        with self._reading(by, account_id):
            return subscriptions.some(account_id, product_id, numbers)

    def trace(self, by: Session, account_id: int, product_id: int) -> SeatTrace:
        """The idle seats, by the rule of `seat_tracing`; none in Usage Mode. Raises UserError `unknown_account`."""
        with self._reading(by, account_id) as work:
            account = account_row(account_id, work.now)
            zone, digits = zones.zone(account.time_zone), minor_digits(account.currency)
            product = products.by_id().get(product_id)
            # Those of the tenant are never assigned: nobody could call them idle.
            traces = product is not None and product.assignable_to == "user"
            blocks = idle_blocks(subscriptions.moves(account_id, product_id)) if traces else []
            days = [switching.local_date(block.since, zone) for block in blocks]
            today = switching.local_date(work.now, zone)
            pricing = prices.pricing_of([account_id])[account_id]
            costs = IdleCosts(pricing, product_id, min(days, default=today), today)
            rows = [
                _traced(number, block, (today - since).days, costs.of(block.seats, since, digits))
                for number, (block, since) in enumerate(zip(blocks, days, strict=True), start=1)
            ]
            return SeatTrace(tuple(rows), account.currency, account.time_zone)


def _traced(number: int, block: IdleBlock, idle_days: int, cost: tuple[Decimal | None, int]) -> TracedSeats:
    amount, unpriced_days = cost
    return TracedSeats(number, block.seats, block.since, idle_days, block.upn, block.name, amount, unpriced_days)
