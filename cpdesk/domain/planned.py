"""Planned changes: a joiner, a leaver or a seat reduction with a date on which it is carried out.

A planned change is a promise to try: what it wants is checked again by the rules of the day it is due, what no longer
fits is left out with the reason, and what became of it is kept until somebody has seen it. It never changes a mode,
and nothing planned makes a switch earlier.

**When.** It is due at the first instant of its date in the time zone that the account had when it was planned, by the
same function as mode switches: a new zone neither moves it nor has to wait for it. What is done today is no plan.

**Which times it gets.** Effective = recorded (the product's rule 9): one that is carried out late counts from when it
was carried out, is billed from then, and says how late it was. The past is never rewritten.

**In which order.** First the mode switches that are due, because they count from their due instant and a planned change
from now; then the planned changes by due instant, of equal ones the leavers, then the joiners, then the reductions:
so a leaver's seat can go to a joiner, and a reduction takes only what is free after both. A reduction that is due with
a change to Usage Mode is skipped: that change released every free seat already.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from cpdesk.base import zones
from cpdesk.base.errors import UserError
from cpdesk.domain import switching
from cpdesk.domain.people import UserFields

FURTHEST = timedelta(days=2 * 366)
"""A date further ahead than this is taken for a slip of the fingers."""

Facts = dict[str, Any]
"""JSON values."""


class PlanKind(StrEnum):
    """What a planned change is about, in the order in which those that are due at one instant are carried out."""

    LEAVER = "leaver"
    JOINER = "joiner"
    REDUCTION = "reduction"


class PlanState(StrEnum):
    """Where a planned change stands. Only a planned one changes."""

    PLANNED = "planned"
    DONE = "done"
    PARTLY = "partly"
    """Carried out except for what its outcome names."""
    SKIPPED = "skipped"
    """Nothing of it could be done; its outcome says why."""
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    """Ended by closing the account, which took all licenses and seats. Reopening does not take it up again."""


FAILED = frozenset({PlanState.PARTLY, PlanState.SKIPPED, PlanState.CLOSED})
"""What somebody has to see: it stays on the time line until it is dismissed."""


class Farewell(StrEnum):
    """What becomes of a leaver; all licenses end in each case."""

    DELETE = "delete"
    BLOCK = "block"
    """The user stays, and can no longer sign in."""
    LICENSES = "licenses"
    """The user stays, and can sign in."""


@dataclass(frozen=True, slots=True)
class Joiner:
    """A user to be created, with licenses."""

    fields: UserFields
    products: tuple[str, ...] = ()
    """Part numbers, as they are read."""
    guids: tuple[str, ...] = ()
    """The same products by their identity."""
    add_seats: bool = False
    """Whether seats that the pool lacks then are bought (Purchase Mode); else those licenses are left out."""

    def as_plain(self) -> Facts:
        return {
            **asdict(self.fields),
            "licenses": list(self.products),
            "guids": list(self.guids),
            "add_seats": self.add_seats,
        }


@dataclass(frozen=True, slots=True)
class Leaver:
    """A user who is to lose all licenses."""

    user_id: int
    upn: str
    """The present one while it is planned, later that of the day it ended."""
    name: str
    """Display name, likewise."""
    farewell: Farewell = Farewell.DELETE

    def as_plain(self) -> Facts:
        return {"user_id": self.user_id, "upn": self.upn, "name": self.name, "farewell": str(self.farewell)}


@dataclass(frozen=True, slots=True)
class Reduction:
    """Seats of the pool to be given back: so many, but only what is still free."""

    product: str
    """Part number, as it is read."""
    guid: str
    count: int

    def as_plain(self) -> Facts:
        return {"product": self.product, "guid": self.guid, "count": self.count}


Content = Joiner | Leaver | Reduction


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was not done, as a refusal: `base.messages` has the sentence."""

    code: str
    facts: Mapping[str, Any]

    def as_plain(self) -> Facts:
        return {"code": self.code, "facts": dict(self.facts)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a planned change on its day."""

    user: str = ""
    """UPN of the user who was created, deleted, blocked or relieved of licenses."""
    assigned: tuple[str, ...] = ()
    """Part numbers that a joiner got."""
    freed: tuple[str, ...] = ()
    """Part numbers that a leaver lost."""
    added: Mapping[str, int] = field(default_factory=dict)
    """Seats that were bought, by part number."""
    removed: Mapping[str, int] = field(default_factory=dict)
    """Seats that were given back, by part number."""
    left: tuple[Left, ...] = ()

    @property
    def state(self) -> PlanState:
        """What it makes of the planned change."""
        if not self.left:
            return PlanState.DONE
        return PlanState.PARTLY if self.user or self.removed else PlanState.SKIPPED

    def as_plain(self) -> Facts:
        facts: Facts = {
            "user": self.user,
            "assigned": list(self.assigned),
            "freed": list(self.freed),
            "added": dict(self.added),
            "removed": dict(self.removed),
            "left": [one.as_plain() for one in self.left],
        }
        return {name: value for name, value in facts.items() if value}


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """A planned change as it stands."""

    account_id: int
    account: str
    domain: str
    number: int
    """Counts from 1 within the account, so that it says nothing about other accounts."""
    kind: PlanKind
    content: Content
    state: PlanState
    due_on: date
    """In `time_zone`, fixed when it was planned."""
    time_zone: str
    due_at: datetime
    """UTC: the first instant of `due_on` in `time_zone`."""
    planned_at: datetime
    """UTC."""
    planned_by: str
    """E-mail address."""
    reason: str
    outcome: Outcome
    ended_at: datetime | None
    """UTC: when it was carried out, skipped, withdrawn or ended; None while it is planned."""
    ended_by: str | None
    """E-mail address, or "cpdesk" where it was carried out or skipped."""
    seen: bool
    """Whether somebody has dismissed what came of it."""

    @property
    def waits(self) -> bool:
        return self.state is PlanState.PLANNED

    @property
    def alarms(self) -> bool:
        """Whether something was left undone that nobody has dismissed yet."""
        return self.state in FAILED and not self.seen

    @property
    def late(self) -> timedelta:
        """By how much it was carried out late; nothing if that is not worth telling."""
        ran = self.state in {PlanState.DONE, PlanState.PARTLY, PlanState.SKIPPED}
        if not ran or self.ended_at is None or not switching.is_late(self.due_at, self.ended_at):
            return timedelta()
        return self.ended_at - self.due_at

    def is_due(self, now: datetime) -> bool:
        """Whether it has to be carried out at `now` (UTC); the due instant itself counts."""
        return self.waits and self.due_at <= now


def due_instant(day: date, now: datetime, zone: ZoneInfo) -> datetime:
    """When (UTC) a change planned at `now` (UTC) for a date in `zone` is due.

    Raises UserError `plan_not_later` for today and before (what is for now is done now), `plan_too_far`.
    """
    today = switching.local_date(now, zone)
    if day <= today:
        raise UserError("plan_not_later", on=day, today=today)
    if day - today > FURTHEST:
        raise UserError("plan_too_far", on=day, furthest=today + FURTHEST)
    return switching.first_instant(day, zone)


def first_day(now: datetime, time_zone: str) -> date:
    """The first date for which something can be planned at `now` (UTC)."""
    return switching.local_date(now, zones.zone(time_zone)) + timedelta(days=1)


def read_content(kind: PlanKind, facts: Facts) -> Content:
    """What `as_plain` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    if kind is PlanKind.JOINER:
        names = UserFields.__dataclass_fields__
        fields = UserFields(**{name: facts[name] for name in names})
        return Joiner(fields, tuple(facts["licenses"]), tuple(facts["guids"]), bool(facts["add_seats"]))
    if kind is PlanKind.LEAVER:
        return Leaver(int(facts["user_id"]), facts["upn"], facts["name"], Farewell(facts["farewell"]))
    return Reduction(facts["product"], facts["guid"], int(facts["count"]))


def read_outcome(facts: Facts) -> Outcome:
    """What `as_plain` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    return Outcome(
        user=str(facts.get("user", "")),
        assigned=tuple(facts.get("assigned", ())),
        freed=tuple(facts.get("freed", ())),
        added=dict(facts.get("added", {})),
        removed=dict(facts.get("removed", {})),
        left=tuple(Left(one["code"], dict(one["facts"])) for one in facts.get("left", ())),
    )


def left_by(refusal: UserError) -> Left:
    """What a rule refused on the day, in a form that can be kept; facts that are no text or number are left out."""
    kept = {name: value for name, value in refusal.params.items() if isinstance(value, str | int)}
    return Left(refusal.code, {name: str(value) if isinstance(value, str) else value for name, value in kept.items()})
