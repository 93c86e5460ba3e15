"""Reports: what stands in their rows, from what was read. All costs are a month's, at the prices of one day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeVar

from cpdesk.base import zones
from cpdesk.base.regions import minor_digits
from cpdesk.domain import switching
from cpdesk.domain.billed import nothing
from cpdesk.domain.catalog import Product
from cpdesk.domain.overlaps import Contained, within
from cpdesk.domain.prices import AccountPricing
from cpdesk.domain.report_rows import BlockedRow, CostReport, CostRow, CurrencyTotal, IdleRow, OverlapRow
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.seats import Holding
from cpdesk.domain.shares import share
from cpdesk.domain.statements import prorated

Row = TypeVar("Row", IdleRow, BlockedRow, OverlapRow, CostRow)


class IdlePool(NamedTuple):
    """A pool in which nobody holds some of the seats."""

    account_id: int
    product_id: int
    seats: int
    assigned: int
    since: datetime | None
    """UTC: since when there has been an idle seat all the time; None where the ledger does not say."""
    last_holder: str
    """UPN of whom the latest of them that anybody held was taken from; empty where all were bought."""


class Held(NamedTuple):
    """A license of a user."""

    account_id: int
    user_id: int
    upn: str
    name: str
    product_id: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The accounts that a report is about, with their prices, and the catalogue."""

    accounts: Mapping[int, AccountRow]
    pricing: Mapping[int, AccountPricing]
    products: Mapping[int, Product]
    now: datetime
    """UTC."""
    _unit_prices: dict[tuple[int, int], Decimal | None] = field(default_factory=dict)
    """By account and product: thousands of licenses have the same few."""

    def today(self, account_id: int) -> date:
        """The date in the account's zone."""
        return switching.local_date(self.now, zones.zone(self.accounts[account_id].time_zone))

    def unit_price(self, account_id: int, product_id: int) -> Decimal | None:
        """What a seat costs the account a month in its present mode; None without a price."""
        key = account_id, product_id
        if key not in self._unit_prices:
            mode, today = self.accounts[account_id].mode, self.today(account_id)
            price = self.pricing[account_id].unit_price(product_id, mode, today)
            self._unit_prices[key] = price.amount if price else None
        return self._unit_prices[key]

    def cost(self, account_id: int, product_id: int, seats: int) -> Decimal | None:
        """What so many seats cost the account a month; None without a price."""
        price = self.unit_price(account_id, product_id)
        digits = minor_digits(self.accounts[account_id].currency)
        return None if price is None else prorated(seats, price, 1, 1, digits)


def idle_rows(around: Surroundings, pools: Iterable[IdlePool]) -> list[IdleRow]:
    """Idle seats, what costs most first."""
    return _dearest_first([_idle_row(around, pool) for pool in pools if pool.account_id in around.accounts])


def blocked_rows(around: Surroundings, held: Iterable[Held]) -> list[BlockedRow]:
    """Blocked users with what they hold, given user by user; what costs most first."""
    users = (list(licenses) for _user, licenses in groupby(held, key=attrgetter("user_id")))
    return _dearest_first([_blocked_row(around, one) for one in users if one[0].account_id in around.accounts])


def overlap_rows(around: Surroundings, held: Iterable[Held], contained: Contained) -> list[OverlapRow]:
    """Licenses that another one of the same user makes superfluous, given user by user; what costs most first."""
    users = (list(licenses) for _user, licenses in groupby(held, key=attrgetter("user_id")))
    known = (one for one in users if one[0].account_id in around.accounts)
    return _dearest_first([row for licenses in known for row in _overlaps(around, licenses, contained)])


def cost_report(around: Surroundings, held: Mapping[int, Sequence[Holding]]) -> CostReport:
    """Accounts by what they cost, with sub-totals per currency and each account's share of its own."""
    rows = [_cost_row(around, account, held.get(account.id, ())) for account in around.accounts.values()]
    by_currency: defaultdict[str, list[CostRow]] = defaultdict(list)
    for row in rows:
        by_currency[row.currency].append(row)
    totals = {currency: _total(currency, listed) for currency, listed in sorted(by_currency.items())}
    shared = [replace(row, share=share(row.cost, totals[row.currency].cost) or Decimal()) for row in rows]
    return CostReport(tuple(_dearest_first(shared)), tuple(totals.values()))


