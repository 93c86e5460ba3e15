"""What a change of mode costs, as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.i18n import _
from cpdesk.base.money_words import amount_text, is_unpriced, sum_text
from cpdesk.cli.tables import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cpdesk.domain.forecast_money import ForecastMoney
    from cpdesk.domain.forecasts import Forecast, ForecastLine
    from cpdesk.domain.statements import Total


def forecast_money(shown: Forecast) -> Iterator[str]:
    """The amounts of a forecast; nothing where no prices were asked for."""
    money = shown.money
    if money is None:
        return
    yield _("Cost per month: {before} now, {after} from {date} on.").format(
        before=_sum(money.before, money), after=_sum(money.after, money), date=formats.format_date(shown.effective_on)
    )
    if not is_unpriced(money.until.amount, money.until.unpriced):
        yield _until(shown, money)
    for line in shown.unpriced:
        yield _("Not in these amounts, because it has no price in one of the modes: {product}.").format(
            product=line.name
        )


def _until(shown: Forecast, money: ForecastMoney) -> str:
    if shown.earliest_return:
        return _("At least {amount} will have been spent by {date}, the earliest return to Usage Mode.").format(
            amount=_sum(money.until, money), date=formats.format_date(shown.earliest_return)
        )
    return _("Until then the seats cost {amount}, those that nobody holds {idle} of it.").format(
        amount=_sum(money.until, money), idle=_sum(money.idle_until, money)
    )


def monthly_cells(line: ForecastLine) -> list[Figure]:
    """What a product costs a month before and after the change."""
    money = line.money
    if money is None:
        return [Figure()] * 2
    return [Figure(amount_text(amount, money.currency)) for amount in (money.before, money.after)]


def _sum(total: Total, money: ForecastMoney) -> str:
    return sum_text(total.amount, money.currency, total.unpriced)
