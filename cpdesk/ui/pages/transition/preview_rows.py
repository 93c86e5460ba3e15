"""The rows of a preview: what becomes of each, searched and sorted off the GUI thread however many there are."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from cpdesk.domain.names import key
from cpdesk.domain.user_import.plan import Outcome, RowChange, SkippedRow
from cpdesk.domain.user_import.report import ImportReport
from cpdesk.ui.pages.transition.comparison import Line, changed_fields

SKIPPED = "skipped"
BLOCKED = "blocked"
"""Blocked and licensed, whatever becomes of the row otherwise."""
FOREIGN = "foreign"
"""Of a domain that the account does not have, whatever becomes of the row otherwise."""
SORTS = ("row", "name", "upn", "outcome")
"""Columns that the list can be sorted by."""

_AT_ONCE: Final = 5000
_KEY: Final = itemgetter(0)
_ORDER = {Outcome.ADDED: 0, Outcome.UPDATED: 1, SKIPPED: 2, Outcome.UNCHANGED: 3}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file and what becomes of it."""

    row: int
    outcome: str
    """One of Outcome, or SKIPPED."""
    name: str
    upn: str
    lines: tuple[Line, ...] = ()
    """What changes about a known user, field by field, licenses left out."""
    gained: tuple[str, ...] = ()
    """Names of the licenses that the user gets."""
    lost: tuple[str, ...] = ()
    reason: str = ""
    """Why it is skipped."""
    incomplete: bool = False
    """Whether the file names something on the user that is left out."""
    blocked: bool = False
    """Whether the user cannot sign in and holds a license."""
    foreign: str = ""
    """The domain of the user, where the account does not have it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the rows is to be seen, and in which order."""

    text: str = ""
    show: str = ""
    """One of Outcome, SKIPPED, BLOCKED or FOREIGN; "" for all."""
    sort: str = SORTS[0]
    descending: bool = False


class PreviewRows:
    """The rows of one report by their numbers, and its figures.

    Made once for a report, on a worker's thread: counting a hundred thousand rows takes a while. Reads from any.
    """

    def __init__(self, report: ImportReport) -> None:
        self.report = report
        self.counts = _counts(report)
        self.assigned, self.unassigned = report.plan.assigned, report.plan.unassigned
        self.skipped_names = report.plan.unknown_products
        self.costs = report.cost(after=False), report.cost(after=True)
        self.products = {line.product.guid: line.product.name for line in report.totals}
        """Display names by GUID."""
        self._blocked = {user.row for user in report.blocked}
        self._foreign = {user.row: user.domain for user in report.foreign}
        self._all: dict[int, RowChange | SkippedRow] = {change.row: change for change in report.plan.changes}
        self._all.update({skipped.row: skipped for skipped in report.plan.skipped})

    @property
    def changes_nothing(self) -> bool:
        """Whether the account is as the file has it."""
        return not self.counts[Outcome.ADDED] and not self.counts[Outcome.UPDATED]

    def find(self, wanted: Wanted) -> tuple[int, ...]:
        """The numbers of the rows that are wanted, in their order."""
        words = key(wanted.text).split()
        found = [number for number, source in self._all.items() if self._fits(source, wanted.show, words)]
        if wanted.sort == SORTS[0]:
            return tuple(_sorted(((number, number) for number in found), descending=wanted.descending))
        keyed = ((_sort_key(self._all[number], wanted.sort), number) for number in sorted(found))
        return tuple(_sorted(keyed, descending=wanted.descending))

    def some(self, numbers: Sequence[int]) -> list[PreviewRow]:
        """The rows with these numbers."""
        return [self._row(self._all[number]) for number in numbers]

    def change(self, number: int) -> RowChange | None:
        """What the row with this number makes of its user; None if it is skipped."""
        source = self._all.get(number)
        return source if isinstance(source, RowChange) else None

    def _fits(self, source: RowChange | SkippedRow, show: str, words: Sequence[str]) -> bool:
        if show == BLOCKED:
            fits = source.row in self._blocked
        elif show == FOREIGN:
            fits = source.row in self._foreign
        else:
            fits = not show or _outcome(source) == show
        if not fits or not words:
            return fits
        text = key("\n".join(_named(source)))
        return all(word in text for word in words)

    def _row(self, source: RowChange | SkippedRow) -> PreviewRow:
        name, upn = _named(source)
        if isinstance(source, SkippedRow):
            return PreviewRow(source.row, SKIPPED, name, upn, reason=str(source.reason))
        return PreviewRow(
            row=source.row,
            outcome=source.outcome,
            name=name,
            upn=upn,
            lines=changed_fields(source) if source.before else (),
            gained=tuple(sorted(self.products.get(guid, guid) for guid in source.assign)),
            lost=tuple(sorted(self.products.get(guid, guid) for guid in source.unassign)),
            incomplete=bool(source.unmatched or source.not_assignable),
            blocked=source.row in self._blocked,
            foreign=self._foreign.get(source.row, ""),
        )


def _outcome(source: RowChange | SkippedRow) -> str:
    return SKIPPED if isinstance(source, SkippedRow) else source.outcome


def _named(source: RowChange | SkippedRow) -> tuple[str, str]:
    """Display name and user principal name."""
    return ("", source.upn) if isinstance(source, SkippedRow) else (source.values.display_name, source.values.upn)


def _counts(report: ImportReport) -> Mapping[str, int]:
    """How many rows there are of each kind that can be shown alone; "" for all."""
    plan = report.plan
    return {
        "": len(plan.changes) + len(plan.skipped),
        **{str(outcome): plan.count(outcome) for outcome in Outcome},
        SKIPPED: len(plan.skipped),
        BLOCKED: len(report.blocked),
        FOREIGN: len(report.foreign),
    }


def _sort_key(source: RowChange | SkippedRow, column: str) -> str | int:
    if column == "outcome":
        return _ORDER[_outcome(source)]
    return key(_named(source)[column == "upn"])


def _sorted(keyed: Iterable[tuple[Any, int]], *, descending: bool) -> Iterator[int]:
    """The numbers by their keys, equal ones in their order."""
    left = iter(keyed)
    # While a hundred thousand are sorted at once no other thread gets to anything, the window's neither: some at a
    # time, and then what is in order already is put together.
    parts = []
    while part := list(itertools.islice(left, _AT_ONCE)):
        part.sort(key=_KEY, reverse=descending)
        parts += part
    parts.sort(key=_KEY, reverse=descending)
    return (number for _key, number in parts)