def _idle_row(around: Surroundings, pool: IdlePool) -> IdleRow:
    account, product = around.accounts[pool.account_id], around.products[pool.product_id]
    idle = pool.seats - pool.assigned
    zone = zones.zone(account.time_zone)
    begun = switching.local_date(pool.since, zone) if pool.since else around.today(account.id)
    return IdleRow(
        account_id=account.id,
        account=account.name,
        domain=account.domain,
        product_id=pool.product_id,
        part_number=product.part_number,
        product=product.name,
        seats=pool.seats,
        assigned=pool.assigned,
        idle=idle,
        since=pool.since,
        idle_days=(around.today(account.id) - begun).days,
        last_holder=pool.last_holder,
        unit_price=around.unit_price(account.id, pool.product_id),
        cost=around.cost(account.id, pool.product_id, idle),
        currency=account.currency,
        time_zone=account.time_zone,
        released_on=account.pending.effective_on if account.pending else None,
    )


def _blocked_row(around: Surroundings, licenses: Sequence[Held]) -> BlockedRow:
    user = licenses[0]
    account = around.accounts[user.account_id]
    costs = [around.cost(account.id, held.product_id, 1) for held in licenses]
    return BlockedRow(
        account_id=account.id,
        account=account.name,
        domain=account.domain,
        user_id=user.user_id,
        upn=user.upn,
        name=user.name,
        products=tuple(sorted(around.products[held.product_id].name for held in licenses)),
        cost=_sum(costs, account.currency),
        unpriced=costs.count(None),
        currency=account.currency,
        mode=account.mode,
    )


def _overlaps(around: Surroundings, licenses: Sequence[Held], contained: Contained) -> Iterator[OverlapRow]:
    products = [around.products[held.product_id] for held in licenses]
    names = {product.guid: product.name for product in products}
    for held, product in zip(licenses, products, strict=True):
        larger = within(product.guid, names, contained)
        if larger:
            yield _overlap_row(around, held, min(names[guid] for guid in larger))


def _overlap_row(around: Surroundings, held: Held, within: str) -> OverlapRow:
    account, product = around.accounts[held.account_id], around.products[held.product_id]
    return OverlapRow(
        account_id=account.id,
        account=account.name,
        domain=account.domain,
        user_id=held.user_id,
        upn=held.upn,
        name=held.name,
        product_id=held.product_id,
        part_number=product.part_number,
        product=product.name,
        within=within,
        cost=around.cost(account.id, held.product_id, 1),
        currency=account.currency,
        mode=account.mode,
    )


def _cost_row(around: Surroundings, account: AccountRow, held: Iterable[Holding]) -> CostRow:
    counted = [one for one in held if one.seats]
    costs = [around.cost(account.id, one.product_id, one.seats) for one in counted]
    idle = [one for one in counted if one.available and around.products[one.product_id].assignable_to == "user"]
    idle_costs = [around.cost(account.id, one.product_id, one.available) for one in idle]
    return CostRow(
        account_id=account.id,
        account=account.name,
        domain=account.domain,
        mode=account.mode,
        seats=account.seats,
        assigned=account.assigned,
        cost=_sum(costs, account.currency),
        idle_cost=_sum(idle_costs, account.currency),
        unpriced=costs.count(None),
        currency=account.currency,
        share=Decimal(),
        idle_unpriced=idle_costs.count(None),
    )


def _total(currency: str, rows: Sequence[CostRow]) -> CurrencyTotal:
    return CurrencyTotal(
        currency=currency,
        accounts=len(rows),
        seats=sum(row.seats for row in rows),
        cost=_sum([row.cost for row in rows], currency),
        idle_cost=_sum([row.idle_cost for row in rows], currency),
        unpriced=sum(row.unpriced for row in rows),
        idle_unpriced=sum(row.idle_unpriced for row in rows),
    )


def _sum(costs: Iterable[Decimal | None], currency: str) -> Decimal:
    """What is known of costs, with the decimals of the currency."""
    return sum((cost for cost in costs if cost is not None), nothing(currency))


def _dearest_first(rows: Iterable[Row]) -> list[Row]:
    """Currency by currency, for amounts of two cannot be compared; what costs the same by account."""
    return sorted(rows, key=lambda row: (row.currency, -(row.cost or 0), row.account, row.account_id))
