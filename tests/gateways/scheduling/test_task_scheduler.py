"""Windows: what the Task Scheduler is given, and what it is told."""

from pathlib import Path, PureWindowsPath
from typing import cast
from xml.etree import ElementTree

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.gateways.scheduling.job import Job
from cpdesk.gateways.scheduling.task_scheduler import TaskScheduler, task_text
from cpdesk.services.scheduling import ScheduleState
from tests.support.commands import Commands

_IN = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
ODD = [
    (r"C:\Users\dana\AppData\Local\cpdesk", r"--data C:\Users\dana\AppData\Local\cpdesk apply-due"),
    (r"C:\Users\Dana Reyes\cpdesk", r'--data "C:\Users\Dana Reyes\cpdesk" apply-due'),
    (r"C:\Users\R&D <team>\100%", r'--data "C:\Users\R&D <team>\100%" apply-due'),
    (r"D:\Übung\資料", r"--data D:\Übung\資料 apply-due"),
    ("D:\\with a blank\\", '--data "D:\\with a blank" apply-due'),
]


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job((r"C:\Program Files\cpdesk\cpdesk.exe",), tmp_path)


def parsed(job: Job) -> ElementTree.Element:
    text = task_text(job)
    assert text.startswith(b"\xff\xfe"), "schtasks takes UTF-16 with its mark"
    return ElementTree.fromstring(text)


def value(task: ElementTree.Element, path: str) -> str:
    found = task.findtext("/".join(_IN + part for part in path.split("/")))
    assert found is not None, path
    return found


@pytest.mark.parametrize(("folder", "arguments"), ODD)
def test_the_program_gets_the_words_as_they_are(folder: str, arguments: str) -> None:
    job = Job((r"C:\Program Files\R&D\cpdesk.exe",), cast("Path", PureWindowsPath(folder)))
    task = parsed(job)
    assert value(task, "Actions/Exec/Command") == r"C:\Program Files\R&D\cpdesk.exe"
    assert value(task, "Actions/Exec/Arguments") == arguments


def test_it_runs_hourly_and_makes_up_for_what_was_missed(job: Job) -> None:
    task = parsed(job)
    assert value(task, "Triggers/TimeTrigger/Repetition/Interval") == "PT1H"
    assert value(task, "Triggers/TimeTrigger/StartBoundary").endswith("T00:05:00")
    assert value(task, "Settings/StartWhenAvailable") == "true"
    assert value(task, "Settings/DisallowStartIfOnBatteries") == "false"
    assert value(task, "Settings/MultipleInstancesPolicy") == "IgnoreNew"


def test_it_asks_for_no_password_and_no_rights(job: Job) -> None:
    task = parsed(job)
    assert value(task, "Principals/Principal/LogonType") == "InteractiveToken"
    assert value(task, "Principals/Principal/RunLevel") == "LeastPrivilege"


def test_switching_on_hands_over_the_file(job: Job) -> None:
    commands = Commands()
    TaskScheduler(job, commands).switch_on()
    file = job.folder / "apply-due-task.xml"
    assert commands.run == [f"schtasks /Create /TN {job.name} /XML {file} /F"]
    assert file.read_bytes() == task_text(job)


def test_switching_off_takes_task_and_file_away(job: Job) -> None:
    commands = Commands()
    scheduler = TaskScheduler(job, commands)
    scheduler.switch_on()
    commands.run.clear()
    scheduler.switch_off()
    assert commands.run == [f"schtasks /Query /TN {job.name}", f"schtasks /Delete /TN {job.name} /F"]
    assert list(job.folder.iterdir()) == []


def test_switching_off_what_is_not_on_deletes_nothing(job: Job) -> None:
    commands = Commands(**{"/Query": (1, "ERROR: The system cannot find the file specified.")})
    TaskScheduler(job, commands).switch_off()
    assert commands.run == [f"schtasks /Query /TN {job.name}"]


def test_a_refusal_is_told_and_leaves_nothing(job: Job) -> None:
    commands = Commands(**{"/Create": (1, "ERROR: Access is denied.")})
    with pytest.raises(KnownError) as refusal:
        TaskScheduler(job, commands).switch_on()
    assert refusal.value.params == {"command": "schtasks", "reason": "ERROR: Access is denied"}
    assert list(job.folder.iterdir()) == []


def test_it_is_on_while_the_task_is_there_and_is_that_of_now(job: Job) -> None:
    commands = Commands(**{"/Query": (1, "")})
    scheduler = TaskScheduler(job, commands)
    assert scheduler.look().state is ScheduleState.OFF
    scheduler.switch_on()
    del commands.answers["/Query"]
    assert scheduler.look().state is ScheduleState.ON
    moved = Job((r"D:\cpdesk\cpdesk.exe",), job.folder)
    assert TaskScheduler(moved, commands).look().state is ScheduleState.OUTDATED
