"""The columns of Pending Changes, and the line over them."""

from collections.abc import Sequence

from cpdesk.base.formats import format_date, format_instant, format_list, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.money_words import sum_text
from cpdesk.domain.billing import Cost
from cpdesk.domain.forecast_money import ForecastMoney
from cpdesk.domain.forecasts import QueuedSwitch
from cpdesk.domain.statements import Total
from cpdesk.ui.pages.customers.cost_column import cost_column
from cpdesk.ui.parts.money_texts import has_price, monthly_text
from cpdesk.ui.texts import seats_text
from cpdesk.ui.widgets.chips import pending_look
from cpdesk.ui.widgets.columns import Column, number_column


def pending_columns() -> tuple[Column[QueuedSwitch], ...]:
    """What is told of each change."""
    return (
        Column(
            "date",
            lambda: _("Effective"),
            lambda row: row.switch.due_at,
            text=_date,
            chip=lambda row: pending_look(_date(row)),
            export=lambda row: row.switch.effective_on,
            tooltip=lambda row: format_instant(row.switch.due_at, row.switch.time_zone),
        ),
        Column("name", lambda: _("Account"), lambda row: row.account.name, strong=True, stretch=1, min_width=144),
        Column(
            "domain",
            lambda: _("Domain"),
            lambda row: row.account.domain,
            soft=True,
            stretch=2,
            min_width=88,
            yields=True,
        ),
        number_column("released", lambda: _("Seats released"), released_seats, tooltip=released_text),
        cost_column("idle", lambda: _("Released, per month"), idle_cost),
        Column(
            "requested_by",
            lambda: _("Requested by"),
            lambda row: row.switch.requested_by,
            tooltip=lambda row: row.switch.requested_by,
            stretch=3,
            min_width=104,
            yields=True,
        ),
    )


def released_seats(row: QueuedSwitch) -> int:
    """How many seats a change releases as things stand."""
    return sum(line.released for line in row.released)


def idle_cost(row: QueuedSwitch) -> Cost | None:
    """What the seats that a change releases cost a month until then; None where nothing was asked about prices."""
    money = row.money
    return Cost(money.idle.amount, money.currency, money.idle.unpriced) if money else None


def released_text(row: QueuedSwitch) -> str:
    """Which ones: "6 seats of Microsoft 365 Business Premium and 3 seats of Office 365 E3"."""
    of = _("{seats} of {product}")
    return format_list([of.format(seats=seats_text(line.released), product=line.name) for line in row.released])


def contains(words: Sequence[str], row: QueuedSwitch) -> bool:
    """Whether each of the words (casefolded) occurs in the account, its domains, a released product or the operator."""
    account, products = row.account, (line.name for line in row.released)
    parts = (account.name, account.domain, *account.aliases, row.switch.requested_by, *products)
    text = "\n".join(parts).casefold()
    return all(word in text for word in words)


def queue_text(queue: Sequence[QueuedSwitch]) -> str:
    """ "3 pending changes · 31 seats will be released"; "" where nothing is pending."""
    if not queue:
        return ""
    changes = ngettext("{number} pending change", "{number} pending changes", len(queue))
    seats = sum(map(released_seats, queue))
    released = ngettext("{number} seat will be released", "{number} seats will be released", seats)
    idle = monthly_text(cost for row in queue if (cost := idle_cost(row)) and has_price(cost))
    stake = _("idle seats cost {amount}").format(amount=idle) if idle else ""
    parts = changes.format(number=format_number(len(queue))), released.format(number=format_number(seats)), stake
    return " · ".join(filter(None, parts))


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


def _date(row: QueuedSwitch) -> str:
    return format_date(row.switch.effective_on)
