"""Writing planned changes: each state of one has the audit entry that describes it whole."""

from typing import Any

from cpdesk.domain.planned import Outcome, PlanState
from cpdesk.services.base import Work
from cpdesk.store import journal, planned
from cpdesk.store.fields import utc_text
from cpdesk.store.planned import Facts

_ENDINGS = {
    PlanState.DONE: "plan.done",
    PlanState.PARTLY: "plan.partly_done",
    PlanState.SKIPPED: "plan.skipped",
    PlanState.WITHDRAWN: "plan.withdrawn",
    PlanState.CLOSED: "plan.closed",
}


def make(work: Work, facts: Facts) -> None:
    """Write a new one."""
    _write(work, "plan.made", None, facts)


def end(work: Work, before: Facts, state: PlanState, outcome: Outcome | None = None, **changed: Any) -> Facts:
    """End one that waits, with what came of it; returns how it is now. `changed` are other columns."""
    came_of_it = outcome.as_plain() if outcome else {}
    by = work.signs.email if work.signs else journal.PROGRAM
    ended = {"state": str(state), "outcome": came_of_it, "ended_at": utc_text(work.now), "ended_by": by}
    after = before | changed | ended
    _write(work, _ENDINGS[state], before, after)
    return after


def end_by_closing(work: Work, account_id: int) -> None:
    """End everything that waits in an account that is being closed."""
    for before in planned.waiting(account_id):
        end(work, before, PlanState.CLOSED)


def dismiss(work: Work, before: Facts) -> None:
    """Note that somebody has seen what came of one."""
    _write(work, "plan.dismissed", before, before | {"seen": True})


def _write(work: Work, action: str, before: Facts | None, after: Facts) -> None:
    entry = journal.Entry(
        action=action,
        subject=f"plan {after['number']}",
        account_id=after["account_id"],
        before={"plan": before} if before else None,
        after={"plan": after},
        by=work.signs,
        reason=work.reason,
    )
    journal.append(work.now, entry)
    planned.save([after])
