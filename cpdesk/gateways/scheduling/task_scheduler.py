"""Windows: a task of the Task Scheduler, for the person who runs the program."""

import subprocess
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from cpdesk.gateways.scheduling.job import MINUTE, Job, JobScheduler, read, remove, write
from cpdesk.gateways.scheduling.runner import Runner, demand
from cpdesk.services.scheduling import Schedule, ScheduleState

_NAMESPACE: Final = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_SETTINGS: Final = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "StartWhenAvailable": "true",
    "RunOnlyIfNetworkAvailable": "false",
    "WakeToRun": "false",
    "ExecutionTimeLimit": "PT10M",
}


def task_text(job: Job) -> bytes:
    """The task as `schtasks /Create /XML` takes it: in UTF-16, with the mark."""
    task = ElementTree.Element("Task", {"version": "1.2", "xmlns": _NAMESPACE})
    about = ElementTree.SubElement(task, "RegistrationInfo")
    _add(about, "Description", "Complete changes of mode that are due in cpdesk, every hour")
    _add_trigger(ElementTree.SubElement(task, "Triggers"))
    _add_principal(ElementTree.SubElement(task, "Principals"))
    settings = ElementTree.SubElement(task, "Settings")
    for name, value in _SETTINGS.items():
        _add(settings, name, value)
    program, *others = job.words
    command = ElementTree.SubElement(ElementTree.SubElement(task, "Actions", {"Context": "Author"}), "Exec")
    _add(command, "Command", program)
    _add(command, "Arguments", subprocess.list2cmdline(others))
    ElementTree.indent(task)
    text = ElementTree.tostring(task, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-16"?>\n{text}\n'.encode("utf-16", "surrogatepass")


class TaskScheduler(JobScheduler):
    """The Task Scheduler. What it was given is kept in the data folder, to be compared with."""

    def __init__(self, job: Job, run: Runner) -> None:
        super().__init__(job)
        self._run = run
        self._text = task_text(job)

    def look(self) -> Schedule:
        """How things stand."""
        return Schedule(self._state(), last_run=self._job.last_run())

    def switch_on(self) -> None:
        """Give the task to the Task Scheduler, in place of what it may have. Raises KnownError."""
        write(self._file, self._text)
        try:
            demand(self._run, ("schtasks", "/Create", "/TN", self._job.name, "/XML", str(self._file), "/F"))
        except BaseException:
            remove(self._file)
            raise

    def switch_off(self) -> None:
        """Take it away. Raises KnownError."""
        if self._known():
            demand(self._run, ("schtasks", "/Delete", "/TN", self._job.name, "/F"))
        remove(self._file)

    @property
    def _file(self) -> Path:
        return self._job.folder / "apply-due-task.xml"

    def _known(self) -> bool:
        return self._run(("schtasks", "/Query", "/TN", self._job.name)).code == 0

    def _state(self) -> ScheduleState:
        if not self._known():
            return ScheduleState.OFF
        return ScheduleState.ON if read(self._file) == self._text else ScheduleState.OUTDATED


def _add_trigger(triggers: ElementTree.Element) -> None:
    """Every hour since a day long past, without an end."""
    trigger = ElementTree.SubElement(triggers, "TimeTrigger")
    repetition = ElementTree.SubElement(trigger, "Repetition")
    _add(repetition, "Interval", "PT1H")
    _add(repetition, "StopAtDurationEnd", "false")
    _add(trigger, "StartBoundary", f"2020-01-01T00:{MINUTE:02}:00")
    _add(trigger, "Enabled", "true")


def _add_principal(principals: ElementTree.Element) -> None:
    """Whoever creates it, while signed in, without a password and without more rights than usual."""
    principal = ElementTree.SubElement(principals, "Principal", {"id": "Author"})
    _add(principal, "LogonType", "InteractiveToken")
    _add(principal, "RunLevel", "LeastPrivilege")


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text
