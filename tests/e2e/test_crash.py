"""After a bug the real program shows what happened, and starts anew when somebody wants it to: not by itself."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.e2e.accessibility import Node, application
from tests.e2e.bus import Bus
from tests.e2e.crashing import CUSTOMER
from tests.e2e.program import Program
from tests.e2e.screen import Screen
from tests.e2e.waiting import wait_until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes under /proc"),
]

MODULE = "tests.e2e.crashing"


@pytest.fixture
def crashing(screen: Screen, tmp_path: Path) -> Iterator[Program]:
    """The program with a fault, on an empty data folder; whatever it has started is ended with it."""
    program = Program(screen, tmp_path, module=MODULE)
    yield program
    program.close()
    for pid in processes(program):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def processes(program: Program) -> list[int]:
    """The processes of the program that are running, also those that it has started itself."""
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if _is_ours(folder, program)]


def _is_ours(folder: Path, program: Program) -> bool:
    try:
        words, names = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
    except OSError:
        return False
    return MODULE.encode() in words and f"CPDESK_DATA={program.data}".encode() in names


def shown(bus: Bus, pid: int) -> Node:
    """What a process shows, once it does."""
    return wait_until(lambda: application(bus, pid), "the window of the new process")


def test_the_program_is_started_anew_by_a_person_only(crashing: Program) -> None:
    window = crashing.open_window()
    window.root.wait_for("text", "Report")
    assert processes(crashing) == [window.process.pid]
    window.root.wait_for("push button", "Restart cpdesk").press()
    assert window.wait_ended() == 0
    (again,) = wait_until(lambda: processes(crashing), "the new process")
    bus = Bus(crashing.screen.accessibility_bus)
    try:
        # It fails again, says so, and goes on when it is told to.
        shown(bus, again).wait_for("push button", "Go on").press()
        shown(bus, again).wait_for("text", "Your e-mail address")
    finally:
        bus.close()
    assert processes(crashing) == [again]
    log = (crashing.data / "logs" / "cpdesk.log").read_text(encoding="utf-8")
    assert log.count("uncaught\nKeyError") == 2
    assert CUSTOMER not in log
    assert window.output() == ""
