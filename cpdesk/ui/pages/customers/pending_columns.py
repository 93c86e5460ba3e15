"""The columns of Pending Changes, and the line over them."""

from collections.abc import Sequence

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date, format_instant, format_list, format_number, format_short_date
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.money_words import sum_text
from cpdesk.domain.forecast_money import ForecastMoney
from cpdesk.domain.forecasts import QueuedSwitch
from cpdesk.domain.statements import Total
from cpdesk.ui.pages.customers.cost_column import cost_column
from cpdesk.ui.pages.customers.time_line import (
    Line,
    date_look,
    idle_cost,
    seats,
    state_look,
    state_text,
    what_text,
)
from cpdesk.ui.parts.money_texts import has_price, monthly_text
from cpdesk.ui.texts import account_line, seats_text
from cpdesk.ui.widgets.columns import Align, Column


def pending_columns(*, in_account: bool = False) -> tuple[Column[Line], ...]:
    """What is told of each change; inside an account its name is told by the bar on top."""
    whose = () if in_account else (_account_column(),)
    return (
        Column(
            "date",
            lambda: _("Date"),
            lambda row: row.due_at,
            text=_date,
            chip=lambda row: date_look(row, _date(row)),
            export=lambda row: row.on,
            tooltip=lambda row: format_instant(row.due_at, row.time_zone),
        ),
        *whose,
        Column("what", lambda: _("What"), what_text, stretch=3, min_width=176),
        Column("state", lambda: _("State"), state_text, chip=state_look, min_width=104),
        Column("released", lambda: _("Seats"), seats, _seats, Align.END, tooltip=_released_text),
        cost_column("idle", lambda: _("Released, per month"), idle_cost),
    )


def _account_column() -> Column[Line]:
    return Column(
        "name",
        lambda: _("Account"),
        lambda row: row.account,
        strong=True,
        stretch=2,
        min_width=128,
        tooltip=lambda row: account_line(row.account, row.domain),
        copy=lambda row: account_line(row.account, row.domain),
    )


def released_seats(row: QueuedSwitch) -> int:
    """How many seats a change releases as things stand."""
    return sum(line.released for line in row.released)


def released_text(row: QueuedSwitch) -> str:
    """Which ones: "6 seats of Microsoft 365 Business Premium and 3 seats of Office 365 E3"."""
    of = _("{seats} of {product}")
    return format_list([of.format(seats=seats_text(line.released), product=line.name) for line in row.released])


def time_line_text(shown: Sequence[Line]) -> str:
    """ "3 pending changes · 2 planned · 1 left something undone · 31 seats will be released"; "" for nothing."""
    switches = [line.switch for line in shown if line.switch is not None]
    planned = sum(line.plan is not None and line.plan.waits for line in shown)
    alarms = sum(line.plan is not None and line.plan.alarms for line in shown)
    texts = (
        _counted(alarms, ngettext("{number} left something undone", "{number} left something undone", alarms)),
        _counted(planned, ngettext("{number} planned", "{number} planned", planned)),
        queue_text(switches),
    )
    return beside(*texts)


def _counted(number: int, text: str) -> str:
    return text.format(number=format_number(number)) if number else ""


def queue_text(queue: Sequence[QueuedSwitch]) -> str:
    """ "3 pending changes · 31 seats will be released"; "" where nothing is pending."""
    if not queue:
        return ""
    changes = ngettext("{number} pending change", "{number} pending changes", len(queue))
    count = sum(map(released_seats, queue))
    released = ngettext("{number} seat will be released", "{number} seats will be released", count)
    idle = monthly_text(cost for row in queue if (cost := idle_cost(Line(row, {}))) and has_price(cost))
    stake = _("idle seats cost {amount}").format(amount=idle) if idle else ""
    parts = changes.format(number=format_number(len(queue))), released.format(number=format_number(count)), stake
    return beside(*parts)


def stake_text(row: QueuedSwitch) -> str:
    """What the change does to the bill, and what waiting for it costs; "" where nothing has a price."""
    money = row.money
    if money is None or not (has_price(money.before) or has_price(money.after)):
        return ""
    texts = {name: sum_text(of.amount, money.currency, of.unpriced) for name, of in _sums(money).items()}
    date = format_date(row.switch.effective_on)
    cost = _("Cost per month now {before}, from {date} on {after}.").format(date=date, **texts)
    if not released_seats(row) or not has_price(money.idle_until):
        return cost
    idle = _("Until then the seats that are released cost {idle_until}.").format(**texts)
    return f"{cost} {idle}"


def _sums(money: ForecastMoney) -> dict[str, Total]:
    return {"before": money.before, "after": money.after, "idle_until": money.idle_until}


def request_text(row: QueuedSwitch) -> str:
    """Who asked for it, and when."""
    return _("Requested by {operator} on {instant}.").format(
        operator=row.switch.requested_by, instant=format_instant(row.switch.requested_at, row.switch.time_zone)
    )


def _date(row: Line) -> str:
    return format_short_date(row.on)


def _seats(row: Line) -> str:
    count = seats(row)
    return "" if count is None else format_number(count)


def _released_text(row: Line) -> str:
    return released_text(row.switch) if row.switch is not None else what_text(row)
