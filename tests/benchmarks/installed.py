"""The frozen program against a bare window frozen in the same way: how large it is, how soon its window is seen.

What is seen is looked up in the memory of a virtual screen: nothing inside the programs is watched or changed.
"""

import mmap
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cpdesk.base.clock import SystemClock
from tests.benchmarks import children
from tests.benchmarks.children import ROOT, Environment
from tests.benchmarks.many_switches import prepare
from tests.benchmarks.results import Result, compared, tell
from tests.e2e.screen import x_server

ROUNDS = 15
TIME_DEMAND = 1.5
SIZE_DEMAND = 1.25
_PATIENCE = 30.0
"""Seconds."""
_LINE = 1280 * 4
_LOOK_AT = slice(30 * _LINE + 40, 30 * _LINE + 400)
"""A piece of a line near the top left of the screen: what both windows cover."""

_SURROUNDINGS = {"QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}

Program = Path


def installed(folder: Path) -> Iterator[Result]:
    """Size, and time to the first painted window of a database that is there and of none."""
    if sys.platform != "linux":
        tell("installed: measured on Linux alone")
        return
    ours, bare = _freeze("cpdesk"), _freeze("bare")
    yield compared("installed size", "MB", [_size(ours)], [_size(bare)], SIZE_DEMAND, "the folder of the program")
    prepare(folder / "data", 1, SystemClock().now())
    with _screen(folder) as (screen, display):
        for page, data in (("sign-in", folder / "data"), ("set-up", folder / "none")):
            tell(f"installed, start to the {page} page")
            around = children.environment(folder, data) | {
                "DISPLAY": display,
                "QT_QPA_PLATFORM": "xcb",
                "LANG": "C.UTF-8",
            }
            rounds = [[_time(one, around, screen) for one in (ours, bare)] for _ in range(ROUNDS + 1)][1:]
            times = [took for took, _bare in rounds], [took for _ours, took in rounds]
            yield compared(f"installed, start to the {page} page", "ms", *times, TIME_DEMAND)


def _freeze(name: str) -> Program:
    """Freeze a program by the rules of the release; the newest of both is measured, whatever was built before."""
    tell(f"freezing {name}")
    words = [sys.executable, "packaging/build.py", "--freeze", name]
    done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return Path(done.stdout.strip())


def _size(program: Program) -> float:
    files = (path for path in program.parent.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 1e6


@contextmanager
def _screen(folder: Path) -> Iterator[tuple[mmap.mmap, str]]:
    """A virtual screen: its memory, and its name."""
    memory = folder / "screen"
    memory.mkdir()
    with (
        x_server("-fbdir", str(memory)) as display,
        (memory / "Xvfb_screen0").open("r+b") as file,
        mmap.mmap(file.fileno(), 0) as pixels,
    ):
        yield pixels, display


def _time(program: Program, surroundings: Environment, screen: mmap.mmap) -> float:
    """Milliseconds from the start of a program to the moment that something of it is on the screen."""
    blank = _seen(screen)
    started = time.monotonic()
    with subprocess.Popen([program], env=surroundings, stdin=subprocess.DEVNULL, cwd="/") as process:
        try:
            _wait(lambda: _seen(screen) != blank)
            took = time.monotonic() - started
        finally:
            process.kill()
    _wait(lambda: _seen(screen) == blank)
    return 1000 * took


def _seen(screen: mmap.mmap) -> bytes:
    header = len(screen) - 800 * _LINE
    return screen[header + _LOOK_AT.start : header + _LOOK_AT.stop]


def _wait(until: Callable[[], bool]) -> None:
    """Raises TimeoutError if it never comes."""
    pause, end = threading.Event(), time.monotonic() + _PATIENCE
    while not until():
        if time.monotonic() > end:
            raise TimeoutError("the screen stays as it is")
        pause.wait(0.001)
