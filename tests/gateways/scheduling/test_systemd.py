"""Linux: what systemd is given, and what it is told."""

import configparser
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.gateways.scheduling.job import Job
from cpdesk.gateways.scheduling.runner import NOT_FOUND
from cpdesk.gateways.scheduling.systemd import Systemd, service_text, timer_text
from cpdesk.services.scheduling import Obstacle, ScheduleState
from tests.support.commands import Commands

ODD = [
    "/home/dana/.local/share/cpdesk",
    "/home/dana reyes/my data",
    "/srv/100%/50%d",
    '/srv/the "good" one',
    "/srv/it's/$HOME/${HOME}",
    "/srv/back\\slash",
    "/srv/Übung/данные/資料",
    "/srv/a&b;c|d",
]


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(("/opt/cpdesk/cpdesk",), tmp_path / "data")


@pytest.fixture
def units(tmp_path: Path) -> Path:
    return tmp_path / "xdg" / "config" / "systemd" / "user"


def parsed(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return parser


@pytest.mark.parametrize("folder", ODD)
def test_the_program_gets_the_words_as_they_are(folder: str) -> None:
    job = Job((f"{folder}/bin/cpdesk",), Path(folder))
    service = parsed(service_text(job))["Service"]
    command = service["ExecStart"]
    assert command.startswith(":"), "dollar signs stay as they are"
    assert "%" not in command.replace("%%", "")
    assert shlex.split(command[1:].replace("%%", "%")) == list(job.words)
    assert service["Type"] == "oneshot"


def test_a_line_break_in_a_path_begins_no_new_setting() -> None:
    job = Job(("/bin/cpdesk",), Path("/srv/a\nExecStart=/bin/rm"))
    assert list(parsed(service_text(job))["Service"]) == ["Type", "ExecStart", "TimeoutStartSec"]


def test_the_timer_runs_hourly_and_makes_up_for_what_was_missed() -> None:
    timer = parsed(timer_text())
    assert timer["Timer"]["OnCalendar"] == "*-*-* *:05:00"
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd to ask")
@pytest.mark.parametrize("folder", ODD)
def test_systemd_takes_both_units(folder: str, tmp_path: Path) -> None:
    job = Job(("/bin/true",), Path(folder))
    service, timer = tmp_path / f"{job.name}.service", tmp_path / f"{job.name}.timer"
    service.write_text(service_text(job), encoding="utf-8")
    timer.write_text(timer_text(), encoding="utf-8")
    words = ["systemd-analyze", "verify", "--man=no", str(service), str(timer)]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert job.name not in done.stderr
    assert done.returncode == 0, done.stderr


def test_switching_on_writes_the_units_and_starts_the_timer(job: Job, units: Path) -> None:
    commands = Commands()
    Systemd(job, commands).switch_on()
    assert commands.run == ["systemctl --user daemon-reload", f"systemctl --user enable --now {job.name}.timer"]
    assert (units / f"{job.name}.service").read_text(encoding="utf-8") == service_text(job)
    assert (units / f"{job.name}.timer").read_text(encoding="utf-8") == timer_text()


def test_switching_off_leaves_nothing(job: Job, units: Path) -> None:
    commands = Commands()
    scheduler = Systemd(job, commands)
    scheduler.switch_on()
    commands.run.clear()
    scheduler.switch_off()
    assert commands.run == [f"systemctl --user disable --now {job.name}.timer", "systemctl --user daemon-reload"]
    assert list(units.iterdir()) == []


def test_switching_off_what_is_not_on_asks_nobody(job: Job) -> None:
    commands = Commands()
    Systemd(job, commands).switch_off()
    assert commands.run == []


def test_a_refusal_is_told_and_leaves_nothing(job: Job, units: Path) -> None:
    commands = Commands(enable=(1, "Warning: first\nFailed to enable unit: Access denied."))
    with pytest.raises(KnownError) as refusal:
        Systemd(job, commands).switch_on()
    assert refusal.value.params == {"command": "systemctl", "reason": "Failed to enable unit: Access denied"}
    assert list(units.iterdir()) == []


def test_it_is_on_while_systemd_says_so_and_the_units_are_those_of_now(job: Job) -> None:
    commands = Commands()
    commands.answers["is-enabled"] = (1, "disabled")
    scheduler = Systemd(job, commands)
    assert scheduler.look().state is ScheduleState.OFF
    scheduler.switch_on()
    commands.answers["is-enabled"] = (0, "enabled")
    assert scheduler.look().state is ScheduleState.ON
    moved = Job(("/usr/bin/cpdesk",), job.folder)
    assert Systemd(moved, commands).look().state is ScheduleState.OUTDATED


@pytest.mark.parametrize(
    ("answer", "obstacle"),
    [((NOT_FOUND, ""), Obstacle.NO_SYSTEMD), ((1, "Failed to connect to bus"), Obstacle.NO_SESSION)],
)
def test_what_makes_it_impossible_is_told_apart(job: Job, answer: tuple[int, str], obstacle: Obstacle) -> None:
    seen = Systemd(job, Commands(**{"show-environment": answer})).look()
    assert (seen.state, seen.obstacle) == (ScheduleState.IMPOSSIBLE, obstacle)


def test_a_folder_that_cannot_be_written_is_told(job: Job, units: Path) -> None:
    units.parent.parent.mkdir(parents=True)
    units.parent.write_text("no folder")
    with pytest.raises(KnownError, match=r"disk_trouble|file_not_writable"):
        Systemd(job, Commands()).switch_on()
