import faulthandler
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.base import log
from cpdesk.base.paths import log_dir

TOP = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Give faulthandler and the root logger back as pytest had them."""
    enabled, level = faulthandler.is_enabled(), logging.getLogger().level
    yield
    logging.getLogger().setLevel(level)
    if enabled:
        faulthandler.enable()


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


def test_a_crash_of_the_interpreter_leaves_a_trace() -> None:
    crash = "import faulthandler; from cpdesk.base import log; log.start(); faulthandler._sigabrt()"
    done = subprocess.run([sys.executable, "-c", crash], check=False, capture_output=True, cwd=TOP)
    assert done.returncode != 0
    assert "Fatal Python error: Aborted" in (log_dir() / "crash.log").read_text(encoding="utf-8")


def test_closing_lets_go_of_everything() -> None:
    before = list(logging.getLogger().handlers)
    started = log.start()
    assert started is not None
    started.close()
    assert logging.getLogger().handlers == before
    assert started.crashes.closed
    assert not faulthandler.is_enabled()


def test_an_unusable_folder_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CPDESK_DATA", str(tmp_path / "file"))
    assert log.start() is None
