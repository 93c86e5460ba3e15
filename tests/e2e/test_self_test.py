"""`--self-test` as an installer's test runs it: as a process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from cpdesk.base import i18n
from tests.e2e.program import ROOT

pytestmark = pytest.mark.e2e

_NOISY = """
import sys, warnings
from cpdesk.selftest import checks, main
checks.all_checks = lambda *_: [("noisy", lambda: warnings.warn("old") or "done"), ("good", lambda: "done")]
sys.exit(main.main())
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home, with an empty folder for temporary files beside it."""
    (tmp_path / "home").mkdir()
    (tmp_path / "temporary").mkdir()
    return tmp_path / "home"


def run(home: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    named = {"HOME": str(home), "USERPROFILE": str(home), "TMPDIR": str(home.parent / "temporary")}
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CPDESK_", "XDG_"))}
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment | named | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def report_of(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def names_of(report: dict[str, Any]) -> set[str]:
    return {check["name"] for check in report["checks"]}


def files_in(folder: Path) -> list[Path]:
    """What was left; Qt's library for fonts has a cache of its own."""
    return [path for path in folder.rglob("*") if path.is_file() and "fontconfig" not in path.parts]


def test_an_installation_that_is_whole_leaves_the_users_data_alone(home: Path) -> None:
    """Without a screen; on one the installed package tests itself."""
    data = home / "data"
    data.mkdir()
    (data / "cpdesk.db").write_text("what a person has kept")
    begun = monotonic()
    done = run(home, "-m", "cpdesk", "--self-test", CPDESK_DATA=str(data), QT_QPA_PLATFORM="offscreen")
    took = monotonic() - begun
    report = report_of(done)
    assert [check for check in report["checks"] if not check["ok"]] == []
    assert (report["ok"], done.returncode, done.stderr) == (True, 0, "")
    assert report["platform"] == "offscreen"
    languages = [code for code, _name in i18n.available_languages()]
    who = ("nobody", "reseller", "customer", "auditor")
    assert {f"pages.{code}.{one}" for code in languages for one in who} < names_of(report)
    assert {"database.migrations", "switch", "export.csv", "export.xlsx", "start", "print"} < names_of(report)
    seconds = [check["seconds"] for check in report["checks"]]
    assert min(seconds) >= 0
    assert 0 < sum(seconds) < took  # how long that is depends on what else the computer does
    assert files_in(home.parent) == [data / "cpdesk.db"]
    assert (data / "cpdesk.db").read_text() == "what a person has kept"


def test_a_check_that_says_anything_fails_and_is_named(home: Path) -> None:
    done = run(home, "-c", _NOISY, QT_QPA_PLATFORM="offscreen")
    report = report_of(done)
    assert (done.returncode, done.stderr, report["ok"]) == (1, "", False)
    noisy, good = report["checks"]
    assert (noisy["ok"], good["ok"]) == (False, True)
    assert noisy["unexpected"][0]["source"] == "warning"
    assert noisy["unexpected"][0]["text"].startswith("UserWarning: old")


def test_without_a_folder_for_temporary_files_it_says_so(home: Path) -> None:
    nowhere = "import tempfile; tempfile.tempdir = '/nowhere'; from cpdesk.selftest.main import main; raise SystemExit"
    done = run(home, "-c", f"{nowhere}(main())", QT_QPA_PLATFORM="offscreen")
    report = report_of(done)
    assert (done.returncode, report["ok"], done.stderr) == (1, False, "")
    assert report["checks"][0]["name"] == "preparation"


def test_a_crash_of_the_interpreter_shows_where(home: Path) -> None:
    crash = _NOISY.replace('warnings.warn("old") or "done"', '__import__("faulthandler")._sigabrt()')
    done = run(home, "-c", crash, QT_QPA_PLATFORM="offscreen")
    assert done.returncode not in {0, 1}
    assert done.stdout == ""
    assert "Fatal Python error: Aborted" in done.stderr


def test_without_a_screen_it_says_so(home: Path) -> None:
    done = run(home, "-m", "cpdesk", "--self-test", QT_QPA_PLATFORM="xcb", DISPLAY=":9999")
    report = report_of(done)
    assert (done.returncode, report["ok"], done.stderr) == (1, False, "")
    assert "no Qt platform plugin could be initialized" in report["checks"][-1]["detail"]
    assert files_in(home.parent) == []


def test_an_installation_without_its_resources(home: Path) -> None:
    gone = "from cpdesk.base import assets; assets._PACKAGE = assets._PACKAGE / 'nowhere' / 'cpdesk'"
    code = f"{gone}; from cpdesk.selftest.main import main; raise SystemExit(main())"
    done = run(home, "-c", code, QT_QPA_PLATFORM="offscreen")
    report = report_of(done)
    assert (done.returncode, report["ok"], done.stderr) == (1, False, "")
    failed = {check["name"] for check in report["checks"] if not check["ok"]}
    assert {"resources.icons", "resources.catalogues", "resources.languages", "resources.help", "start"} <= failed
    assert files_in(home.parent) == []
