"""What is ticked on an assignment sheet, and what applying it comes to. Plain Python."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from itertools import groupby

from cpdesk.domain import finding
from cpdesk.domain.license_plan import ProductPlan, plan_products
from cpdesk.domain.license_wish import Held, LicenseWish
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import AssignmentSheet, SheetLine
from cpdesk.domain.seat_limits import BeyondLimit, SeatLimit, beyond_limits
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

    plan: ProductPlan
    users: int
    """How many users the sheet is about."""
    ticked: Ticked
    replaced_by: str = ""
    """Name of the product that comes in its place."""
    replaces: tuple[str, ...] = ()
    """Names of the products in whose place it comes."""

    @property
    def line(self) -> SheetLine:
        """As it is."""
        return self.plan.line

    @property
    def mode(self) -> Mode:
        return self.plan.mode

    @property
    def change(self) -> int:
        """Licenses that are assigned, negative ones taken away."""
        return self.plan.change

    @property
    def held_after(self) -> int:
        """How many of the users hold it then."""
        return self.line.held + self.change

    @property
    def seats_after(self) -> int:
        """Usage Mode: seats follow. Purchase Mode: they stay."""
        return self.plan.seats_after

    @property
    def available_after(self) -> int:
        """Seats of the pool that are left, not less than none."""
        return self.plan.available_after

    @property
    def lacking(self) -> int:
        """Seats that the pool lacks. Usage Mode never lacks any."""
        return self.plan.missing

    def matches(self, needle: str) -> bool:
        """Whether it is one of the products that somebody looks for."""
        return finding.Sought(needle).finds(f"{self.line.name} {self.line.part_number}", (self.line.guid,))


@dataclass(frozen=True)  # no slots: what it comes to is worked out once
class Assignment:
    """A sheet with what was ticked on it; a tick makes another one."""

    sheet: AssignmentSheet
    chosen: Mapping[str, Ticked] = field(default_factory=dict)
    """By GUID, only what is to be another than it is."""
    replaced: Mapping[str, str] = field(default_factory=dict)
    """GUIDs: who holds the first gets the second in its place."""
    as_far_as_seats_go: bool = False

    @classmethod
    def of(cls, sheet: AssignmentSheet, wish: LicenseWish) -> "Assignment":
        """A wish ticked on a sheet."""
        chosen = dict.fromkeys(wish.assign, Ticked.ALL) | dict.fromkeys(wish.remove, Ticked.NONE)
        return cls(sheet, chosen, wish.replace, wish.as_far_as_seats_go)

    @cached_property
    def wish(self) -> LicenseWish:
        """What applying it asks for."""
        return LicenseWish(
            tuple(guid for guid, ticked in self.chosen.items() if ticked is Ticked.ALL),
            tuple(guid for guid, ticked in self.chosen.items() if ticked is Ticked.NONE),
            self.replaced,
            self.as_far_as_seats_go,
        )

    @cached_property
    def rows(self) -> tuple[AssignmentRow, ...]:
        return tuple(self._row(line) for line in self.sheet.lines)

    @property
    def assign(self) -> tuple[str, ...]:
        """GUIDs of what somebody gets."""
        return tuple(row.line.guid for row in self.rows if row.change > 0)

    @property
    def remove(self) -> tuple[str, ...]:
        """GUIDs of what somebody loses."""
        return tuple(row.line.guid for row in self.rows if row.change < 0)

    @property
    def changes(self) -> bool:
        """Whether anybody's licenses change."""
        return any(row.change for row in self.rows)

    @property
    def plans(self) -> tuple[ProductPlan, ...]:
        """What becomes of each product that changes, or that somebody goes without."""
        return tuple(self._plans.values())

    @property
    def assigned(self) -> int:
        """Licenses that are assigned, of all products and to all users."""
        return sum(plan.gained for plan in self.plans)

    @property
    def removed(self) -> int:
        """Licenses that are taken away."""
        return sum(plan.lost for plan in self.plans)

    @property
    def lacking(self) -> tuple[AssignmentRow, ...]:
        """Products of which the pool has too few seats."""
        return tuple(row for row in self.rows if row.lacking)

    @property
    def without(self) -> tuple[AssignmentRow, ...]:
        """Products that somebody goes without."""
        return tuple(row for row in self.rows if row.plan.without)

    def toggled(self, guid: str) -> "Assignment":
        """The same with the next state of a box: all, none, and, where it was so, some as they are.

        The box of a product that is replaced, or replaces one, takes that back.
        """
        if guid in self.replaced or guid in self.replaced.values():
            kept = {old: new for old, new in self.replaced.items() if guid not in (old, new)}
            return replace(self, replaced=kept)
        line = self._line(guid)
        was = _as_it_is(line, len(self.sheet.users))
        order = (Ticked.ALL, Ticked.NONE, Ticked.SOME) if was is Ticked.SOME else (Ticked.ALL, Ticked.NONE)
        wanted = order[(order.index(self.chosen.get(guid, was)) + 1) % len(order)]
        others = _except(self.chosen, guid)
        return replace(self, chosen=others if wanted is was else others | {guid: wanted})

    def replacing(self, old: str, new: str) -> "Assignment":
        """The same with one product replaced by another for those who hold it; takes back what does not go with it."""
        kept = {before: after for before, after in self.replaced.items() if before not in (old, new) and after != old}
        return replace(self, chosen=_except(self.chosen, old, new), replaced=kept | {old: new})

    def going(self, *, as_far_as_seats_go: bool) -> "Assignment":
        """The same, for everybody or for as many as there are seats for."""
        return replace(self, as_far_as_seats_go=as_far_as_seats_go)

    def on(self, sheet: AssignmentSheet) -> "Assignment":
        """The same ticks on a sheet that was read anew; what it no longer has is left out."""
        known = {line.guid for line in sheet.lines}
        chosen = {guid: ticked for guid, ticked in self.chosen.items() if guid in known}
        kept = {old: new for old, new in self.replaced.items() if {old, new} <= known}
        return Assignment(sheet, chosen, kept, self.as_far_as_seats_go)

    def beyond(self, limits: Iterable[SeatLimit]) -> tuple[BeyondLimit, ...]:
        """Limits that the licenses of a family go beyond."""
        assigned = {line.guid: line.assigned for line in self.sheet.lines}
        return beyond_limits(limits, assigned, {guid: plan.change for guid, plan in self._plans.items()})

    @cached_property
    def _plans(self) -> dict[str, ProductPlan]:
        """By GUID: by the same rules as the change itself, whose users are counted in groups."""
        outcomes = self.wish.outcomes(self._groups(), self.sheet.pool)
        return {plan.line.guid: plan for plan in plan_products(self.sheet, self.wish, outcomes)}

    def _groups(self) -> Iterable[tuple[Held, int]]:
        """Users who hold the same; in their order only where that matters."""
        if self.as_far_as_seats_go:
            return ((held, sum(1 for _one in same)) for held, same in groupby(self.sheet.held))
        return Counter(self.sheet.held).items()

    def _row(self, line: SheetLine) -> AssignmentRow:
        guid, users = line.guid, len(self.sheet.users)
        plan = self._plans.get(guid) or ProductPlan(line, self.sheet.mode, 0, 0, 0, 0, 0)
        replaces = tuple(self._line(old).name for old, new in self.replaced.items() if new == guid)
        replaced_by = self._line(self.replaced[guid]).name if guid in self.replaced else ""
        ticked = self.chosen.get(guid, _state(line.held + plan.change, users))
        return AssignmentRow(plan, users, ticked, replaced_by, replaces)

    def _line(self, guid: str) -> SheetLine:
        return next(line for line in self.sheet.lines if line.guid == guid)


def priced(plans: Iterable[ProductPlan], what: str) -> tuple[Priced, ...]:
    """The licenses that are `gained`, `lost` or `missing`, by product, with what a seat costs."""
    counts = ((getattr(plan, what), plan.line.unit_price) for plan in plans)
    return tuple(Priced(count, unit_price) for count, unit_price in counts if count)


def _except(chosen: Mapping[str, Ticked], *guids: str) -> dict[str, Ticked]:
    return {guid: ticked for guid, ticked in chosen.items() if guid not in guids}


def _as_it_is(line: SheetLine, users: int) -> Ticked:
    return _state(line.held, users)


def _state(held: int, users: int) -> Ticked:
    if held == 0:
        return Ticked.NONE
    return Ticked.ALL if held >= users else Ticked.SOME
