"""What the mode advisor recommends, from the replay of an account's past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from cpdesk.base.errors import UserError
from cpdesk.base.regions import minor_digits
from cpdesk.domain.advice import Advice, MonthCost, ProductAdvice, Recommendation
from cpdesk.domain.catalog import Product
from cpdesk.domain.histories import History
from cpdesk.domain.modes import Mode
from cpdesk.domain.prices import AccountPricing
from cpdesk.domain.replay import Replay, Use, complete_months, first_whole_month, month_before, replay
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.shares import rounded, share
from cpdesk.domain.statements import days_of_month
from cpdesk.domain.switching import first_of_next_month

MOST_MONTHS = 24
MATTERS = Decimal("0.02")
"""A smaller part of what the dearer mode costs makes no difference: a joiner more or less outweighs it."""

_END = datetime.max.replace(tzinfo=UTC)
_EMPTY = Replay((), (), 0, frozenset())


@dataclass(frozen=True, slots=True)
class Case:
    """One account with all that the advisor has to know of it."""

    account: AccountRow
    history: History
    """From before the first month that may be replayed until now."""
    pricing: AccountPricing
    first_day: date | None
    """Account-local: of its first entry in the ledger; None where it has none."""
    today: date
    """Account-local."""
    products: Mapping[int, Product]
    """The catalogue."""

    def name(self, product_id: int) -> str:
        return self.products[product_id].name

    def is_tenant(self, product_id: int) -> bool:
        return self.products[product_id].assignable_to == "tenant"


@dataclass(frozen=True, slots=True)
class _Costs:
    """The sums of a replay, and how far apart they are."""

    months: int
    actual: Decimal
    usage: Decimal
    purchase: Decimal
    digits: int
    """Decimals of the currency."""
    comparable: bool
    """Whether every line has its prices: one without would be taken for nothing."""

    @property
    def enough(self) -> Fraction:
        """From how much on a difference matters; 0 where nothing can be compared."""
        return Fraction(max(self.usage, self.purchase)) * Fraction(MATTERS) if self.comparable else Fraction()

    def matter(self) -> bool:
        """Whether the modes differ by enough."""
        return self.usage != self.purchase and Fraction(abs(self.usage - self.purchase)) >= self.enough

    def saved(self, cost: Decimal) -> Decimal:
        """A month, against what was paid; never negative, and 0 where the two cannot be compared."""
        if not self.comparable:
            return self.a_month(Fraction())
        return self.a_month(Fraction(max(self.actual - cost, Decimal())))

    def a_month(self, amount: Fraction) -> Decimal:
        return rounded(amount / max(self.months, 1), self.digits)


def require_months(months: int) -> None:
    """Raise UserError `bad_months` for a number of months that cannot be looked back on."""
    if not 1 <= months <= MOST_MONTHS:
        raise UserError("bad_months", months=months, most=MOST_MONTHS)


def days_around(today: date, months: int) -> tuple[date, date]:
    """Days between which so many complete months lie whole in every zone, and the present; `today` is that of UTC."""
    first = today
    for _month in range(months + 1):
        first = month_before(first)
    return first, today + timedelta(days=1)


def advise(case: Case, most_months: int) -> Advice:
    """What an account should do, from at most so many of its latest complete months."""
    tenant = {number for number in case.history.products if case.is_tenant(number)}
    months = complete_months(case.first_day, case.today, most_months)
    past = replay(case.history, case.pricing, months, tenant) if months else _EMPTY
    last = days_of_month(months[-1])[-1] if months else case.today
    products = tuple(_product(case, use, past.days, last) for use in past.uses)
    return _advice(case, past, products, months[0] if months else case.today.replace(day=1))


def _advice(case: Case, past: Replay, products: Sequence[ProductAdvice], first: date) -> Advice:
    unpriced = sorted(case.name(number) for number in past.unpriced)
    costs = _costs(past.by_month, minor_digits(case.account.currency), comparable=not unpriced)
    forcing = _forcing(case)
    said = _recommended(costs, forced=bool(forcing))
    pools = [product for product in products if not product.tenant]
    stays = said is Recommendation.PURCHASE and case.account.mode is Mode.PURCHASE
    return Advice(
        account_id=case.account.id,
        account=case.account.name,
        domain=case.account.domain,
        currency=case.account.currency,
        mode=case.account.mode,
        pending=case.account.pending is not None,
        first=first,
        months=costs.months,
        actual=costs.actual,
        usage_cost=costs.usage,
        purchase_cost=costs.purchase,
        unpriced=tuple(unpriced),
        products=tuple(products),
        by_month=past.by_month,
        utilisation=_utilisation(case, past),
        break_even=_break_even(pools),
        turnover=_turnover(past, costs.months),
        tenant_products=tuple(forcing),
        recommended=said,
        saving_per_month=_saving(case, said, costs),
        ready_on=_ready_on(case) if said is Recommendation.TOO_SHORT else None,
        pool_saving=costs.saved(costs.purchase) if stays else costs.a_month(Fraction()),
        matters_from=costs.a_month(costs.enough),
        matters_share=MATTERS,
    )


def _costs(by_month: Sequence[MonthCost], digits: int, *, comparable: bool) -> _Costs:
    zero = Decimal().scaleb(-digits)
    return _Costs(
        months=len(by_month),
        actual=sum((month.actual for month in by_month), zero),
        usage=sum((month.usage for month in by_month), zero),
        purchase=sum((month.purchase for month in by_month), zero),
        digits=digits,
        comparable=comparable,
    )


def _recommended(costs: _Costs, *, forced: bool) -> Recommendation:
    """The first that holds. Where the tenant's products leave no choice, no price is needed to say so."""
    if not costs.months:
        return Recommendation.TOO_SHORT
    if forced:
        return Recommendation.PURCHASE
    if not costs.comparable:
        return Recommendation.UNPRICED
    if not costs.matter():
        return Recommendation.EITHER
    return Recommendation.USAGE if costs.usage < costs.purchase else Recommendation.PURCHASE


