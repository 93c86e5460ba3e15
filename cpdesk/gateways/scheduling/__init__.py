"""The systems' own schedulers: systemd's timers, the Task Scheduler, launchd.

Each runs `apply-due` five minutes after every full hour, and at once after a sleep or a shutdown in which an hour
was missed. Hourly, because somewhere it is midnight at every hour, and because nothing depends on it: what is due
counts from its date however late it is completed. Five minutes late, because what is due on the hour is then due.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpdesk.services.scheduling import Scheduler


def scheduler_for(folder: Path) -> "Scheduler":
    """The scheduler of this system, for a data folder."""
    from cpdesk.gateways.scheduling.job import Job
    from cpdesk.gateways.scheduling.program import program_words
    from cpdesk.gateways.scheduling.runner import run

    job = Job(program_words(), folder.absolute())
    if sys.platform == "win32":
        from cpdesk.gateways.scheduling.task_scheduler import TaskScheduler

        return TaskScheduler(job, run)
    if sys.platform == "darwin":
        from cpdesk.gateways.scheduling.launchd import Launchd

        return Launchd(job, run)
    if sys.platform == "linux":
        from cpdesk.gateways.scheduling.systemd import Systemd

        return Systemd(job, run)
    from cpdesk.gateways.scheduling.none import NoScheduler

    return NoScheduler(job)
