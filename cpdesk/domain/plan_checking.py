"""Proving planned changes: each against the audit entries that describe it, and against the account it belongs to."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from cpdesk.domain.checking import Place, error
from cpdesk.domain.planned import PlanState
from cpdesk.domain.rows import Finding

Facts = dict[str, Any]
_STATE = 3
"""The place of the state in a stored row."""


def check_plans(
    rows: Iterable[Sequence[Any]],
    stored: Callable[[Facts], Sequence[Any]],
    described: Mapping[Place, Facts],
    closed: Collection[int],
) -> Iterator[Finding]:
    """Stored rows against the latest audit entry of each; `stored` makes the row of an entry's facts.

    An outcome stands in the entry with which a planned change ended, so that one that was altered is found here.
    `closed` are the ids of closed accounts: nothing waits in them.
    """
    seen: set[Place] = set()
    for row in rows:
        place = (row[0], row[1])
        seen.add(place)
        if _row(described.get(place), stored) != tuple(row):
            yield error("plan_altered", where(place))
        elif row[_STATE] == PlanState.PLANNED and place[0] in closed:
            yield error("plan_in_closed_account", where(place))
    for place in sorted(described.keys() - seen):
        yield error("plan_missing", where(place))


def where(place: Place) -> str:
    """Table and row, as findings say it."""
    return f"account {place[0]}, plan {place[1]}"


def _row(facts: Facts | None, stored: Callable[[Facts], Sequence[Any]]) -> Sequence[Any] | None:
    """None for an entry that is missing, or that was altered into something else."""
    try:
        return tuple(stored(facts)) if facts else None
    except KeyError:
        return None
