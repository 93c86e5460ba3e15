"""What a correction of the time would do, in words: for the command line and for the window alike."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from cpdesk.base.formats import format_instant, format_list, format_number
from cpdesk.base.i18n import _, ngettext

_NAMED = 5
"""More accounts than these are counted, not named."""


class Early(Protocol):
    """What is read of a switch that was completed before its date."""

    @property
    def account(self) -> str: ...
    @property
    def counts_from(self) -> datetime: ...
    @property
    def time_zone(self) -> str: ...


class Told(Protocol):
    """What is read of a correction to come; its fields say what each of it means."""

    @property
    def system(self) -> datetime: ...
    @property
    def latest(self) -> datetime: ...
    @property
    def since(self) -> datetime: ...
    @property
    def entries(self) -> int: ...
    @property
    def switches(self) -> Sequence[Early]: ...
    @property
    def plans(self) -> int: ...
    @property
    def waiting(self) -> Sequence[str]: ...
    @property
    def statements(self) -> int: ...


def times(told: Told, zone: str) -> Iterator[tuple[str, str]]:
    """The three times that it is about."""
    yield _("Clock of this computer, now"), format_instant(told.system, zone)
    yield _("Latest entry"), format_instant(told.latest, zone)
    yield _("Latest entry before the clock leapt"), format_instant(told.since, zone)


def effects(told: Told) -> Iterator[str]:
    """What it does, a sentence or two each."""
    yield ngettext(
        "{number} entry was dated by the wrong clock. It counts as made now; the entry itself stays as it is.",
        "{number} entries were dated by the wrong clock. They count as made now; the entries themselves stay as they "
        "are.",
        told.entries,
    ).format(number=format_number(told.entries))
    yield _("Seats, assignments and modes stay as they are now. Nobody is charged for the time that never was.")
    yield _("New entries get the true time again. This is kept in the audit log and cannot be undone.")
    if told.plans:
        yield ngettext(
            "{number} planned change was carried out meanwhile and stays so.",
            "{number} planned changes were carried out meanwhile and stay so.",
            told.plans,
        ).format(number=format_number(told.plans))
    if told.waiting:
        yield _(
            "In {accounts} something waits for a date that was counted by the wrong clock. Withdraw it in Pending "
            "Changes, and ask for it again."
        ).format(accounts=_some(told.waiting))
    if told.statements:
        yield ngettext(
            "{number} statement was issued meanwhile. It stays as it was issued; a correction can be put under it.",
            "{number} statements were issued meanwhile. They stay as they were issued; corrections can be put under "
            "them.",
            told.statements,
        ).format(number=format_number(told.statements))
    yield _("Prices that were entered meanwhile count from the dates that they name. Look into Price Schedules.")
    yield from _switches(told.switches)


def statement_note(day: str) -> str:
    """What stands on the statement of the month in which the time was corrected; `day` as it is printed."""
    return _(
        "The clock of a computer was far ahead. What was changed meanwhile counts from {day}, when that was corrected, "
        "and a change to Usage Mode from the first of the next month. Nothing is charged for time that never was."
    ).format(day=day)


def _switches(early: Sequence[Early]) -> Iterator[str]:
    for one in early[:_NAMED]:
        yield _(
            "{account}: the change to Usage Mode was completed before its date and stays completed. It is charged from "
            "{instant} on, as if it had been asked for now."
        ).format(account=one.account, instant=format_instant(one.counts_from, one.time_zone))
    if len(early) > _NAMED:
        more = len(early) - _NAMED
        yield ngettext(
            "The same goes for {number} more change to Usage Mode.",
            "The same goes for {number} more changes to Usage Mode.",
            more,
        ).format(number=format_number(more))


def _some(accounts: Sequence[str]) -> str:
    if len(accounts) <= _NAMED:
        return format_list(list(accounts))
    more = len(accounts) - _NAMED
    rest = ngettext("{number} more account", "{number} more accounts", more).format(number=format_number(more))
    return format_list([*accounts[:_NAMED], rest])
