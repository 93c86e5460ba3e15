"""A system whose scheduler the program does not know."""

from cpdesk.base.errors import KnownError
from cpdesk.gateways.scheduling.job import JobScheduler
from cpdesk.services.scheduling import Obstacle, Schedule, ScheduleState


class NoScheduler(JobScheduler):
    """Nothing to switch on; a scheduler that somebody has set up by hand is still heard of."""

    def look(self) -> Schedule:
        """How things stand."""
        return Schedule(ScheduleState.IMPOSSIBLE, Obstacle.OTHER_SYSTEM, self._job.last_run())

    def switch_on(self) -> None:
        """Raises KnownError `scheduler_missing`."""
        raise KnownError("scheduler_missing")

    def switch_off(self) -> None:
        """There is nothing to end."""
