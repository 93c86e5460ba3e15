"""The key figures of the Tools tab, in words: seats and cost now, and in the other mode. Plain Python."""

from dataclasses import dataclass

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date, format_money, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.money_words import no_price_text, sum_text
from cpdesk.domain.forecast_money import ForecastMoney
from cpdesk.domain.forecasts import Forecast
from cpdesk.domain.modes import Mode
from cpdesk.domain.statements import Total
from cpdesk.ui.pages.services.facts import ServiceFacts
from cpdesk.ui.pages.services.seat_counts import totals
from cpdesk.ui.parts.money_texts import Priced, cost_of, cost_text, has_price


@dataclass(frozen=True, slots=True)
class FigureText:
    """A key figure in words."""

    label: str
    figure: str
    note: str


def figures(facts: ServiceFacts) -> tuple[FigureText, ...]:
    """How many seats are billed, what they cost, and what they will or would cost in the other mode."""
    shown = [_seats(facts), _cost(facts)]
    forecast = facts.outlook or facts.other_mode
    if forecast and forecast.money:
        pending = facts.outlook is not None
        label, note = _label_after(forecast, pending=pending), _note_after(forecast, pending=pending)
        shown.append(_costing(label, forecast.money.after, forecast.money.currency, note))
    return tuple(shown)


def _seats(facts: ServiceFacts) -> FigureText:
    sums = totals(facts.subscriptions)
    note = _("{assigned} assigned · {available} available")
    if sums.of_tenant:
        note = _("{assigned} assigned · {available} available · {tenant} of the tenant")
    counts = {"assigned": sums.assigned, "available": sums.available, "tenant": sums.of_tenant}
    note = note.format(**{name: format_number(count) for name, count in counts.items()})
    return FigureText(_("Seats billed today"), format_number(sums.seats), note)


def _cost(facts: ServiceFacts) -> FigureText:
    currency = facts.account.currency
    cost = cost_of([Priced(row.seats, facts.unit_price(row.product_id)) for row in facts.subscriptions], currency)
    return _costing(_("Cost per month now"), Total(cost.amount, cost.unpriced), currency, _idle_note(facts))


def _costing(label: str, total: Total, currency: str, note: str) -> FigureText:
    """A cost as a key figure; what is missing in it stands in the note, where there is room."""
    if not total.unpriced:
        return FigureText(label, format_money(total.amount, currency), note)
    text = ngettext(
        "without {number} product that has no price", "without {number} products that have no price", total.unpriced
    ).format(number=format_number(total.unpriced))
    figure = format_money(total.amount, currency) if has_price(total) else no_price_text()
    return FigureText(label, figure, f"{text} · {note}")


def _idle_note(facts: ServiceFacts) -> str:
    """What nobody uses costs; what belongs to the tenant is in use."""
    if facts.account.mode is Mode.USAGE:
        return _("No idle seats: a seat leaves with its license.")
    idle = [row for row in facts.subscriptions if row.available and row.assignable_to == "user"]
    if not idle:
        return _("Every seat that users can hold is assigned.")
    cost = cost_of([Priced(row.available, facts.unit_price(row.product_id)) for row in idle], facts.account.currency)
    if not has_price(cost):
        return _("no price for the idle seats")
    return _("of which idle seats {amount}").format(amount=cost_text(cost))


def _label_after(forecast: Forecast, *, pending: bool) -> str:
    if pending:
        return _("From {date} in Usage Mode").format(date=format_date(forecast.effective_on))
    if forecast.to is Mode.USAGE:
        return _("Cost per month in Usage Mode")
    return _("Cost per month in Purchase Mode")


def _note_after(forecast: Forecast, *, pending: bool) -> str:
    money = forecast.money
    assert money is not None
    if forecast.to is Mode.PURCHASE:
        return beside(_("from today"), _change(money), _least_spend(forecast, money))
    earliest = _("from {date} at the earliest").format(date=format_date(forecast.effective_on))
    parts = ("" if pending else earliest, _released(forecast.released), _change(money), _idle_until(forecast, money))
    return beside(*parts)


def _idle_until(forecast: Forecast, money: ForecastMoney) -> str:
    if not forecast.released or not has_price(money.idle_until):
        return ""
    return _("released seats cost {amount} until then").format(amount=_sum(money.idle_until, money))


def _least_spend(forecast: Forecast, money: ForecastMoney) -> str:
    if forecast.earliest_return is None or not forecast.seats or not has_price(money.until):
        return ""
    text = _("at least {amount} spent by {date}, the earliest return")
    return text.format(amount=_sum(money.until, money), date=format_date(forecast.earliest_return))


def _change(money: ForecastMoney) -> str:
    """By how much the bill changes; nothing where a price that is missing may turn it."""
    if money.before.unpriced or money.after.unpriced:
        return ""
    less = money.monthly_before - money.monthly_after
    if not less:
        return _("as much as now")
    text = _("{amount} less") if less > 0 else _("{amount} more")
    return text.format(amount=format_money(abs(less), money.currency))


def _sum(total: Total, money: ForecastMoney) -> str:
    return sum_text(total.amount, money.currency, total.unpriced)


def _released(number: int) -> str:
    return ngettext("{number} seat released", "{number} seats released", number).format(number=format_number(number))
