"""Linux: a service and its timer for the person's own systemd."""

import os
from pathlib import Path
from typing import Final

from cpdesk.gateways.scheduling.job import MINUTE, Job, JobScheduler, read, remove, write
from cpdesk.gateways.scheduling.runner import NOT_FOUND, Runner, demand
from cpdesk.services.scheduling import Obstacle, Schedule, ScheduleState

_SYSTEMCTL: Final = ("systemctl", "--user")

_ESCAPED: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "%": "%%"}


def service_text(job: Job) -> str:
    """The unit that runs the program once. One that was uninstalled is passed over, not a failure every hour."""
    program, *others = job.words
    # The colon keeps dollar signs as they are.
    command = " ".join((f":{_quoted(program)}", *map(_quoted, others)))
    return f"""[Unit]
Description=Complete changes of mode that are due in cpdesk
ConditionFileIsExecutable={_unquoted(program)}

[Service]
Type=oneshot
ExecStart={command}
TimeoutStartSec=10min
"""


def timer_text() -> str:
    """The unit that starts it every hour, and after a time without a chance to."""
    return f"""[Unit]
Description=Complete changes of mode that are due in cpdesk, every hour

[Timer]
OnCalendar=*-*-* *:{MINUTE:02}:00
Persistent=true
AccuracySec=1min

[Install]
WantedBy=timers.target
"""


def units_folder() -> Path:
    """Where systemd looks for the units of the person who runs the program."""
    chosen = os.environ.get("XDG_CONFIG_HOME", "")
    # systemd takes no other path either.
    home = Path(chosen) if chosen.startswith("/") else Path.home() / ".config"
    return home / "systemd" / "user"


class Systemd(JobScheduler):
    """The person's own systemd."""

    def __init__(self, job: Job, run: Runner) -> None:
        super().__init__(job)
        self._run = run
        self._timer = f"{job.name}.timer"
        self._files = {
            units_folder() / f"{job.name}.service": service_text(job).encode("utf-8", "surrogateescape"),
            units_folder() / self._timer: timer_text().encode(),
        }

    def look(self) -> Schedule:
        """How things stand."""
        obstacle = self._obstacle()
        if obstacle is not None:
            return Schedule(ScheduleState.IMPOSSIBLE, obstacle, self._job.last_run())
        return Schedule(self._state(), last_run=self._job.last_run())

    def switch_on(self) -> None:
        """Write both units and start the timer. Raises KnownError; nothing is left then."""
        for path, data in self._files.items():
            write(path, data)
        try:
            demand(self._run, (*_SYSTEMCTL, "daemon-reload"))
            demand(self._run, (*_SYSTEMCTL, "enable", "--now", self._timer))
        except BaseException:
            remove(*self._files)
            raise

    def switch_off(self) -> None:
        """Stop the timer and delete both units. Raises KnownError."""
        if any(path.exists() for path in self._files):
            demand(self._run, (*_SYSTEMCTL, "disable", "--now", self._timer))
            remove(*self._files)
            demand(self._run, (*_SYSTEMCTL, "daemon-reload"))

    def _obstacle(self) -> Obstacle | None:
        code = self._run((*_SYSTEMCTL, "show-environment")).code
        if code == NOT_FOUND:
            return Obstacle.NO_SYSTEMD
        return Obstacle.NO_SESSION if code else None

    def _state(self) -> ScheduleState:
        if self._run((*_SYSTEMCTL, "is-enabled", self._timer)).code:
            return ScheduleState.OFF
        same = all(read(path) == data for path, data in self._files.items())
        return ScheduleState.ON if same else ScheduleState.OUTDATED


def _quoted(word: str) -> str:
    """A word of a command line as unit files have it; what stands after a percent sign is no wish of ours."""
    return '"' + "".join(_ESCAPED.get(letter, letter) for letter in word) + '"'


def _unquoted(path: str) -> str:
    """A path where unit files take the whole line for one."""
    return path.replace("%", "%%")
