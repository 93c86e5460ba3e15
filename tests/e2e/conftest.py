"""The fixtures of the tests that start the real program. They need a Linux system; elsewhere they are skipped."""

import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.e2e.program import ROOT, Program, Window
from tests.e2e.screen import Screen, open_screen
from tests.e2e.waiting import PATIENCE, wait_until

_PICTURES = ROOT / "build" / "e2e"


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    """A virtual screen with an accessibility service, the same for all tests."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the screen of these tests is a virtual X server: Linux only")
    with open_screen() as screen:
        yield screen


@pytest.fixture
def program(screen: Screen, tmp_path: Path) -> Iterator[Program]:
    """The real program on an empty data folder."""
    program = Program(screen, tmp_path)
    yield program
    program.close()


@pytest.fixture
def demo(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    """A demo with the Customer List before the reseller administrator."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    window = program.open_window("demo")
    accounts = window.root.wait_for("table", "Accounts", timeout=3 * PATIENCE)
    wait_until(lambda: accounts.row_count() == 24, "the accounts of the demo")
    return window


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep a picture of the screen when a test fails, before the program is ended."""
    report = yield
    screen = getattr(item, "funcargs", {}).get("screen")
    if call.when == "call" and report.failed and screen is not None:
        file = _PICTURES / f"{item.name}.png"
        screen.grab(file)
        report.sections.append(("screen", f"as it was: {file}"))
    return report