def _saving(case: Case, said: Recommendation, costs: _Costs) -> Decimal:
    """Only where a change of mode is recommended."""
    if said is Recommendation.PURCHASE and case.account.mode is Mode.USAGE:
        return costs.saved(costs.purchase)
    if said is Recommendation.USAGE and case.account.mode is Mode.PURCHASE:
        return costs.saved(costs.usage)
    return costs.a_month(Fraction())


def _forcing(case: Case) -> list[str]:
    """Names of the products of the tenant that the account holds now."""
    held = (number for number, product in case.history.products.items() if product.before(_END)[0])
    return sorted(case.name(number) for number in held if case.is_tenant(number))


def _ready_on(case: Case) -> date | None:
    """When the first complete month will be over."""
    return first_of_next_month(first_whole_month(case.first_day)) if case.first_day else None


def _product(case: Case, use: Use, days: int, last: date) -> ProductAdvice:
    product, tenant = case.products[use.product_id], case.is_tenant(use.product_id)
    usage, purchase = (_price(case, use.product_id, mode, last) for mode in (Mode.USAGE, Mode.PURCHASE))
    return ProductAdvice(
        product_id=use.product_id,
        part_number=product.part_number,
        product=product.name,
        pool=use.pool,
        average_assigned=rounded(Fraction(use.assigned_days, days), 2),
        usage_price=usage,
        purchase_price=purchase,
        break_even=None if tenant else _ratio(purchase, usage),
        tenant=tenant,
    )


def _price(case: Case, product_id: int, mode: Mode, day: date) -> Decimal | None:
    price = case.pricing.unit_price(product_id, mode, day)
    return price.amount if price else None


def _utilisation(case: Case, past: Replay) -> Decimal | None:
    uses = [use for use in past.uses if not case.is_tenant(use.product_id)]
    return share(sum(use.assigned_days for use in uses), sum(use.pool for use in uses) * past.days)


def _break_even(pools: Sequence[ProductAdvice]) -> Decimal | None:
    at_usage = at_purchase = Decimal()
    for product in pools:
        if product.usage_price is None or product.purchase_price is None:
            return None
        at_usage += product.pool * product.usage_price
        at_purchase += product.pool * product.purchase_price
    return share(at_purchase, at_usage)


def _turnover(past: Replay, months: int) -> Decimal | None:
    """Moves per assigned seat of an average day, and month."""
    assigned_days = sum(use.assigned_days for use in past.uses)
    return share(sum(use.moved for use in past.uses) * past.days, assigned_days * months)


def _ratio(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or whole is None else share(part, whole)
