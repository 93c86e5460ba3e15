"""macOS: what launchd is given, and what it is told."""

import os
import plistlib
from pathlib import Path

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.gateways.scheduling.job import Job
from cpdesk.gateways.scheduling.launchd import Launchd, agent_text
from cpdesk.services.scheduling import ScheduleState
from tests.support.commands import Commands

pytestmark = pytest.mark.skipif(not hasattr(os, "getuid"), reason="there are no user numbers here")

PROGRAM = "/Applications/cpdesk.app/Contents/MacOS/cpdesk"


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job((PROGRAM,), tmp_path / "data")


@pytest.fixture
def agents(tmp_path: Path) -> Path:
    return tmp_path / "Library" / "LaunchAgents"


def session() -> str:
    return f"gui/{os.getuid()}"


@pytest.mark.parametrize("folder", ["/Users/d/a b", "/Users/d/R&D <x>", "/Users/d/100%\"q'$HOME", "/Users/d/Übung資料"])
def test_the_program_gets_the_words_as_they_are(folder: str) -> None:
    agent = plistlib.loads(agent_text(Job((PROGRAM,), Path(folder))))
    assert agent["ProgramArguments"] == [PROGRAM, "--data", folder, "apply-due"]


def test_it_runs_hourly_and_at_logging_in(job: Job) -> None:
    agent = plistlib.loads(agent_text(job))
    assert agent["Label"] == job.name
    assert agent["StartCalendarInterval"] == {"Minute": 5}, "what was slept through is made up for by launchd"
    assert agent["RunAtLoad"] is True


def test_switching_on_loads_the_agent(job: Job, agents: Path) -> None:
    commands = Commands(print=(113, "Could not find service"))
    Launchd(job, commands).switch_on()
    file = agents / f"{job.name}.plist"
    assert commands.run == [
        f"launchctl print {session()}/{job.name}",
        f"launchctl bootstrap {session()} {file}",
    ]
    assert file.read_bytes() == agent_text(job)


def test_switching_on_again_takes_the_place_of_what_is_loaded(job: Job) -> None:
    commands = Commands()
    Launchd(job, commands).switch_on()
    assert [line.split()[1] for line in commands.run] == ["print", "bootout", "bootstrap"]


def test_switching_off_leaves_nothing(job: Job, agents: Path) -> None:
    commands = Commands()
    scheduler = Launchd(job, commands)
    scheduler.switch_on()
    commands.run.clear()
    scheduler.switch_off()
    assert commands.run == [f"launchctl print {session()}/{job.name}", f"launchctl bootout {session()}/{job.name}"]
    assert list(agents.iterdir()) == []


def test_a_refusal_is_told_and_leaves_nothing(job: Job, agents: Path) -> None:
    commands = Commands(print=(113, ""), bootstrap=(5, "Bootstrap failed: 5: Input/output error"))
    with pytest.raises(KnownError) as refusal:
        Launchd(job, commands).switch_on()
    assert refusal.value.params["reason"] == "Bootstrap failed: 5: Input/output error"
    assert list(agents.iterdir()) == []


def test_it_is_on_while_it_is_loaded_and_is_that_of_now(job: Job) -> None:
    commands = Commands(print=(113, ""))
    scheduler = Launchd(job, commands)
    assert scheduler.look().state is ScheduleState.OFF
    scheduler.switch_on()
    del commands.answers["print"]
    assert scheduler.look().state is ScheduleState.ON
    moved = Job(("/Users/dana/cpdesk",), job.folder)
    assert Launchd(moved, commands).look().state is ScheduleState.OUTDATED
