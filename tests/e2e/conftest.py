"""The fixtures of the tests that start the real program. They need a Linux system; elsewhere they are skipped."""

import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.e2e.program import ROOT, Program, Window
from tests.e2e.screen import Screen, open_screen

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
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files of the programs that are started from now on."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def demo(temporary: Path, program: Program) -> Window:  # noqa: ARG001 - set before
    """A demo with the Customer List before the reseller administrator."""
    return program.open_demo()


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
