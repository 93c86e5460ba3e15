"""Which price schedules an account can be given, and what that means. Plain Python."""

from collections.abc import Sequence
from datetime import date

from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.schedules import AccountSchedules
from cpdesk.ui.pages.company.schedule_card import ScheduleFacts, schedule_name
from cpdesk.ui.widgets.inputs import Choice

DEFAULT = 0
"""Stands for having no schedule of its own; no schedule has this id."""


def offered(account: AccountRow, facts: ScheduleFacts) -> Sequence[Choice]:
    """The schedules in the account's currency; the default one in another currency only to leave its own for it."""
    names = [Choice(row.id, row.name) for row in facts.offered if row.currency == account.currency]
    default = next((row for row in facts.offered if row.is_default), None)
    fits = default is not None and default.currency == account.currency
    if default is None or not (fits or facts.account.own):
        return tuple(names)
    text = _("the default schedule ({schedule})") if fits else _("the default schedule ({schedule}), not in {currency}")
    return (Choice(DEFAULT, text.format(schedule=default.name, currency=account.currency)), *names)


def chosen_at_first(schedules: AccountSchedules, choices: Sequence[Choice]) -> object:
    """What the account has, as far as that is offered."""
    present = schedules.now.id if schedules.now and schedules.own else DEFAULT
    return present if any(choice.value == present for choice in choices) else choices[0].value


def is_unpriced(account: AccountRow, schedules: AccountSchedules) -> bool:
    """Whether no schedule in the account's currency counts today."""
    return schedules.now is None or schedules.now.currency != account.currency


def is_news(schedules: AccountSchedules, chosen: object, day: date) -> bool:
    """Whether a choice changes anything on a day."""
    return schedules.is_news(chosen if isinstance(chosen, int) and chosen != DEFAULT else None, day)


def meaning_text(account: AccountRow, schedules: AccountSchedules, choice: Choice, day: date) -> str:
    """What comes of a choice."""
    return _meaning(account, schedules, choice, day).format(
        date=format_date(day), schedule=choice.text, present=schedule_name(schedules)
    )


def _meaning(account: AccountRow, schedules: AccountSchedules, choice: Choice, day: date) -> str:
    if not is_news(schedules, choice.value, day):
        return _("On {date} the account has {schedule} anyway: nothing would change.")
    if choice.value != DEFAULT and choice.text == _name_on(schedules, day):
        return _("From {date} on the account stays with {schedule}, even if another schedule becomes the default.")
    if is_unpriced(account, schedules):
        return _("From {date} on the account pays by {schedule}, until then its seats have no price.")
    return _("From {date} on the account pays by {schedule}, until then by {present}.")


def _name_on(schedules: AccountSchedules, day: date) -> str:
    """The schedule that the account has on a day if nothing is changed."""
    present = schedules.now.name if schedules.now else ""
    return next((name for since, name in reversed(schedules.next) if since <= day), present)
