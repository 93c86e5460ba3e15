"""A process that has all of the program loaded, and forks one that runs a command whenever it is asked to.

    python -m tests.torture.serving

Starting Python anew for each command would take most of the time. It is started with a disk of `tests.torture.disk`;
an order comes as one line of JSON on standard input, and what became of it goes to standard output: the number of the
process at once, and the rest when it has ended.
"""

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import TracebackType
from typing import Any

import playhouse.migrations  # noqa: F401 - loaded here, so that no child has to
import xlsxwriter  # noqa: F401

import cpdesk
from cpdesk.base.clock import MovableClock
from cpdesk.cli.main import run
from cpdesk.gateways.passwords import Argon2Passwords
from tests.support.passwords import CheapPasswords
from tests.support.world import ADMIN, PASSWORD
from tests.torture import disk
from tests.torture.disk import Fault

TOP = Path(__file__).parents[2]
_COMMANDS = tuple(f"cpdesk.{room}." for room in ("base", "domain", "store", "services", "gateways", "cli"))
"""What a command may load."""
_NOWHERE = Path("/nowhere")
"""Until there is an order the disk is about no files."""
_BROKE = 70
"""The exit code of a child in which not even the last resort worked."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command line on a data folder."""

    words: Sequence[str]
    folder: Path
    instant: datetime
    """What its clock says, UTC."""
    fault: Fault | None = None
    """How its disk fails, for the files in the folder above the data folder."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a command."""

    code: int
    """Its exit code, or minus the signal that killed it."""
    out: str
    err: str
    hits: int = 0
    """How often its disk failed."""
    seen: int = 0
    """At how many operations it could have."""


class Server:
    """The process that waits for orders; a context."""

    def __init__(self, scratch: Path) -> None:
        """`scratch`: a folder for what commands print, outside of what the disk is about."""
        self._scratch = scratch
        scratch.mkdir()

    def __enter__(self) -> "Server":
        surroundings = os.environ | disk.environment(_NOWHERE) | {"LANGUAGE": "en"}
        surroundings |= {"CPDESK_OPERATOR": ADMIN, "CPDESK_PASSWORD": PASSWORD, "HOME": str(self._scratch)}
        words = [sys.executable, "-m", "tests.torture.serving"]
        self._process = subprocess.Popen(
            words, cwd=TOP, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=60)

    def start(self, command: Command) -> int:
        """Run a command; the number of its process. Its end has to be waited for before the next one."""
        order = {
            "words": list(command.words),
            "folder": str(command.folder),
            "instant": command.instant.isoformat(),
            "scratch": str(self._scratch),
            "fault": _plain(command.fault),
        }
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._said()["pid"])

    def wait(self) -> Ended:
        """The end of the command that was started last."""
        return Ended(**self._said())

    def run(self, command: Command) -> Ended:
        """Run a command to its end."""
        self.start(command)
        return self.wait()

    def _said(self) -> dict[str, Any]:
        assert self._process.stdout
        said: dict[str, Any] = json.loads(self._process.stdout.readline())
        return said


def _plain(fault: Fault | None) -> dict[str, Any] | None:
    return None if fault is None else {**fault._asdict(), "ops": sorted(fault.ops)}


# In the process that serves


def _serve() -> None:
    # As those who made the data folders did.
    for name in ("hash", "verify"):
        setattr(Argon2Passwords, name, getattr(CheapPasswords, name))
    for module in walk_packages(cpdesk.__path__, "cpdesk."):
        if module.name.startswith(_COMMANDS):
            import_module(module.name)
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _obey(order)
        _say({"pid": child})
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        _say({"code": code, **_left(Path(order["scratch"]))})


def _obey(order: dict[str, Any]) -> None:
    """Run the command in this process, and end with it."""
    code, scratch = _BROKE, Path(order["scratch"])
    try:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(scratch / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        code = _run(order, scratch / "disk")
    finally:
        os._exit(code)


def _run(order: dict[str, Any], told: Path) -> int:
    told.unlink(missing_ok=True)
    folder, control = Path(order["folder"]), disk.control()
    clock = MovableClock(datetime.fromisoformat(order["instant"]))
    control.record(folder.parent)
    if order["fault"]:
        control.arm(Fault(**order["fault"] | {"ops": frozenset(order["fault"]["ops"])}))
    code = run(["--data", str(folder), *order["words"]], clock)
    seen = control.seen()
    told.write_text(json.dumps({"hits": control.heal(), "seen": seen}), encoding="utf-8")
    assert isinstance(code, int)
    return code


def _left(scratch: Path) -> dict[str, Any]:
    """What a command has printed, and what its disk told unless it was killed."""
    said: dict[str, Any] = {name: (scratch / name).read_text("utf-8", "replace") for name in ("out", "err")}
    with suppress(FileNotFoundError, ValueError):
        said |= json.loads((scratch / "disk").read_text(encoding="utf-8"))
    return said


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _serve()
