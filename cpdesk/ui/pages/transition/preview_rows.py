"""The rows of a preview: what becomes of each, searched and sorted off the GUI thread however many there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cpdesk.domain.names import key
from cpdesk.domain.user_import.plan import Outcome, RowChange, SkippedRow
from cpdesk.domain.user_import.report import ImportReport

SKIPPED = "skipped"
BLOCKED = "blocked"
"""Blocked and licensed, whatever becomes of the row otherwise."""
FOREIGN = "foreign"
"""Of a domain that the account does not have, whatever becomes of the row otherwise."""
SORTS = ("row", "name", "upn", "outcome")
"""Columns that the list can be sorted by."""

_ORDER = {Outcome.ADDED: 0, Outcome.UPDATED: 1, SKIPPED: 2, Outcome.UNCHANGED: 3}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file and what becomes of it."""

    row: int
    outcome: str
    """One of Outcome, or SKIPPED."""
    name: str
    upn: str
    assigned: int
    """Licenses that the user gets."""
    unassigned: int
    reason: str
    """Why it is skipped."""
    incomplete: bool
    """Whether the file names something on the user that is left out."""
    blocked: bool
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
        rows = [self._row(source) for source in self._all.values()]
        found = [row for row in rows if _fits(row, wanted.show) and _has(row, words)]
        found.sort(key=_by_row)
        if wanted.sort != SORTS[0] or wanted.descending:
            found.sort(key=lambda row: _sort_key(row, wanted.sort), reverse=wanted.descending)
        return tuple(row.row for row in found)

    def some(self, numbers: Sequence[int]) -> list[PreviewRow]:
        """The rows with these numbers."""
        return [self._row(self._all[number]) for number in numbers]

    def change(self, number: int) -> RowChange | None:
        """What the row with this number makes of its user; None if it is skipped."""
        source = self._all.get(number)
        return source if isinstance(source, RowChange) else None

    def _row(self, source: RowChange | SkippedRow) -> PreviewRow:
        if isinstance(source, SkippedRow):
            return PreviewRow(source.row, SKIPPED, "", source.upn, 0, 0, str(source.reason), False, False)
        return PreviewRow(
            row=source.row,
            outcome=source.outcome,
            name=source.values.display_name,
            upn=source.values.upn,
            assigned=len(source.assign),
            unassigned=len(source.unassign),
            reason="",
            incomplete=bool(source.unmatched or source.not_assignable),
            blocked=source.row in self._blocked,
            foreign=self._foreign.get(source.row, ""),
        )


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


def _fits(row: PreviewRow, show: str) -> bool:
    marked = {BLOCKED: row.blocked, FOREIGN: bool(row.foreign)}
    return not show or marked.get(show, row.outcome == show)


def _has(row: PreviewRow, words: Iterable[str]) -> bool:
    text = key(f"{row.name}\n{row.upn}") if words else ""
    return all(word in text for word in words)


def _by_row(row: PreviewRow) -> int:
    return row.row


def _sort_key(row: PreviewRow, column: str) -> tuple[int, str]:
    if column == "row":
        return row.row, ""
    if column == "outcome":
        return _ORDER[row.outcome], ""
    return 0, key(getattr(row, column))
