"""What somebody looks for in the audit log."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from cpdesk.domain import switching
from cpdesk.domain.audit import canonical
from cpdesk.domain.rows import AuditRow

_QUOTED = re.compile('"([^"]*)"')


class ChangeGroup(StrEnum):
    """Kinds of changes that are looked for together."""

    MODES = "modes"
    LICENSES = "licenses"
    """Licenses and seats."""
    USERS = "users"
    ACCOUNTS = "accounts"
    BILLING = "billing"
    """Prices and statements."""
    OPERATORS = "operators"
    PROGRAM = "program"
    """The database, the catalogue, the clock: what belongs to none of the others."""


PREFIXES: Mapping[ChangeGroup, tuple[str, ...]] = {
    ChangeGroup.MODES: ("mode",),
    ChangeGroup.LICENSES: ("license", "licenses", "seats", "plan"),
    ChangeGroup.USERS: ("user", "users"),
    ChangeGroup.ACCOUNTS: ("account", "accounts", "service"),
    ChangeGroup.BILLING: ("prices", "statement", "own_company"),
    ChangeGroup.OPERATORS: ("operator",),
}
"""What stands before the dot of the actions of each group. Whatever is not here is the program's."""


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which entries; what is left out narrows nothing."""

    text: str = ""
    """Each of its words stands in operator, account, reason, or in a value before or after, whatever the case."""
    groups: frozenset[ChangeGroup] = frozenset()
    operator: str = ""
    """Who acted, as it stands in the entries."""
    account_id: int | None = None
    since: datetime | None = None
    """UTC; entries recorded at that instant or later."""
    until: datetime | None = None
    """UTC; entries recorded before that instant."""

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out, apart from other accounts."""
        return bool(self.text.strip() or self.groups or self.operator or self.since or self.until)


class Words:
    """The words that somebody looks for, found in an entry whatever their case, and in products by name too."""

    def __init__(self, text: str, names: Mapping[str, str]) -> None:
        """`names`: display names of products by part number and by GUID."""
        self._names = names
        self._words = [_Word(word, names) for word in text.casefold().split()]

    def __bool__(self) -> bool:
        return bool(self._words)

    def could_be_in(self, *stored: str) -> bool:
        """Whether an entry with these stored texts needs a closer look: quick, and never a wrong no."""
        text = "\n".join(stored).casefold()
        return all(word.could_be_in(text) for word in self._words)

    def are_in(self, row: AuditRow) -> bool:
        """Whether each word stands in what an entry tells."""
        values = [*self._values(row.before), *self._values(row.after)]
        told = "\n".join((row.operator, row.account or "", row.reason, *values)).casefold()
        return all(word.is_in(told, values) for word in self._words)

    def _values(self, fact: object) -> Iterator[str]:
        """All texts in the facts of an entry, and products that counts stand for; numbers name nothing."""
        if isinstance(fact, str):
            yield fact
        elif isinstance(fact, dict):
            yield from (key for key in fact if key in self._names)
            for value in fact.values():
                yield from self._values(value)
        elif isinstance(fact, list):
            for value in fact:
                yield from self._values(value)


class _Word:
    def __init__(self, word: str, names: Mapping[str, str]) -> None:
        self._word = word
        self._stored = canonical(word)[1:-1]
        self._products = frozenset(part for part, name in names.items() if word in name.casefold())
        self._stored_products = frozenset(part.casefold() for part in self._products)

    def could_be_in(self, text: str) -> bool:
        if self._word in text or self._stored in text:
            return True
        return bool(self._products) and not self._stored_products.isdisjoint(_QUOTED.findall(text))

    def is_in(self, told: str, values: Sequence[str]) -> bool:
        return self._word in told or not self._products.isdisjoint(values)


class Period(StrEnum):
    """Stretches of days that people ask for, counted back from today."""

    TODAY = "today"
    WEEK = "week"
    """Today and the six days before."""
    MONTH = "month"
    """Today and the 29 days before."""
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"


def days_of(period: Period, today: date) -> tuple[date, date]:
    """The first and the last day of a period; both belong to it."""
    first_of_month = today.replace(day=1)
    if period is Period.LAST_MONTH:
        last = first_of_month - timedelta(days=1)
        return last.replace(day=1), last
    firsts = {
        Period.TODAY: today,
        Period.WEEK: today - timedelta(days=6),
        Period.MONTH: today - timedelta(days=29),
        Period.THIS_MONTH: first_of_month,
    }
    return firsts[period], today


def instants_of(first: date | None, last: date | None, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """From when (UTC, included) until when (not included) these local days last, both days included."""
    since = switching.first_instant(first, zone) if first else None
    until = switching.first_instant(last + timedelta(days=1), zone) if last else None
    return since, until
