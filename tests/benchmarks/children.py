"""Processes that are measured, and where they appear."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "FONTCONFIG_PATH", "FONTCONFIG_FILE")
_TIMEOUT = 120

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}

Environment = dict[str, str]


@contextmanager
def platforms() -> Iterator[dict[str, Environment]]:
    """Where windows can appear, by name: always in memory, and on a virtual screen where there is one."""
    if shutil.which("Xvfb") is None:
        yield {"offscreen": OFFSCREEN}
        return
    from tests.e2e.screen import x_server

    with x_server() as display:
        yield {"offscreen": OFFSCREEN, "xcb": {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}}


def environment(folder: Path, data: Path) -> Environment:
    """The surroundings of a child: `folder` is its home, `data` its data folder."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return inherited | {"HOME": str(folder), "CPDESK_DATA": str(data), "LANGUAGE": "en", "TZ": "UTC"}


def run(arguments: list[str], surroundings: Environment) -> str:
    """Run Python with these arguments to its end; what it printed. Raises CalledProcessError if it fails."""
    return _done(arguments, surroundings).stdout


def run_told(arguments: list[str], surroundings: Environment) -> str:
    """The same; what it said on standard error."""
    return _done(arguments, surroundings, stderr=subprocess.PIPE).stderr


def _done(
    arguments: list[str], surroundings: Environment, stderr: int | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        encoding="utf-8",
        timeout=_TIMEOUT,
        check=True,
    )


def at_work(module: str, folder: Path) -> Any:
    """Run the window as a module of this package has it work, on a copy of what is prepared in `folder`.

    Returns what it found, which it prints as JSON.
    """
    data = folder / "copy"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(folder / "prepared", data)
    # As the program itself does: Qt first, and without its `import`.
    main = f"from cpdesk.ui import qt; qt.load(); from tests.benchmarks.{module} import main; main()"
    return json.loads(run(["-c", main], environment(folder, data) | OFFSCREEN))


def ask(module: str, arguments: list[str], surroundings: Environment) -> Any:
    """Run a module of this package and return what it found, which it prints as JSON."""
    return json.loads(run(["-m", f"tests.benchmarks.{module}", *arguments], surroundings))
