"""A scheduler of no system."""

from datetime import datetime

from cpdesk.services.scheduling import Schedule, ScheduleState


class MemoryScheduler:
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        self.state = ScheduleState.OFF
        self.last_run: datetime | None = None
        self.trouble: Exception | None = None
        """What it says to each wish."""

    def look(self) -> Schedule:
        return Schedule(self.state, last_run=self.last_run)

    def switch_on(self) -> None:
        self._switch(ScheduleState.ON)

    def switch_off(self) -> None:
        self._switch(ScheduleState.OFF)

    def ran(self, now: datetime) -> None:
        self.last_run = now

    def _switch(self, state: ScheduleState) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.state = state
