"""The composition root of the self-test: makes what the checks need, runs them, and prints the report."""

import faulthandler
import gc
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from cpdesk.base.paths import DATA_VARIABLE
from cpdesk.demo.folder import RunFolder
from cpdesk.selftest.results import Report, Result, described, document

_LONGEST = 300
"""Seconds after which a self-test that hangs shows where, and ends with exit code 1."""


def main() -> int:
    """Run all checks, print one JSON document, and leave nothing behind. 0 if all is well, else 1."""
    with _last_words(), _terminal() as terminal:
        report = _report(terminal)
        _print(report, terminal)
    return 0 if report["ok"] else 1


def _report(terminal: TextIO | None) -> Report:
    try:
        with _folder() as folder:
            return _tested(folder, terminal)
    except Exception as error:  # noqa: BLE001 - Qt or one of our modules does not load, or there is nowhere to write
        return document([_unprepared(error)])


def _tested(folder: RunFolder, terminal: TextIO | None) -> Report:
    from cpdesk.ui import qt

    qt.load()
    from PySide6.QtCore import qVersion

    from cpdesk.opening import application
    from cpdesk.selftest.checks import all_checks
    from cpdesk.selftest.listening import Listener
    from cpdesk.selftest.running import run

    results: list[Result] = []

    def give_up(said: str) -> None:
        """Qt ends the process after its last words, where there is no screen for instance: be quicker."""
        _print(document([*results, Result("qt", ok=False, seconds=0, detail=said)], qt=qVersion()), terminal)
        folder.remove()
        os._exit(1)

    gc.disable()  # see cpdesk.jobs.garbage
    with Listener(give_up) as listener:
        app = application()
        try:
            for result in run(all_checks(app, folder.path), listener):
                results.append(result)
        except Exception as error:  # noqa: BLE001 - what the other checks need is broken
            results.append(_unprepared(error))
    return document(results, qt=qVersion(), plugin=app.platformName())


def _unprepared(error: Exception) -> Result:
    return Result("preparation", ok=False, seconds=0, detail=described(error))


def _print(report: Report, terminal: TextIO | None) -> None:
    if terminal is not None:
        terminal.write(json.dumps(report, indent=2) + "\n")
        terminal.flush()


@contextmanager
def _folder() -> Iterator[RunFolder]:
    """A folder that is gone in the end. In the environment, so that log and data follow: nothing else is touched."""
    folder = RunFolder()
    before = os.environ.get(DATA_VARIABLE)
    os.environ[DATA_VARIABLE] = str(folder.path)
    try:
        yield folder
    finally:
        folder.remove()
        if before is None:
            del os.environ[DATA_VARIABLE]
        else:
            os.environ[DATA_VARIABLE] = before


@contextmanager
def _terminal() -> Iterator[TextIO | None]:
    """Standard output itself, whatever becomes of it while the checks run; None for a program without a terminal."""
    if sys.stdout is None:
        yield None
        return
    with open(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as stream:
        yield stream


@contextmanager
def _last_words() -> Iterator[None]:
    """Show where, if the interpreter crashes or a check hangs. On the terminal itself: what else is written to
    standard error is listened to, and would be lost with the process."""
    if sys.stderr is None:
        # A program without a terminal has nowhere to show it.
        yield
        return
    enabled = faulthandler.is_enabled()
    with open(os.dup(sys.stderr.fileno()), "w", encoding="utf-8") as stream:
        faulthandler.enable(stream)
        faulthandler.dump_traceback_later(_LONGEST, exit=True, file=stream)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
            if enabled:
                faulthandler.enable()
            else:
                faulthandler.disable()
