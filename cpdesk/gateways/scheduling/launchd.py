"""macOS: an agent of launchd, for the person who runs the program."""

import os
import plistlib
from pathlib import Path

from cpdesk.gateways.scheduling.job import MINUTE, Job, JobScheduler, read, remove, write
from cpdesk.gateways.scheduling.runner import Runner, demand
from cpdesk.services.scheduling import Schedule, ScheduleState


def agent_text(job: Job) -> bytes:
    """The property list of the agent. What was missed in sleep is made up for at waking, else at logging in."""
    return plistlib.dumps(
        {
            "Label": job.name,
            "ProgramArguments": list(job.words),
            "StartCalendarInterval": {"Minute": MINUTE},
            "RunAtLoad": True,
            "ProcessType": "Background",
        },
        sort_keys=False,
    )


class Launchd(JobScheduler):
    """The launchd of the person's session."""

    def __init__(self, job: Job, run: Runner) -> None:
        super().__init__(job)
        self._run = run
        self._text = agent_text(job)
        self._file = Path.home() / "Library" / "LaunchAgents" / f"{job.name}.plist"
        self._session = f"gui/{os.getuid()}" if hasattr(os, "getuid") else "gui"

    def look(self) -> Schedule:
        """How things stand."""
        return Schedule(self._state(), last_run=self._job.last_run())

    def switch_on(self) -> None:
        """Write the agent and load it, in place of what may be loaded. Raises KnownError; nothing is left then."""
        write(self._file, self._text)
        if self._loaded():
            self._unload()
        try:
            demand(self._run, ("launchctl", "bootstrap", self._session, str(self._file)))
        except BaseException:
            remove(self._file)
            raise

    def switch_off(self) -> None:
        """Unload the agent and delete it. Raises KnownError."""
        if self._loaded():
            self._unload()
        remove(self._file)

    @property
    def _target(self) -> str:
        return f"{self._session}/{self._job.name}"

    def _loaded(self) -> bool:
        return self._run(("launchctl", "print", self._target)).code == 0

    def _unload(self) -> None:
        demand(self._run, ("launchctl", "bootout", self._target))

    def _state(self) -> ScheduleState:
        kept = read(self._file)
        if kept is None or not self._loaded():
            return ScheduleState.OFF
        return ScheduleState.ON if kept == self._text else ScheduleState.OUTDATED
