"""What happens by the clock: what waits for its date, and what was completed and carried out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cpdesk.domain.modes import ClockWarning, SettledSwitch

if TYPE_CHECKING:
    from collections.abc import Callable

    from cpdesk.domain.forecasts import QueuedSwitch
    from cpdesk.domain.planned import PlannedChange


@dataclass(frozen=True, slots=True)
class Agenda:
    """The time line of an account, or of all: what waits, and what became of what was planned."""

    switches: "tuple[QueuedSwitch, ...]"
    plans: "tuple[PlannedChange, ...]"
    """By due instant, whatever became of them."""
    names: Mapping[str, str]
    """Display names of products by part number."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What has just been done because it was due."""

    switches: tuple[SettledSwitch, ...] = ()
    plans: "tuple[PlannedChange, ...]" = ()
    """Carried out or skipped, in that order."""

    def __bool__(self) -> bool:
        return bool(self.switches or self.plans)

    def parted(self, is_wanted: "Callable[[int], bool]") -> "tuple[Settlement, Settlement]":
        """What happened in the accounts that are wanted by id, and the rest."""
        parts = (
            Settlement(
                tuple(one for one in self.switches if is_wanted(one.account_id) is wanted),
                tuple(one for one in self.plans if is_wanted(one.account_id) is wanted),
            )
            for wanted in (True, False)
        )
        return next(parts), next(parts)

    def __len__(self) -> int:
        return len(self.switches) + len(self.plans)

    def __add__(self, later: "Settlement") -> "Settlement":
        return Settlement(self.switches + later.switches, self.plans + later.plans)


@dataclass(frozen=True, slots=True)
class SettlingReport:
    """What a run of settling did, and what still waits."""

    applied: tuple[SettledSwitch, ...]
    pending: int
    next_due_at: datetime | None
    """UTC: of the next pending switch."""
    next_time_zone: str
    """The zone in which the next one was requested; empty where nothing is pending."""
    warning: ClockWarning | None
    """What the system clock looked like before the run."""
    carried_out: "tuple[PlannedChange, ...]" = ()
    planned: int = 0
    """Planned changes that still wait."""
    next_planned_at: datetime | None = None
    """UTC: when the next of those is due."""
    next_planned_zone: str = ""
