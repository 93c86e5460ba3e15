"""Starting the program anew, as it was started: from a checkout, installed, or frozen."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QProcess, QProcessEnvironment

_FROZEN_CHILD = "PYINSTALLER_RESET_ENVIRONMENT"
"""Tells a frozen program that it is no helper of the one that started it, but a program of its own."""


def start_again() -> bool:
    """Start another process of the program that outlives this one. Whether that was possible."""
    return launch(*command(sys.executable, sys.orig_argv, sys.argv, frozen=bool(getattr(sys, "frozen", False))))


def launch(program: str, words: list[str]) -> bool:
    """Start a process that outlives this one. Whether that was possible."""
    process = QProcess()
    process.setProgram(program)
    process.setArguments(words)
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert(_FROZEN_CHILD, "1")
    process.setProcessEnvironment(environment)
    return bool(process.startDetached())


def command(executable: str, original: Sequence[str], words: Sequence[str], *, frozen: bool) -> tuple[str, list[str]]:
    """What to run, and its arguments.

    `original` is the command line that Python was given, with `-m cpdesk` or the path of a script: whatever found
    the program the first time does it again. A frozen program is found by itself.
    """
    return executable, list(words[1:] if frozen else original[1:])
