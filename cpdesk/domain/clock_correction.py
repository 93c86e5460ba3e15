"""Getting a database back to the true time after it was used under a clock that was far ahead.

Recorded times never run backwards (the product's rule 9), so one leap of the clock dates everything that follows by
the wrong time for as long as the leap was long. A correction is an entry of the audit log, recorded at the true time:
entries since the leap count as made at that instant, and new ones go on from it. Nothing that is stored changes.

It reaches back to a leap that was audited and no further, so setting the clock back on purpose cannot move what was
recorded by a right clock. And it cannot bring a way back to Usage Mode forward: a switch that the wrong clock completed
stays completed, but it is charged as if it had been asked for at the correction, from the first of the next month.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Any, TypeVar

from cpdesk.base import zones
from cpdesk.domain.switching import effective_date, first_instant

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class EarlySwitch:
    """A change to Usage Mode that the wrong clock completed before its date."""

    entry: int
    """The audit entry of its completion."""
    account_id: int
    account: str
    counts_from: datetime
    """UTC: from when it is charged."""
    time_zone: str
    """IANA name; in which the date was fixed."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a correction would do: what stands in the log dated later than now."""

    system: datetime
    """UTC: what the clock says, and what will be the time of the correction."""
    latest: datetime
    """UTC: the time of the latest entry."""
    since: datetime
    """UTC: the time of the latest entry before the leap."""
    first: int
    """The number of the first entry that is ahead: the leap itself."""
    entries: int
    """How many entries are ahead."""
    switches: tuple[EarlySwitch, ...] = ()
    plans: int = 0
    """Planned changes that were carried out meanwhile; they stay so."""
    waiting: tuple[str, ...] = ()
    """Names of accounts in which something waits for a date that was counted by the wrong clock."""
    statements: int = 0
    """Statements that were issued meanwhile; they stay as they were issued."""

    def is_as(self, shown: "Ahead") -> bool:
        """Whether it would do what was shown; the clock goes on meanwhile."""
        return replace(self, system=shown.system) == shown


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction that was made."""

    entry: int
    """Its audit entry."""
    first: int
    """The first entry that it is about; the last one is the one before its own."""
    at: datetime
    """UTC: from when what they did counts, unless it counts from earlier."""
    switches: Mapping[int, datetime] = field(default_factory=dict)
    """From when (UTC) a switch is charged that the wrong clock completed, by the number of the completing entry."""
    accounts: frozenset[int] = frozenset()
    """Ids of accounts that were created meanwhile."""

    def as_plain(self) -> dict[str, Any]:
        """What the audit log keeps of it besides its own number."""
        return {
            "first_entry": self.first,
            "at": _text(self.at),
            "switches": {str(entry): _text(instant) for entry, instant in sorted(self.switches.items())},
            "accounts": sorted(self.accounts),
        }


def from_plain(entry: int, facts: Mapping[str, Any]) -> Correction:
    """What `as_plain` gave. Raises ValueError, KeyError or TypeError for facts that were altered."""
    return Correction(
        entry=entry,
        first=int(facts["first_entry"]),
        at=datetime.fromisoformat(facts["at"]),
        switches={int(number): datetime.fromisoformat(text) for number, text in facts["switches"].items()},
        accounts=frozenset(int(number) for number in facts["accounts"]),
    )


def charged_from(due_at: datetime, corrected_at: datetime, time_zone: str) -> datetime:
    """From when (UTC) a switch is charged that the wrong clock completed: as if asked for when that was corrected.

    Never later than its own due instant.
    """
    zone = zones.zone(time_zone)
    return min(due_at, first_instant(effective_date(corrected_at, zone), zone))


def in_order(dated: Sequence[tuple[datetime, T]]) -> list[tuple[datetime, T]]:
    """Changes that followed each other, by when they count: none later than the one after it."""
    found = list(dated)
    for place in range(len(found) - 2, -1, -1):
        found[place] = (min(found[place][0], found[place + 1][0]), found[place][1])
    return found


def is_ordered(corrections: Iterable[Correction]) -> bool:
    """Whether they are about different entries, each about what came before it."""
    known = list(corrections)
    return all(one.first < one.entry for one in known) and all(a.entry < b.first for a, b in pairwise(known))


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="microseconds").replace("+00:00", "Z")
