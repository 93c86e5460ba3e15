import faulthandler
import logging
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.base import log
from cpdesk.base.paths import log_dir


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Give the root logger back as pytest had it."""
    level = logging.getLogger().level
    yield
    logging.getLogger().setLevel(level)


@pytest.fixture
def running() -> Iterator[log.Log]:
    started = log.start()
    assert started is not None
    yield started
    started.close()


def test_lines_carry_the_time_in_utc(running: log.Log) -> None:
    logging.getLogger("cpdesk.test").info("settled %d switches", 3)
    line = (log_dir() / "cpdesk.log").read_text(encoding="utf-8")
    stamp = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
    assert re.fullmatch(stamp + r" INFO \d+ \w+ cpdesk\.test: settled 3 switches\n", line)
    assert running.file == log_dir() / "cpdesk.log"


def test_the_log_stays_small(running: log.Log) -> None:
    running.handler.maxBytes = 200
    for number in range(50):
        logging.getLogger("cpdesk.test").info("line %d", number)
    files = sorted(path.name for path in log_dir().glob("cpdesk.log*"))
    assert files == ["cpdesk.log", *(f"cpdesk.log.{number}" for number in range(1, 6))]


def test_closing_lets_go_of_everything() -> None:
    before = list(logging.getLogger().handlers)
    started = log.start()
    assert started is not None
    started.close()
    assert logging.getLogger().handlers == before


def test_the_test_runner_still_hears_of_crashes() -> None:
    if not faulthandler.is_enabled():
        pytest.skip("it does not want to")
    started = log.start()
    assert started is not None
    assert started.crashes is None
    started.close()
    assert faulthandler.is_enabled()


def test_an_unusable_folder_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CPDESK_DATA", str(tmp_path / "file"))
    assert log.start() is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_only_the_owner_reads_it(running: log.Log) -> None:
    logging.getLogger("cpdesk.test").info("a line")
    assert log_dir().stat().st_mode & 0o777 == 0o700
    running.handler.doRollover()
    logging.getLogger("cpdesk.test").info("a line")
    assert {path.stat().st_mode & 0o777 for path in log_dir().glob("cpdesk.log*")} == {0o600}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_log_that_all_could_read_is_closed_to_them(running: log.Log) -> None:
    running.file.touch(mode=0o644)
    logging.getLogger("cpdesk.test").info("a line")
    assert running.file.stat().st_mode & 0o777 == 0o600


def test_an_error_is_logged_without_what_is_about_people(running: log.Log) -> None:
    customers: dict[str, int] = {}
    name = "Dana Reyes"
    try:
        customers[name]
    except KeyError:
        logging.getLogger("cpdesk.test").exception("it failed")
    text = running.file.read_text(encoding="utf-8")
    assert "it failed\nKeyError" in text
    assert 'File "tests/base/test_log.py"' in text
    assert "Dana" not in text


def test_what_libraries_say_of_the_users_folder_is_masked(running: log.Log) -> None:
    logging.getLogger("qt").warning("cannot open %s/x.svg", Path.home())
    assert "cannot open ~/x.svg" in running.file.read_text(encoding="utf-8")


def test_a_folder_that_vanishes_stops_nothing_and_says_nothing(
    running: log.Log, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(log_dir())
    log_dir().touch()
    logging.getLogger("cpdesk.test").error("nobody hears it")
    assert capsys.readouterr() == ("", "")
    assert running.file.parent.is_file()


def test_a_file_that_another_program_holds_grows_instead(running: log.Log, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_words: object) -> None:
        raise PermissionError

    running.handler.maxBytes = 100
    monkeypatch.setattr("os.rename", held)
    for number in range(5):
        logging.getLogger("cpdesk.test").info("line %d", number)
    assert running.file.read_text(encoding="utf-8").count("line") == 5
