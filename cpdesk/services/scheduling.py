"""Completing due changes while the window is closed: the system's own scheduler runs `cpdesk apply-due`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from cpdesk.domain import topics
from cpdesk.domain.operators import Session, require_overview, require_reseller
from cpdesk.domain.rows import Done
from cpdesk.services.base import UseCases
from cpdesk.store import journal

if TYPE_CHECKING:
    from cpdesk.services.settling import Settler
    from cpdesk.store.store import Store


class ScheduleState(StrEnum):
    """Whether the system's scheduler runs `apply-due`."""

    ON = "on"
    OFF = "off"
    OUTDATED = "outdated"
    """On, but for a program or a data folder at another place than now."""
    IMPOSSIBLE = "impossible"


class Obstacle(StrEnum):
    """Why the scheduler cannot be used."""

    DEMO = "demo"
    NO_SYSTEMD = "no_systemd"
    """Linux without systemd."""
    NO_SESSION = "no_session"
    """systemd is there, but runs nothing for this person."""
    OTHER_SYSTEM = "other_system"
    """Neither Linux, nor Windows, nor macOS."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How things stand with the system's scheduler."""

    state: ScheduleState
    obstacle: Obstacle | None = None
    """What makes it impossible."""
    last_run: datetime | None = None
    """UTC; when `apply-due` last ran on this data folder, whoever started it. None if that is not known."""


class Scheduler(Protocol):
    """The system's scheduler, for the person who runs the program and for one data folder."""

    def look(self) -> Schedule:
        """How things stand; asks the system, which takes a moment."""

    def switch_on(self) -> None:
        """Have `apply-due` run every hour, from now on also if it was on already. Raises KnownError."""

    def switch_off(self) -> None:
        """End that; nothing happens if it was not on. Raises KnownError."""

    def ran(self, now: datetime) -> None:
        """Remember that `apply-due` ran at `now` (UTC), as far as that can be written down."""


class Scheduling(UseCases):
    """The wish that due changes are completed without the window."""

    def __init__(self, store: "Store", settler: "Settler", scheduler: Callable[[], Scheduler]) -> None:
        super().__init__(store, settler)
        self._scheduler = scheduler

    def look(self, by: Session) -> Schedule:
        """How things stand. Raises UserError `not_allowed` for whoever sees one account only."""
        with self._reading(by) as work:
            require_overview(work.by)
        if self._store.demo:
            return Schedule(ScheduleState.IMPOSSIBLE, Obstacle.DEMO)
        return self._scheduler().look()

    def switch_on(self, by: Session) -> Done[Schedule]:
        """Have the system complete due changes every hour. Raises UserError `not_allowed`, KnownError."""
        return self._switch(by, on=True)

    def switch_off(self, by: Session) -> Done[Schedule]:
        """End that. Due changes are then completed by the window. Raises UserError `not_allowed`, KnownError."""
        return self._switch(by, on=False)

    def ran(self) -> None:
        """Remember that `apply-due` ran just now."""
        with self._store.read() as moment:
            now = moment.now
        self._scheduler().ran(now)

    def _switch(self, by: Session, *, on: bool) -> Done[Schedule]:
        with self._reading(by) as work:
            require_reseller(work.by)
        scheduler = self._scheduler()
        before = scheduler.look()
        # The system takes its time: nobody has to wait for the database meanwhile.
        if on:
            scheduler.switch_on()
        else:
            scheduler.switch_off()
        after = scheduler.look()
        with self._managing(by) as work:
            entry = journal.Entry(
                action="schedule.switched_on" if on else "schedule.switched_off",
                subject="schedule",
                before={"scheduled": before.state is not ScheduleState.OFF},
                after={"scheduled": after.state is not ScheduleState.OFF},
                by=work.by,
            )
            journal.append(work.now, entry)
        return Done(after, topics.SCHEDULE)
