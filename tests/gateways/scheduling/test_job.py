"""What is run, by which name, and when it ran last; and how commands of the system are run."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.gateways.scheduling import scheduler_for
from cpdesk.gateways.scheduling.job import Job
from cpdesk.gateways.scheduling.none import NoScheduler
from cpdesk.gateways.scheduling.program import program_words
from cpdesk.gateways.scheduling.runner import NOT_FOUND, run
from cpdesk.services.scheduling import Obstacle, ScheduleState

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_each_data_folder_has_a_job_of_its_own() -> None:
    one, two = (Job(("cpdesk",), Path(folder)) for folder in ("/data/one", "/data/two"))
    assert one.name != two.name
    assert one.name == Job(("other",), Path("/data/one")).name, "also when the program has moved"


def test_the_last_run_is_remembered_in_the_data_folder(tmp_path: Path) -> None:
    job = Job(("cpdesk",), tmp_path)
    assert job.last_run() is None
    job.ran(NOON)
    assert Job(("other",), tmp_path).last_run() == NOON


def test_a_folder_that_is_gone_remembers_nothing_and_stops_nothing(tmp_path: Path) -> None:
    job = Job(("cpdesk",), tmp_path / "gone")
    job.ran(NOON)
    assert job.last_run() is None


def test_a_packaged_program_is_started_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert program_words()[1:] == ("-m", "cpdesk")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert program_words() == (sys.executable,)


def test_an_unknown_system_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "plan9")
    scheduler = scheduler_for(tmp_path)
    assert isinstance(scheduler, NoScheduler)
    seen = scheduler.look()
    assert (seen.state, seen.obstacle) == (ScheduleState.IMPOSSIBLE, Obstacle.OTHER_SYSTEM)
    scheduler.switch_off()
    with pytest.raises(KnownError, match="scheduler_missing"):
        scheduler.switch_on()


def test_a_command_that_is_not_there_is_an_answer_too() -> None:
    assert run(("no-such-command-anywhere",)) == (NOT_FOUND, "")


def test_what_a_command_says_is_heard() -> None:
    answer = run((sys.executable, "-c", "import sys; print('said'); print('so', file=sys.stderr); sys.exit(3)"))
    assert answer.code == 3
    assert answer.text.split() == ["said", "so"]


@pytest.mark.parametrize(("before", "seen"), [("", "none"), ("/usr/local/lib", "/usr/local/lib")])
def test_a_packaged_program_keeps_its_libraries_to_itself(
    before: str, seen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/cpdesk/_internal")
    if before:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    asked = "import os; print(os.environ.get('LD_LIBRARY_PATH', 'none'))"
    assert run((sys.executable, "-c", asked)) == (0, seen)
