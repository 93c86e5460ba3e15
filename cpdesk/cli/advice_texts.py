"""What the mode advisor says, as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import advice_words, formats
from cpdesk.base.apart import beside
from cpdesk.base.i18n import _
from cpdesk.base.messages import mode_name
from cpdesk.base.money_words import amount_text
from cpdesk.cli.tables import Cell, indented, number, pairs, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from cpdesk.domain.advice import Advice


def one(advices: Sequence[Advice]) -> Iterator[str]:
    """A single account with its months and the assumptions."""
    for advice in advices:
        yield beside(advice.account, advice_words.headline(advice), between=": ")
        yield advice_words.reason(advice)
        if advice.months:
            yield ""
            yield from pairs(_facts(advice))
            if advice.unpriced:
                products = formats.format_list(advice.unpriced)
                yield _("Missing in these amounts, without a price: {products}.").format(products=products)
            yield ""
            yield from _months(advice)
        yield ""
        yield _("How this is computed:")
        yield from indented(advice_words.assumptions(advice))


def listed(advices: Sequence[Advice]) -> Iterator[str]:
    """Many accounts, a line each."""
    if not advices:
        yield _("There are no accounts to advise.")
        return
    titles = (_("Account"), _("Mode"), _("Months"), _("Advice"), _("Saving a month"), _("Reason"))
    yield from table(titles, [_line(advice) for advice in advices])


def _line(advice: Advice) -> Sequence[Cell]:
    saving = formats.format_money(advice.saving_per_month, advice.currency) if advice.saving_per_month else ""
    words = advice_words.headline(advice), saving, advice_words.reason(advice)
    return advice.account, mode_name(advice.mode), advice.months, *words


def _facts(advice: Advice) -> Sequence[tuple[str, Cell]]:
    def money(amount: Decimal) -> str:
        return formats.format_money(amount, advice.currency)

    facts: list[tuple[str, Cell]] = [
        (_("Complete months"), advice.months),
        (_("Charged"), money(advice.actual)),
        (_("Usage Mode"), money(advice.usage_cost)),
        (_("Purchase Mode, smallest pool"), money(advice.purchase_cost)),
    ]
    shares = (
        (_("In use on an average day"), advice.utilisation),
        (_("Break-even"), advice.break_even),
        (_("Seats changing hands a month"), advice.turnover),
    )
    facts += [(label, advice_words.percent(share)) for label, share in shares if share is not None]
    facts += [(product.product, number(product.pool)) for product in advice.products]
    return facts


def _months(advice: Advice) -> Iterator[str]:
    titles = (_("Month"), _("Mode"), _("Charged"), _("Usage Mode"), _("Purchase Mode"), _("Seats"), _("Assigned"))
    rows: list[Sequence[Cell]] = [
        (
            formats.format_month(month.month),
            mode_name(month.mode),
            formats.format_money(month.actual, advice.currency),
            *(
                amount_text(None if month.unpriced else amount, advice.currency)
                for amount in (month.usage, month.purchase)
            ),
            month.seats,
            month.assigned,
        )
        for month in advice.by_month
    ]
    yield from table(titles, rows)
