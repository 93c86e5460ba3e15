"""How an advice is computed, with its own numbers. Plain Python."""

from collections.abc import Sequence
from decimal import Decimal

from cpdesk.base.advice_words import percent
from cpdesk.base.formats import format_money, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.advice import Advice, ProductAdvice, Recommendation
from cpdesk.domain.modes import Mode
from cpdesk.ui.widgets.chips import mode_name

_HUNDREDTHS = Decimal("0.01")

Line = tuple[str, str]
"""What it is, and the formula with its numbers and its result."""


def formulas(advice: Advice) -> list[Line]:
    """Each figure of the advice with how it comes about; nothing where there are no complete months."""
    if not advice.months:
        return []
    # Where a price is missing there is nothing to compare.
    lines = [] if advice.unpriced else [_difference(advice)]
    if advice.utilisation is not None:
        lines.append(_use(advice, advice.utilisation))
    if advice.break_even is not None:
        lines.append(_break_even(advice, advice.break_even))
    return lines


def _difference(advice: Advice) -> Line:
    """The saving where a change is recommended, else what lies between the modes."""
    wanted = {Recommendation.USAGE: Mode.USAGE, Recommendation.PURCHASE: Mode.PURCHASE}.get(advice.recommended)
    if advice.saving_per_month and wanted is not None:
        cost = advice.usage_cost if wanted is Mode.USAGE else advice.purchase_cost
        label = _("Saving a month: charged, less what {mode} would have cost").format(mode=mode_name(wanted))
        return label, _quotient(advice, advice.actual, cost, advice.saving_per_month)
    more, less = max(advice.usage_cost, advice.purchase_cost), min(advice.usage_cost, advice.purchase_cost)
    return _("Difference between the modes a month"), _quotient(advice, more, less, (more - less) / advice.months)


def _quotient(advice: Advice, more: Decimal, less: Decimal, result: Decimal) -> str:
    text = ngettext(
        "({more} \u2212 {less}) ÷ {number} month = {result}",
        "({more} \u2212 {less}) ÷ {number} months = {result}",
        advice.months,
    )
    return text.format(
        more=_money(more, advice),
        less=_money(less, advice),
        number=format_number(advice.months),
        result=_money(result, advice),
    )


def _use(advice: Advice, utilisation: Decimal) -> Line:
    products = _in_pools(advice)
    used = sum((product.average_assigned for product in products), Decimal())
    text = _("{used} of {pool} seats = {share}").format(
        used=format_number(used.quantize(_HUNDREDTHS)),
        pool=format_number(sum(product.pool for product in products)),
        share=percent(utilisation),
    )
    return _("In use on an average day, of the smallest pools"), text


def _break_even(advice: Advice, share: Decimal) -> Line:
    products = _in_pools(advice)
    at_purchase = sum((product.pool * (product.purchase_price or Decimal()) for product in products), Decimal())
    at_usage = sum((product.pool * (product.usage_price or Decimal()) for product in products), Decimal())
    text = _("{purchase} ÷ {usage} = {share}").format(
        purchase=_money(at_purchase, advice), usage=_money(at_usage, advice), share=percent(share)
    )
    return _("Break-even: the pools at Purchase prices, divided by the pools at Usage prices"), text


def _in_pools(advice: Advice) -> Sequence[ProductAdvice]:
    return [product for product in advice.products if not product.tenant]


def _money(amount: Decimal, advice: Advice) -> str:
    return format_money(amount, advice.currency)
