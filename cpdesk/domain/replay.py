"""The past of an account in either mode: the same months, once as they would have been in Usage Mode and once with the
smallest pools that would have sufficed in Purchase Mode.

Both are histories like the real one, so that all three are charged by the same rules.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import chain

from cpdesk.domain.advice import MonthCost
from cpdesk.domain.billed import nothing
from cpdesk.domain.histories import History, ProductHistory, SeatChange
from cpdesk.domain.modes import Mode
from cpdesk.domain.monthly import month_statement
from cpdesk.domain.prices import AccountPricing
from cpdesk.domain.statements import StatementLine, days_of_month, total
from cpdesk.domain.switching import first_of_next_month

_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Use:
    """How a product was used during the months of a replay."""

    product_id: int
    pool: int
    """The most assignments, or of a product of the tenant seats, that there were at any instant."""
    assigned_days: int
    """Assigned seats at the end of each day, added up."""
    moved: int
    """Assignments that were taken from somebody and given to somebody."""
    held: bool
    """Whether there was a seat at any instant."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What some successive complete months cost, and would have cost."""

    by_month: tuple[MonthCost, ...]
    uses: tuple[Use, ...]
    """Of the products of which there was a seat, by product id."""
    days: int
    unpriced: frozenset[int]
    """Ids of products with a line without a price, in any of the three."""


def complete_months(first: date | None, today: date, most: int) -> list[date]:
    """The first days of the latest months that are over and lie whole after the account's `first` day with an entry."""
    month = today.replace(day=1)
    begin = first_whole_month(first) if first else month
    found: list[date] = []
    while len(found) < most and (month := month_before(month)) >= begin:
        found.insert(0, month)
    return found


def first_whole_month(first: date) -> date:
    """The first day of the first month that lies whole after a day; that day itself counts."""
    return first if first.day == 1 else first_of_next_month(first)


def month_before(month: date) -> date:
    """The first day of the month before that of a day."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def replay(
    history: History, pricing: AccountPricing, months: Sequence[date], tenant_products: Collection[int]
) -> Replay:
    """Charge successive months, at least one, as they were and as they would have been in either mode.

    The history has to reach from before the first of them to after the last.
    """
    days = list(chain.from_iterable(map(days_of_month, months)))
    start, end = history.day_end(days[0] - timedelta(days=1)), history.day_end(days[-1])
    ends = [history.day_end(day) for day in days]
    uses = [_use(product, start, end, ends, tenant_products) for product in history.products.values()]
    held = sorted((use for use in uses if use.held), key=lambda use: use.product_id)
    pasts = (history, _in_usage(history, tenant_products), _in_purchase(history, held, tenant_products))
    charged = [[month_statement(past, pricing, month) for past in pasts] for month in months]
    lines = chain.from_iterable(chain.from_iterable(charged))
    return Replay(
        by_month=tuple(
            _month_cost(history, month, each, nothing(pricing.currency))
            for month, each in zip(months, charged, strict=True)
        ),
        uses=tuple(held),
        days=len(days),
        unpriced=frozenset(line.product_id for line in lines if line.amount is None),
    )


def _use(
    product: ProductHistory,
    start: datetime,
    end: datetime,
    ends: Sequence[datetime],
    tenant_products: Collection[int],
) -> Use:
    seats, assigned = product.before(start)
    within = [change for change in product.changes if start <= change.effective_at < end]
    most = max([seats, *(change.seats_after for change in within)])
    peak = max([assigned, *(change.assigned_after for change in within)])
    return Use(
        product_id=product.product_id,
        pool=most if product.product_id in tenant_products else peak,
        assigned_days=sum(_assigned_at(ends, assigned, within)),
        moved=min(sum(change.given for change in within), sum(change.taken for change in within)),
        held=most > 0,
    )


def _assigned_at(ends: Sequence[datetime], opening: int, changes: Sequence[SeatChange]) -> Iterator[int]:
    """The assigned seats just before each of some instants in order."""
    place, held = 0, opening
    for end in ends:
        while place < len(changes) and changes[place].effective_at < end:
            held = changes[place].assigned_after
            place += 1
        yield held


def _in_usage(history: History, tenant_products: Collection[int]) -> History:
    """Seats are what was assigned; products of the tenant cannot be held."""
    products = {
        number: _as_assigned(product) for number, product in history.products.items() if number not in tenant_products
    }
    return replace(history, modes=(), products=products)


def _as_assigned(product: ProductHistory) -> ProductHistory:
    changes = [
        SeatChange(change.effective_at, change.assigned_after, change.assigned_after, change.number)
        for change in product.changes
    ]
    return ProductHistory(product.product_id, product.assigned, product.assigned, changes)


def _in_purchase(history: History, uses: Sequence[Use], tenant_products: Collection[int]) -> History:
    """The same pool on every day; products of the tenant with the seats that there were."""
    products = {
        use.product_id: history.products[use.product_id]
        if use.product_id in tenant_products
        else ProductHistory(use.product_id, use.pool, use.pool)
        for use in uses
    }
    return replace(history, modes=((_EVER, Mode.PURCHASE),), products=products)


def _month_cost(history: History, month: date, charged: Sequence[Sequence[StatementLine]], zero: Decimal) -> MonthCost:
    actual, usage, purchase = map(total, charged)
    end = history.day_end(days_of_month(month)[-1])
    counts = [product.before(end) for product in history.products.values()]
    return MonthCost(
        month=month,
        actual=actual.amount + zero,
        usage=usage.amount + zero,
        purchase=purchase.amount + zero,
        unpriced=actual.unpriced + usage.unpriced + purchase.unpriced,
        seats=sum(seats for seats, _assigned in counts),
        assigned=sum(assigned for _seats, assigned in counts),
        mode=history.mode_before(end),
    )
