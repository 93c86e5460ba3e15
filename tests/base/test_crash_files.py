"""What a crashed interpreter has said is told once, at the next start."""

import faulthandler
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.base import crash_files
from cpdesk.base.paths import log_dir

TOP = Path(__file__).parents[2]
CRASH = "import faulthandler; from cpdesk.base import log; log.start(); faulthandler._sigabrt()"
SLEEP = "import sys; from cpdesk.base import log; log.start(); print('on', flush=True); sys.stdin.read()"


@pytest.fixture(autouse=True)
def _nobody_listens() -> Iterator[None]:
    """As in the program itself; the test runner's own is given back."""
    file = sys.stderr.fileno() if faulthandler.is_enabled() else None
    yield
    if file is not None:
        faulthandler.enable(file)


def crash() -> None:
    environment = {**os.environ, "PYTHONFAULTHANDLER": ""}
    done = subprocess.run([sys.executable, "-c", CRASH], check=False, capture_output=True, cwd=TOP, env=environment)
    assert done.returncode != 0


def archived() -> list[str]:
    return sorted(path.name for path in (log_dir() / "crashes").glob("*"))


def test_a_crash_is_told_once_and_kept() -> None:
    crash()
    said = crash_files.take()
    assert "Fatal Python error: Aborted" in said
    assert crash_files.take() == ""
    assert len(archived()) == 1
    assert list(log_dir().glob("crash-*")) == []


def test_each_of_several_processes_is_told() -> None:
    crash()
    crash()
    assert crash_files.take().count("Fatal Python error: Aborted") == 2


def test_a_crash_that_the_first_version_wrote_down_is_told() -> None:
    log_dir().mkdir(parents=True)
    (log_dir() / "crash.log").write_text("Fatal Python error: Segmentation fault\n", encoding="utf-8")
    assert "Segmentation fault" in crash_files.take()
    assert not (log_dir() / "crash.log").exists()


def test_it_names_nobody() -> None:
    log_dir().mkdir(parents=True)
    frame = f'  File "{Path.home()}/programs/cpdesk/cpdesk/app.py", line 3 in main\n'
    (log_dir() / "crash-1.log").write_text(frame, encoding="utf-8")
    said = crash_files.take()
    assert "line 3 in main" in said
    assert str(Path.home()) not in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let go of the file")
def test_a_process_that_lives_keeps_its_file() -> None:
    environment = {**os.environ, "PYTHONFAULTHANDLER": ""}
    words = [sys.executable, "-c", SLEEP]
    with subprocess.Popen(words, cwd=TOP, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert crash_files.take() == ""
        assert (log_dir() / f"crash-{process.pid}.log").exists()
        process.kill()
        process.communicate()
    assert crash_files.take() == ""
    assert list(log_dir().glob("crash-*")) == []


def test_only_the_latest_are_kept() -> None:
    log_dir().mkdir(parents=True)
    for number in range(8):
        path = log_dir() / f"crash-{number + 1}.log"
        path.write_text("Fatal", encoding="utf-8")
        os.utime(path, (number * 1000, number * 1000))
    crash_files.take()
    assert archived() == [f"19700101T{at}Z-crash-{number}.log" for number, at in zip(range(4, 9), AT, strict=True)]


AT = ("005000", "010640", "012320", "014000", "015640")


def test_whoever_listens_already_goes_on_to(tmp_path: Path) -> None:
    if not faulthandler.is_enabled():
        faulthandler.enable()
    assert crash_files.listen(tmp_path) is None
    assert faulthandler.is_enabled()
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_for_its_owner_and_goes_with_the_process(tmp_path: Path) -> None:
    faulthandler.disable()
    file = crash_files.listen(tmp_path)
    assert file is not None
    assert faulthandler.is_enabled()
    if sys.platform != "win32":
        assert Path(file.name).stat().st_mode & 0o777 == 0o600
    crash_files.end(file)
    assert not faulthandler.is_enabled()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_says_nothing() -> None:
    assert crash_files.take() == ""
