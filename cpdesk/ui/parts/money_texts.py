"""Costs in words. Plain Python. What has no price is counted, never taken for nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_list, format_money
from cpdesk.base.i18n import _
from cpdesk.base.money_words import is_unpriced, no_price_text, sum_text
from cpdesk.base.regions import minor_digits
from cpdesk.domain.billing import Cost
from cpdesk.domain.forecast_money import monthly
from cpdesk.domain.statements import Total
from cpdesk.ui.texts import seats_text

_CURRENCY, _AMOUNT, _UNPRICED = attrgetter("currency"), attrgetter("amount"), attrgetter("unpriced")


@dataclass(frozen=True, slots=True)
class Priced:
    """Seats of one product, and what one of them costs a month."""

    seats: int
    unit_price: Decimal | None


def has_price(cost: Cost | Total) -> bool:
    """Whether anything of a cost has a price, so that there is an amount to tell; nothing at all costs nothing."""
    return not is_unpriced(cost.amount, cost.unpriced)


def cost_text(cost: Cost) -> str:
    """A cost as `sum_text` has it."""
    return sum_text(cost.amount, cost.currency, cost.unpriced)


def cost_of(priced: Iterable[Priced], currency: str) -> Cost:
    """What seats of some products cost a month."""
    amounts = [monthly(one.seats, one.unit_price, minor_digits(currency)) for one in priced]
    return Cost(sum((one for one in amounts if one is not None), Decimal()), currency, amounts.count(None))


def priced_seats_text(seats: int, cost: Cost) -> str:
    """ "3 seats ($66.00 a month)"; goes into sentences in the place of "3 seats"."""
    if not has_price(cost):
        text = _("{seats} (no price)")
    elif cost.unpriced:
        text = _("{seats} ({amount} a month, without what has no price)")
    else:
        text = _("{seats} ({amount} a month)")
    return text.format(seats=seats_text(seats), amount=format_money(cost.amount, cost.currency))


def sub_totals(costs: Iterable[Cost]) -> list[Cost]:
    """Sums by currency, in the order of their codes. Thousands of costs are added up at each key of a search."""
    listed = list(costs)
    currencies = sorted(set(map(_CURRENCY, listed)))
    if len(currencies) > 1:
        return [_total([cost for cost in listed if cost.currency == currency]) for currency in currencies]
    return [_total(listed)] if listed else []


def _total(costs: Sequence[Cost]) -> Cost:
    """The sum of costs in one currency."""
    return Cost(sum(map(_AMOUNT, costs), Decimal()), costs[0].currency, sum(map(_UNPRICED, costs)))


def monthly_text(costs: Iterable[Cost]) -> str:
    """What accounts cost together: "$70,840.25 and €1,204.00 a month · no price in KES"; "" for none."""
    return monthly_sums_text(sub_totals(costs))


def monthly_sums_text(sums: Sequence[Cost]) -> str:
    """The same for sums by currency. Of a currency in which nothing has a price its code is told."""
    amounts = [cost_text(cost) for cost in sums if has_price(cost)]
    if sums and not amounts:
        return no_price_text()
    codes = [cost.currency for cost in sums if not has_price(cost)]
    known = _("{amount} a month").format(amount=format_list(amounts)) if amounts else ""
    missing = _("no price in {currencies}").format(currencies=format_list(codes)) if codes else ""
    return beside(known, missing)
