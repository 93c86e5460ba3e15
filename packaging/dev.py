#!/usr/bin/env python3
"""Set up, run and test cpdesk from a checkout, with nothing but Python 3.11 or newer.

    python3 packaging/dev.py run [-- ARGS]   open the window, or run cpdesk with ARGS
    python3 packaging/dev.py test            lint, types, import rules and all tests, without a screen
    python3 packaging/dev.py test ARGS       pytest alone, with ARGS
    python3 packaging/dev.py lint            lint, types and import rules alone
    python3 packaging/dev.py gallery         render every page and dialog to build/gallery
    python3 packaging/dev.py bench           measure start-up and settling, as JSON
    python3 packaging/dev.py torture --minutes N
                                             crash, kill and starve the program, feed it bad files; findings as JSON
    python3 packaging/dev.py package         build the .deb, install it, let it test itself, remove it (takes root)
    python3 packaging/dev.py spreadsheets    open what is exported with LibreOffice (soffice), and fail on any complaint
    python3 packaging/dev.py translations    collect texts, update the catalogues, list what is untranslated
    python3 packaging/dev.py catalog FILE MONTH
                                             make the shipped list of products out of Microsoft's of a month (2026-09)

The first call makes a virtual environment in .venv and, on Linux, looks for the system libraries that Qt
needs; later calls notice within a moment that nothing changed.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import dev_environment
import dev_system
from dev_environment import TOP

if TYPE_CHECKING:
    from pathlib import Path

OLDEST = (3, 11)
PROCESSES = min(4, (os.cpu_count() or 1) + 1)
"""One more than there are cores: some tests wait for other programs."""
SIDE_BY_SIDE = ("--numprocesses", str(PROCESSES), "--dist", "worksteal")
"""All tests at once keep each core busy."""
COMPILED = TOP / "tests" / "__pycache__"
"""Is there once tests were run in this checkout."""


class Step(NamedTuple):
    """One check of `test`: what it is called and what it runs."""

    name: str
    words: list[str]


def main(arguments: list[str]) -> int:
    """Run one command; the answer is the exit code."""
    if sys.version_info < OLDEST:
        sys.exit("dev: cpdesk needs Python {}.{} or newer".format(*OLDEST))
    command, rest = arguments[0] if arguments else "--help", arguments[1:]
    if command not in _COMMANDS:
        print(__doc__)
        return 0 if command in {"-h", "--help"} else 2
    dev_system.provide(command)
    try:
        dev_environment.provide("" if command == "run" else "test")
        return _COMMANDS[command](rest[1:] if rest[:1] == ["--"] else rest)
    except subprocess.CalledProcessError as error:
        print(f"dev: failed with exit code {error.returncode}: {' '.join(error.cmd)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """cpdesk itself."""
    return _call([_python(), "-m", "cpdesk", *arguments])


def test(arguments: list[str]) -> int:
    """Everything that has to be green; with arguments pytest alone."""
    failed = [] if arguments else check_and_compile()
    code = _call([_python(), "-m", "pytest", *(arguments or SIDE_BY_SIDE)], cwd=TOP, env=_for_tests())
    if failed:
        print("dev: FAILED: " + ", ".join([*failed, *(["pytest"] if code else [])]), file=sys.stderr)
    return code or bool(failed)


def lint(_arguments: list[str]) -> int:
    """The checks that run nothing of the program."""
    return bool(check())


def gallery(arguments: list[str]) -> int:
    """Pictures of every page and dialog."""
    return _call([_python(), "-m", "cpdesk.ui.gallery", *arguments], cwd=TOP, env=_without_screen())


def bench(arguments: list[str]) -> int:
    """The measurements."""
    return _call([_python(), "-m", "tests.benchmarks", *arguments], cwd=TOP, env=_without_screen())


def torture(arguments: list[str]) -> int:
    """Crashes, kills, faults of the disk and bad input. Ctrl+C is its own to answer: it still says what it found."""
    return _wait_through_interrupts([_python(), "-m", "tests.torture", *arguments])


def package(_arguments: list[str]) -> int:
    """The .deb as a person meets it."""
    import dev_package

    return dev_package.main()


def spreadsheets(_arguments: list[str]) -> int:
    """Exported files as LibreOffice finds them."""
    return _call([_python(), "-m", "tests.spreadsheets"], cwd=TOP, env=_without_screen())


def translations(arguments: list[str]) -> int:
    """Bring the catalogues up to date with the texts in the source."""
    return _call([_python(), "packaging/translations.py", *arguments], cwd=TOP)


def catalog(arguments: list[str]) -> int:
    """The shipped lists of products and service plans."""
    return _call([_python(), str(TOP / "packaging" / "catalog.py"), *arguments])


def check() -> list[str]:
    """Run the static checks one after the other; the answer is the names of those that failed."""
    return [step.name for step in steps() if not passes(step)]


def check_and_compile() -> list[str]:
    """The same. In a fresh checkout another core compiles meanwhile what the tests are made of.

    Collecting them does: left to the processes that run them, each would do all of it.
    """
    collect = [_python(), "-m", "pytest", "--collect-only", "-qq"]
    with ThreadPoolExecutor() as beside:
        if not COMPILED.exists():
            beside.submit(_call, collect, cwd=TOP, env=_for_tests(), stdout=subprocess.DEVNULL)
        return check()


def steps() -> list[Step]:
    """The static checks."""
    ruff = dev_environment.program("ruff")
    return [
        Step("ruff check", [ruff, "check", "."]),
        Step("ruff format", [ruff, "format", "--check", "."]),
        Step("mypy", [_python(), "-m", "mypy"]),
        Step("import rules", [dev_environment.program("lint-imports")]),
    ]


def passes(step: Step) -> bool:
    """Run one check and say how it went and how long it took. What it prints is shown only when it fails."""
    started = time.monotonic()
    done = subprocess.run(step.words, cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    good = done.returncode == 0
    if not good:
        print(done.stdout.decode(errors="replace").rstrip())
    seconds = time.monotonic() - started
    print(f"dev: {step.name:<12} {'ok' if good else 'FAILED'}  {seconds:.1f} s", flush=True)
    return good


def _python() -> str:
    return dev_environment.program("python")


def _without_screen() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def _for_tests() -> dict[str, str]:
    """Besides, what was compiled is kept, whatever the habit of the machine: the tests start hundreds of processes."""
    return {name: value for name, value in _without_screen().items() if name != "PYTHONDONTWRITEBYTECODE"}


def _wait_through_interrupts(words: list[str]) -> int:
    with subprocess.Popen(words, cwd=TOP, env=_without_screen()) as process:
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                return process.wait()


def _call(
    words: list[str], cwd: Path | None = None, env: dict[str, str] | None = None, stdout: int | None = None
) -> int:
    return subprocess.run(words, cwd=cwd, env=env, stdout=stdout, check=False).returncode


_COMMANDS = {
    "run": run,
    "test": test,
    "lint": lint,
    "gallery": gallery,
    "bench": bench,
    "torture": torture,
    "package": package,
    "spreadsheets": spreadsheets,
    "translations": translations,
    "catalog": catalog,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
