"""A line of Pending Changes: a pending switch or a planned change, in the same words. Plain Python."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from cpdesk.base import planning_words
from cpdesk.base.formats import format_instant
from cpdesk.base.i18n import _
from cpdesk.domain.billing import Cost
from cpdesk.domain.forecasts import QueuedSwitch
from cpdesk.domain.planned import PlannedChange, PlanState, Reduction
from cpdesk.domain.settlements import Agenda
from cpdesk.ui.widgets.chips import ChipLook, Mark, Tone, pending_look


@dataclass(frozen=True, slots=True)
class Line:
    """Either a switch or a plan."""

    change: QueuedSwitch | PlannedChange
    names: Mapping[str, str] = field(compare=False)
    """Display names of products by part number."""
    overdue: bool = False
    """Whether it is due and was not done: the database cannot be written."""

    @property
    def switch(self) -> QueuedSwitch | None:
        return self.change if isinstance(self.change, QueuedSwitch) else None

    @property
    def plan(self) -> PlannedChange | None:
        return self.change if isinstance(self.change, PlannedChange) else None

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells it from every other line."""
        if isinstance(self.change, PlannedChange):
            return "plan", self.change.account_id, self.change.number
        return "switch", self.change.account.id, self.change.switch.id

    @property
    def account_id(self) -> int:
        return self.key[1]

    @property
    def account(self) -> str:
        return self.change.account if isinstance(self.change, PlannedChange) else self.change.account.name

    @property
    def domain(self) -> str:
        return self.change.domain if isinstance(self.change, PlannedChange) else self.change.account.domain

    @property
    def due_at(self) -> datetime:
        """UTC."""
        return self.change.due_at if isinstance(self.change, PlannedChange) else self.change.switch.due_at

    @property
    def time_zone(self) -> str:
        return self.change.time_zone if isinstance(self.change, PlannedChange) else self.change.switch.time_zone

    @property
    def on(self) -> date:
        """In `time_zone`."""
        return self.change.due_on if isinstance(self.change, PlannedChange) else self.change.switch.effective_on

    @property
    def asked_by(self) -> str:
        """E-mail address."""
        return self.change.planned_by if isinstance(self.change, PlannedChange) else self.change.switch.requested_by

    @property
    def waits(self) -> bool:
        return self.plan is None or self.plan.waits

    @property
    def open(self) -> bool:
        """Whether it waits, or left something undone that nobody has dismissed."""
        return self.waits or (self.plan is not None and self.plan.alarms)


def lines(agenda: Agenda, now: datetime, *, ended: bool) -> tuple[Line, ...]:
    """The time line at `now` (UTC), what has ended and was seen only where it is asked for."""
    found = [Line(switch, agenda.names, switch.switch.is_due(now)) for switch in agenda.switches]
    found += [Line(plan, agenda.names, plan.is_due(now)) for plan in agenda.plans]
    return tuple(line for line in found if ended or line.open)


def what_text(line: Line) -> str:
    """ "Change to Usage Mode", "Ada Lovelace joins"."""
    if line.plan is None:
        return _("Change to Usage Mode")
    return planning_words.what(line.plan.kind, line.plan.content.as_plain(), line.names)


def seats(line: Line) -> int | None:
    """Seats that leave the pool as things stand; None where that is not what it is about."""
    if line.switch is not None:
        return sum(one.released for one in line.switch.released)
    content = line.plan.content if line.plan is not None else None
    return content.count if isinstance(content, Reduction) else None


def idle_cost(line: Line) -> Cost | None:
    """What the seats that a switch releases cost a month until then; None where nothing was asked about prices."""
    money = line.switch.money if line.switch is not None else None
    return Cost(money.idle.amount, money.currency, money.idle.unpriced) if money else None


def state_text(line: Line) -> str:
    """Where it stands, in a word or two."""
    if line.waits:
        return _("Due, not yet done") if line.overdue else _("Waiting")
    state = line.plan.state if line.plan is not None else PlanState.DONE
    words = {
        PlanState.DONE: _("Done"),
        PlanState.PARTLY: _("Partly done"),
        PlanState.SKIPPED: _("Skipped"),
        PlanState.WITHDRAWN: _("Withdrawn"),
        PlanState.CLOSED: _("Ended"),
    }
    return words[state]


def state_look(line: Line) -> ChipLook | None:
    """The chip of what became of it; None while it waits, and for what ended as it was meant to."""
    plan = line.plan
    if plan is None or plan.waits:
        return None
    if plan.alarms:
        return ChipLook(state_text(line), Tone.DANGER, Mark.CROSS)
    return ChipLook(state_text(line), Tone.ACCENT, Mark.ROUND) if plan.state is PlanState.DONE else None


def date_look(line: Line, text: str) -> ChipLook | None:
    """The chip of the date while it waits."""
    return pending_look(text) if line.waits else None


def told(plan: PlannedChange, names: Mapping[str, str]) -> Iterator[str]:
    """Everything about a planned change, a sentence or more each: who planned it, what it does, what came of it."""
    yield _("Planned by {operator} on {instant}.").format(
        operator=plan.planned_by, instant=format_instant(plan.planned_at, plan.time_zone)
    )
    if plan.reason:
        yield _("Reason: {reason}").format(reason=plan.reason)
    outcome = plan.outcome.as_plain()
    if plan.waits:
        yield planning_words.details(plan.kind, plan.content.as_plain(), names)
        yield _("It is carried out on {instant}, by the rules of that day.").format(
            instant=format_instant(plan.due_at, plan.time_zone)
        )
    elif plan.ended_at is not None:
        yield _ended(plan)
    yield from planning_words.done_texts(plan.kind, outcome, names)
    yield from planning_words.left_texts(outcome.get("left", ()))
    if late := planning_words.late_text(plan.late):
        yield late


def _ended(plan: PlannedChange) -> str:
    assert plan.ended_at is not None
    texts = {
        PlanState.WITHDRAWN: _("Withdrawn by {operator} on {instant}."),
        PlanState.CLOSED: _("Ended on {instant}, because the account was closed. Reopening it does not bring it back."),
        PlanState.SKIPPED: _("Nothing of it was done on {instant}:"),
    }
    text = texts.get(plan.state, _("Carried out on {instant}."))
    return text.format(operator=plan.ended_by, instant=format_instant(plan.ended_at, plan.time_zone))


def contains(words: Sequence[str], line: Line) -> bool:
    """Whether each of the words (casefolded) occurs in the account, what it is about, or who asked for it."""
    switch = line.switch
    more: tuple[str, ...] = ()
    if switch is not None:
        more = (*switch.account.aliases, *(one.name for one in switch.released))
    elif line.plan is not None:
        more = (planning_words.details(line.plan.kind, line.plan.content.as_plain(), line.names), line.plan.reason)
    text = "\n".join((line.account, line.domain, what_text(line), line.asked_by, *more)).casefold()
    return all(word in text for word in words)
