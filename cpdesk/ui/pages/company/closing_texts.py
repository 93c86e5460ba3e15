"""What closing an account does, in words. Plain Python."""

from cpdesk.base.billing_words import since_text
from cpdesk.base.formats import format_date, format_number
from cpdesk.base.i18n import _
from cpdesk.domain.companies import ClosingForecast
from cpdesk.ui.texts import account_line, planned_text, seats_text, users_text
from cpdesk.ui.widgets.chips import mode_name

Line = tuple[str, str]


def closing_lines(forecast: ClosingForecast) -> tuple[Line, ...]:
    """What happens, and the figure or the date that goes with it."""
    pending = forecast.ends_switch
    free = _("from {date} on").format(date=format_date(forecast.domain_free_on))
    ended: tuple[Line, ...] = ()
    if pending is not None:
        date = format_date(pending.effective_on)
        ended = ((_("Pending change to Usage Mode on {date}").format(date=date), _("ends, not completed")),)
    if forecast.ends_plans:
        ended = (*ended, (planned_text(forecast.ends_plans), _("ends, not carried out")))
    return (
        (
            _("Released at once; not billed {since}").format(since=since_text(forecast.falls_later)),
            seats_text(forecast.seats),
        ),
        (_("Stay listed, without licenses"), users_text(forecast.users)),
        *ended,
        (_("Statements and audit log"), _("remain")),
        (_("Another account can have the domain"), free),
        (_("It can be reopened, without seats"), _("while its domain is free")),
    )


def closing_differences(shown: ClosingForecast, now: ClosingForecast) -> tuple[str, ...]:
    """What changed between showing a forecast and accepting it: "Seats of Office 365 E3: 60 → 61"."""
    facts = (
        (_("Account"), _account(shown), _account(now)),
        (_("Billing mode"), mode_name(shown.account.mode), mode_name(now.account.mode)),
        *_seats(shown, now),
        (_("Users"), format_number(shown.users), format_number(now.users)),
        (_("Pending change to Usage Mode"), _pending(shown), _pending(now)),
        (_("Planned changes"), format_number(shown.ends_plans), format_number(now.ends_plans)),
        (_("No longer billed"), since_text(shown.falls_later), since_text(now.falls_later)),
        (_("Domain free from"), format_date(shown.domain_free_on), format_date(now.domain_free_on)),
    )
    return tuple(f"{what}: {before} → {after}" for what, before, after in facts if before != after)


def _account(forecast: ClosingForecast) -> str:
    return account_line(forecast.account.name, forecast.account.domain)


def _pending(forecast: ClosingForecast) -> str:
    return format_date(forecast.ends_switch.effective_on) if forecast.ends_switch else _("none")


def _seats(shown: ClosingForecast, now: ClosingForecast) -> list[tuple[str, str, str]]:
    """Of each product in either: seats, and how many of them are assigned."""
    before = {line.part_number: line for line in shown.released}
    after = {line.part_number: line for line in now.released}
    found = []
    for part_number, line in {**before, **after}.items():
        old, new = before.get(part_number), after.get(part_number)
        for title, was, is_now in (
            (_("Seats of {product}"), old.seats if old else 0, new.seats if new else 0),
            (_("Assigned seats of {product}"), old.assigned if old else 0, new.assigned if new else 0),
        ):
            found.append((title.format(product=line.name), format_number(was), format_number(is_now)))
    return found
