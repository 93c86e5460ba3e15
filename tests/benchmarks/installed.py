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
_CORNER = slice(30 * _LINE + 40, 30 * _LINE + 400)
"""A piece of a line near the top left of the screen: what both windows cover."""
_PAGE = slice(560 * 4, 560 * 4 + 700 * _LINE, _LINE)
"""One byte of each line down the screen, beside the pointer in its middle: what stands on a page is of other colours
than its ground."""
_COLOURS = 4
"""A window without a page has one colour there, or two while it comes."""

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
            rounds = [(_times(ours, around, screen), _times(bare, around, screen)) for _ in range(ROUNDS + 1)][1:]
            window, complete = zip(*(ours for ours, _bare in rounds), strict=True)
            bare_window = [bare[0] for _ours, bare in rounds]
            yield compared(f"installed, start to the window, {page}", "ms", window, bare_window, TIME_DEMAND)
            yield compared(f"installed, start to the {page} page", "ms", complete, bare_window)


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


def _times(program: Program, surroundings: Environment, screen: mmap.mmap) -> tuple[float, float]:
    """Milliseconds from the start of a program until something of it is on the screen, and until a page is.

    A bare window never has a page: the second figure is the first one there.
    """
    blank = _seen(screen)
    started = time.monotonic()
    with subprocess.Popen([program], env=surroundings, stdin=subprocess.DEVNULL, cwd="/") as process:
        try:
            _wait(lambda: _seen(screen) != blank)
            window = time.monotonic() - started
            if program.name == "cpdesk":
                _wait(lambda: _has_page(screen))
            complete = time.monotonic() - started
        finally:
            process.kill()
    _wait(lambda: _seen(screen) == blank)
    return 1000 * window, 1000 * complete


def _seen(screen: mmap.mmap) -> bytes:
    return _pixels(screen, _CORNER)


def _has_page(screen: mmap.mmap) -> bool:
    return len(set(_pixels(screen, _PAGE))) > _COLOURS


def _pixels(screen: mmap.mmap, where: slice) -> bytes:
    header = len(screen) - 800 * _LINE
    return screen[header + where.start : header + where.stop : where.step or 1]


def _wait(until: Callable[[], bool]) -> None:
    """Raises TimeoutError if it never comes."""
    pause, end = threading.Event(), time.monotonic() + _PATIENCE
    while not until():
        if time.monotonic() > end:
            raise TimeoutError("the screen stays as it is")
        pause.wait(0.001)
