"""What is ticked on an assignment sheet, and what applying it comes to. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from cpdesk.domain import finding
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import AssignmentSheet, SheetLine
from cpdesk.ui.parts.money_texts import Priced


class Ticked(Enum):
    """The three states of a box."""

    NONE = "none"
    SOME = "some"
    """Of the users some have the product and some have not, and so it stays."""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """A product as the dialog shows it."""

    line: SheetLine
    mode: Mode
    users: int
    """How many users the sheet is about."""
    ticked: Ticked

    @property
    def change(self) -> int:
        """Licenses that are assigned, negative ones taken away."""
        after = {Ticked.NONE: 0, Ticked.SOME: self.line.held, Ticked.ALL: self.users}[self.ticked]
        return after - self.line.held

    @property
    def seats_after(self) -> int:
        """Usage Mode: seats follow. Purchase Mode: they stay."""
        return self.line.seats + self.change if self.mode is Mode.USAGE else self.line.seats

    @property
    def available_after(self) -> int:
        """Seats of the pool that are left, not less than none."""
        return max(self.line.available - self.change, 0)

    @property
    def lacking(self) -> int:
        """Seats that the pool lacks. Usage Mode never lacks any."""
        return max(self.change - self.line.available, 0) if self.mode is Mode.PURCHASE else 0

    def matches(self, needle: str) -> bool:
        """Whether it is one of the products that somebody looks for."""
        return finding.Sought(needle).finds(f"{self.line.name} {self.line.part_number}", (self.line.guid,))


@dataclass(frozen=True, slots=True)
class Assignment:
    """A sheet with what was ticked on it; a tick makes another one."""

    sheet: AssignmentSheet
    chosen: Mapping[str, Ticked] = field(default_factory=dict)
    """By GUID, only what is to be another than it is."""

    @property
    def rows(self) -> tuple[AssignmentRow, ...]:
        users = len(self.sheet.users)
        return tuple(AssignmentRow(line, self.sheet.mode, users, self._ticked(line)) for line in self.sheet.lines)

    @property
    def assign(self) -> tuple[str, ...]:
        """GUIDs of what is to be assigned to those who lack it."""
        return tuple(row.line.guid for row in self.rows if row.change > 0)

    @property
    def remove(self) -> tuple[str, ...]:
        """GUIDs of what is to be taken from those who have it."""
        return tuple(row.line.guid for row in self.rows if row.change < 0)

    @property
    def assigned(self) -> int:
        """Licenses that are assigned, of all products and to all users."""
        return sum(max(row.change, 0) for row in self.rows)

    @property
    def removed(self) -> int:
        """Licenses that are taken away."""
        return sum(max(-row.change, 0) for row in self.rows)

    @property
    def gained(self) -> tuple[Priced, ...]:
        """The licenses that are assigned, by product, with what a seat costs."""
        return tuple(Priced(row.change, row.line.unit_price) for row in self.rows if row.change > 0)

    @property
    def lost(self) -> tuple[Priced, ...]:
        """The same for those that are taken away."""
        return tuple(Priced(-row.change, row.line.unit_price) for row in self.rows if row.change < 0)

    @property
    def lacking(self) -> tuple[AssignmentRow, ...]:
        """Products of which the pool has too few seats."""
        return tuple(row for row in self.rows if row.lacking)

    def toggled(self, guid: str) -> "Assignment":
        """The same with the next state of a box: all, none, and, where it was so, some as they are."""
        line = next(line for line in self.sheet.lines if line.guid == guid)
        was = _as_it_is(line, len(self.sheet.users))
        order = (Ticked.ALL, Ticked.NONE, Ticked.SOME) if was is Ticked.SOME else (Ticked.ALL, Ticked.NONE)
        wanted = order[(order.index(self._ticked(line)) + 1) % len(order)]
        others = {known: ticked for known, ticked in self.chosen.items() if known != guid}
        return replace(self, chosen=others if wanted is was else others | {guid: wanted})

    def on(self, sheet: AssignmentSheet) -> "Assignment":
        """The same ticks on a sheet that was read anew."""
        return Assignment(sheet, self.chosen)

    def _ticked(self, line: SheetLine) -> Ticked:
        return self.chosen.get(line.guid, _as_it_is(line, len(self.sheet.users)))


def _as_it_is(line: SheetLine, users: int) -> Ticked:
    if line.held == 0:
        return Ticked.NONE
    return Ticked.ALL if line.held >= users else Ticked.SOME
