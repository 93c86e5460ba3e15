"""What a change of mode does, computed from its forecast: the rows of the confirmation.

Plain Python: the confirmation shows, copies and prints these rows and decides nothing itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date, format_instant, format_money, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import mode_name
from cpdesk.base.money_words import no_price_text, sum_text
from cpdesk.domain.billing import Cost
from cpdesk.domain.forecast_money import ForecastMoney
from cpdesk.domain.forecasts import AMOUNTS, BlockedHolder, Difference, Forecast, ForecastLine
from cpdesk.domain.modes import Mode
from cpdesk.domain.statements import Total
from cpdesk.ui.parts.money_texts import has_price, priced_seats_text
from cpdesk.ui.parts.product_table import BACK_FIGURES, ProductFigure, cost_figure
from cpdesk.ui.texts import account_line, seats_text

SHOWN_PEOPLE = 5
"""More names than these are folded on the screen."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """One row: what happens, and the figure that goes with it."""

    text: str
    figure: str = ""
    people: tuple[str, ...] = ()
    """Whom, or which products, it is about, in full."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """All of the confirmation but its widgets."""

    account: str
    title: str
    mode: Mode
    to: Mode
    advice: str
    rows: tuple[Consequence, ...]
    products: tuple[ForecastLine, ...]
    figures: tuple[ProductFigure, ...]
    ticks: tuple[str, ...]
    """What has to be understood before the change can be made, each by itself."""
    closing: str


_POOL_FIGURES = (
    ProductFigure("pool", lambda: _("Opening pool"), lambda line: line.seats_after),
    cost_figure("before", lambda: _("Per month now"), lambda money: money.before),
    cost_figure("after", lambda: _("Per month after"), lambda money: money.after),
)


def consequences(forecast: Forecast) -> Consequences:
    """Everything the requester is told before confirming."""
    back = forecast.to is Mode.USAGE
    return Consequences(
        account=account_line(forecast.account, forecast.domain),
        title=title(forecast.to),
        mode=forecast.mode,
        to=forecast.to,
        advice=_advice_to_usage(forecast) if back else _advice_to_purchase(forecast),
        rows=(_takes_effect(forecast), *(_rows_to_usage(forecast) if back else _rows_to_purchase(forecast))),
        products=forecast.lines,
        figures=BACK_FIGURES if back else _POOL_FIGURES,
        ticks=tuple(map(_tick_of_loss, forecast.lost)) if back else (_tick_of_purchase(forecast),),
        closing=_closing_to_usage(forecast) if back else _closing_to_purchase(),
    )


def title(to: Mode) -> str:
    """The question."""
    return _("Change to Usage Mode?") if to is Mode.USAGE else _("Change to Purchase Mode?")


def keep_text(mode: Mode) -> str:
    """The answer that changes nothing."""
    return _("No, Keep Usage Mode") if mode is Mode.USAGE else _("No, Keep Purchase Mode")


def folded_people(people: tuple[str, ...]) -> tuple[str, str]:
    """The names that are shown at first, and how many are folded away ("" for none)."""
    shown, hidden = people[:SHOWN_PEOPLE], people[SHOWN_PEOPLE:]
    more = ngettext("and {number} more", "and {number} more", len(hidden)).format(number=format_number(len(hidden)))
    return beside(*shown, between=", "), more if hidden else ""


def difference_text(difference: Difference) -> str:
    """What changed between showing a forecast and accepting it: "Seats of Office 365 E3: 60 → 61"."""
    what = _DIFFERENCES[difference.what]().format(product=difference.subject)
    shown, now = _fact(difference.what, difference.shown), _fact(difference.what, difference.now)
    return f"{what}: {shown} → {now}"


def blocked_note(forecast: Forecast) -> str:
    """Who is blocked and still holds licenses, on one line; "" where nobody is."""
    if not forecast.blocked:
        return ""
    row = _blocked(forecast.blocked)
    names, more = folded_people(row.people)
    return f"{row.text}: {names} {more}".rstrip()


def _when(forecast: Forecast) -> str:
    if forecast.due_at is not None:
        return format_instant(forecast.due_at, forecast.time_zone)
    return _("Immediately, on {date} ({zone})").format(date=format_date(forecast.effective_on), zone=forecast.time_zone)


def _takes_effect(forecast: Forecast) -> Consequence:
    return Consequence(_("Takes effect"), _when(forecast))


def _advice_to_usage(forecast: Forecast) -> str:
    return _("Review what {account} needs first. Nobody, support included, can complete the change earlier.").format(
        account=forecast.account
    )


def _advice_to_purchase(forecast: Forecast) -> str:
    return _(
        "Review what {account} needs first. The way back takes until the first day of the month after the request, "
        "and nobody, support included, can shorten it."
    ).format(account=forecast.account)


def _rows_to_usage(forecast: Forecast) -> tuple[Consequence, ...]:
    after = forecast.seats - forecast.released
    since = _("Billable seats from {date} on").format(date=format_date(forecast.effective_on))
    return (
        *_costs_until(forecast),
        Consequence(_("Seats that nobody holds are released then"), _released(forecast)),
        Consequence(since, seats_text(after)),
        *_costs_after(forecast),
        *((_blocked(forecast.blocked),) if forecast.blocked else ()),
    )


def _costs_until(forecast: Forecast) -> tuple[Consequence, ...]:
    money, seats = forecast.money, seats_text(forecast.seats)
    text = _("Until then every seat stays billable, assigned or not")
    if money is None or not forecast.seats:
        return (Consequence(text, seats),)
    row = Consequence(text, _("{seats} ({amount})").format(seats=seats, amount=_amount(money.until, money)))
    if not forecast.released:
        return (row,)
    return row, Consequence(_("Of that, for seats that nobody holds"), _amount(money.idle_until, money))


def _released(forecast: Forecast) -> str:
    money = forecast.money
    if money is None or not forecast.released:
        return seats_text(forecast.released)
    return priced_seats_text(forecast.released, Cost(money.idle.amount, money.currency, money.idle.unpriced))


def _costs_after(forecast: Forecast) -> tuple[Consequence, ...]:
    if forecast.money is None:
        return ()
    money, date_text = forecast.money, format_date(forecast.effective_on)
    after = _amount(money.after, money)
    if has_price(money.before) or has_price(money.after):
        after = _("{amount} (now {before})").format(amount=after, before=_amount(money.before, money))
    cost = Consequence(_("Cost per month from {date} on").format(date=date_text), after)
    return (cost, _unpriced(forecast)) if forecast.unpriced else (cost,)


def _unpriced(forecast: Forecast) -> Consequence:
    number = len(forecast.unpriced)
    text = ngettext(
        "{number} product has no price in one of the modes, so its cost is missing in these amounts",
        "{number} products have no price in one of the modes, so their cost is missing in these amounts",
        number,
    )
    names = tuple(line.name for line in forecast.unpriced)
    return Consequence(text.format(number=format_number(number)), people=names)


def _amount(total: Total, money: ForecastMoney) -> str:
    return sum_text(total.amount, money.currency, total.unpriced)


def _blocked(holders: tuple[BlockedHolder, ...]) -> Consequence:
    text = ngettext(
        "{number} blocked user still holds licenses, which stay billed",
        "{number} blocked users still hold licenses, which stay billed",
        len(holders),
    ).format(number=format_number(len(holders)))
    held = sum(len(holder.licenses) for holder in holders)
    return Consequence(text, seats_text(held), tuple(holder.display_name or holder.upn for holder in holders))


def _rows_to_purchase(forecast: Forecast) -> tuple[Consequence, ...]:
    opening = _("The pool opens with the seats assigned today; nobody loses a license")
    return (
        Consequence(opening, seats_text(forecast.seats - forecast.released)),
        *_costs_after(forecast),
        Consequence(_("Removing users or licenses will no longer lower the bill: their seats stay in the pool")),
        *_earliest_return(forecast.earliest_return),
        *_least_spend(forecast),
    )


def _least_spend(forecast: Forecast) -> tuple[Consequence, ...]:
    money = forecast.money
    if money is None or forecast.earliest_return is None or not has_price(money.until):
        return ()
    text = _("The least that will have been spent by then, from today on")
    return (Consequence(text, _amount(money.until, money)),)


def _earliest_return(day: date | None) -> tuple[Consequence, ...]:
    if day is None:
        return ()
    last_day = format_date(day - timedelta(days=1))
    text = _("Earliest return to Usage Mode, if requested by {date}").format(date=last_day)
    return (Consequence(text, format_date(day)),)


def _tick_of_loss(line: ForecastLine) -> str:
    return ngettext(
        "I understand: {number} seat of {product} belongs to no user and will be lost",
        "I understand: {number} seats of {product} belong to no user and will be lost",
        line.released,
    ).format(number=format_number(line.released), product=line.name)


def _tick_of_purchase(forecast: Forecast) -> str:
    if forecast.earliest_return is None:
        return _("I understand: removing users or licenses will no longer lower the bill")
    return _(
        "I understand: removing users or licenses will no longer lower the bill, "
        "and Usage Mode can be back on {date} at the earliest"
    ).format(date=format_date(forecast.earliest_return))


def _closing_to_usage(forecast: Forecast) -> str:
    return _(
        "Until {date} the request can be withdrawn with Keep Purchase Mode. If cpdesk is closed then, "
        "the change completes at its next start, effective {date}."
    ).format(date=format_date(forecast.effective_on))


def _closing_to_purchase() -> str:
    return _("Seats are added and removed on the Subscriptions tab from then on.")


_DIFFERENCES: dict[str, Callable[[], str]] = {
    "account": lambda: _("Account"),
    "mode": lambda: _("Billing mode"),
    "effective_on": lambda: _("Date of the change"),
    "earliest_return": lambda: _("Earliest return to Usage Mode"),
    "seats": lambda: _("Seats of {product}"),
    "assigned": lambda: _("Assigned seats of {product}"),
    "released": lambda: _("Released seats of {product}"),
    "price_before": lambda: _("Present price of a seat of {product}"),
    "price_after": lambda: _("Price of a seat of {product} after the change"),
    "monthly_before": lambda: _("Cost per month now"),
    "monthly_after": lambda: _("Cost per month after the change"),
    "idle_monthly": lambda: _("Cost per month of the seats that are released"),
    "until_effective": lambda: _("Cost until the change"),
    "idle_until": lambda: _("Cost until the change of the seats that nobody holds"),
    "least_spend": lambda: _("Least spent by the earliest return"),
    "unpriced": lambda: _("Products without a price"),
    "blocked": lambda: _("Blocked users who hold licenses"),
}


_MONEY = frozenset({*AMOUNTS, "price_before", "price_after"})


def _fact(what: str, value: str) -> str:
    if what == "account":
        return value
    if what == "mode":
        return mode_name(value)
    if what in {"effective_on", "earliest_return"}:
        return format_date(date.fromisoformat(value))
    if what == "blocked":
        return value or _("nobody")
    if what in _MONEY:
        return ", ".join(map(_money_fact, value.split(", "))) if value else no_price_text()
    return format_number(int(value)) if value else _("not known")


def _money_fact(value: str) -> str:
    amount, currency = value.split(" ")
    return format_money(Decimal(amount), currency)
