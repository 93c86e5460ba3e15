"""Commands of the system, and what they answer."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from cpdesk.base.errors import KnownError

_PATIENCE: Final = 20
"""Seconds; a scheduler that does not answer must not hold up the program."""

NOT_FOUND: Final = 127
"""What shells say of a command that is not there."""


class Answer(NamedTuple):
    """What a command said."""

    code: int
    text: str


Runner = Callable[[Sequence[str]], Answer]
"""Runs a command to its end; never raises."""


def run(words: Sequence[str]) -> Answer:
    """Run a command of the system without a window and without input."""
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_PATIENCE,
            errors="replace",
            env=_environment(),
            encoding="oem" if sys.platform == "win32" else "utf-8",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except FileNotFoundError:
        return Answer(NOT_FOUND, "")
    except (OSError, subprocess.TimeoutExpired) as error:
        return Answer(1, str(error))
    return Answer(done.returncode, done.stdout.strip())


def demand(run: Runner, words: Sequence[str]) -> None:
    """Run a command that has to succeed. Raises KnownError `scheduler_refused` with what it said."""
    answer = run(words)
    if answer.code:
        said = answer.text.splitlines()[-1:] or [str(answer.code)]
        raise KnownError("scheduler_refused", command=words[0], reason=said[0].rstrip("."))


def _environment() -> dict[str, str]:
    """Without what a packaged program needs to find its own libraries: those of the system want theirs."""
    environment = dict(os.environ)
    if getattr(sys, "frozen", False):
        before = environment.pop("LD_LIBRARY_PATH_ORIG", "")
        environment.pop("LD_LIBRARY_PATH", None)
        if before:
            environment["LD_LIBRARY_PATH"] = before
    return environment
