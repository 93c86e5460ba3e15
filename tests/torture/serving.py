"""A process that has all of the program loaded, and forks one that runs a command, or the window, when it is asked to.

    python -m tests.torture.serving

Starting Python anew for each of them would take most of the time. An order comes as one line of JSON on standard
input, and what became of it goes to standard output.
"""

import gc
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
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
from cpdesk.gateways.keys import Argon2Keys
from cpdesk.gateways.passwords import Argon2Passwords
from tests.support.dying import OTHER_PASSPHRASE, PASSPHRASE
from tests.support.keyrings import QuickKeys
from tests.support.passwords import CheapPasswords
from tests.support.world import ADMIN, PASSWORD
from tests.torture import disk
from tests.torture.disk import Fault
from tests.torture.trial import SkippedError

TOP = Path(__file__).parents[2]
_COMMANDS = tuple(f"cpdesk.{room}." for room in ("base", "domain", "store", "services", "gateways", "cli"))
"""What a command may load."""
_NOWHERE = Path("/nowhere")
"""Until there is an order the disk is about no files."""
_TOLD = "disk"
"""The file in which a command says what its disk told."""
_BROKE = 70
"""The exit code of a child in which not even the last resort worked."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command line on a data folder."""

    words: Sequence[str] | None
    """After the program's name; None for a window in which `tests.torture.operator` works."""
    folder: Path
    instant: datetime
    """What its clock says, UTC."""
    fault: Fault | None = None
    """How its disk fails, for the files in the folder above the data folder."""
    kill_after: float = 300.0
    """Seconds after which it is killed; none ought to take that long."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a command."""

    code: int
    """Its exit code, or minus the signal that killed it."""
    out: str
    err: str
    seconds: float
    """How long it ran."""
    seen: int = 0
    """At how many operations its disk could have failed."""


class Server:
    """The process that waits for orders; a context."""

    def __init__(self, scratch: Path, *, failing: bool) -> None:
        """`scratch`: a folder for what is printed. `failing`: whether disks are to fail. Raises SkippedError."""
        if not hasattr(os, "pidfd_open"):
            raise SkippedError("processes are forked and waited for as only Linux knows it")
        self._scratch = scratch
        self._disk = disk.environment(_NOWHERE) if failing else {}
        scratch.mkdir()

    def __enter__(self) -> "Server":
        own = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"), str(self._scratch))
        operator = {"CPDESK_OPERATOR": ADMIN, "CPDESK_PASSWORD": PASSWORD}
        passphrases = {"CPDESK_PASSPHRASE": PASSPHRASE, "CPDESK_NEW_PASSPHRASE": OTHER_PASSPHRASE}
        surroundings = (
            os.environ | self._disk | own | operator | passphrases | {"LANGUAGE": "en", "QT_QPA_PLATFORM": "offscreen"}
        )
        words = [sys.executable, "-m", "tests.torture.serving"]
        self._process = subprocess.Popen(
            words, cwd=TOP, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=60)

    def run(self, command: Command) -> Ended:
        """Run a command to its end."""
        order = {
            "words": command.words if command.words is None else list(command.words),
            "folder": str(command.folder),
            "instant": command.instant.isoformat(),
            "scratch": str(self._scratch),
            "fault": _plain(command.fault),
            "kill_after": command.kill_after,
        }
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))


def _plain(fault: Fault | None) -> dict[str, Any] | None:
    return None if fault is None else {**fault._asdict(), "ops": sorted(fault.ops)}


# In the process that serves


def _serve() -> None:
    # As those who made the data folders did.
    for slow, quick in ((Argon2Passwords, CheapPasswords), (Argon2Keys, QuickKeys)):
        for name, way in vars(quick).items():
            if not name.startswith("_"):
                setattr(slow, name, way)
    for module in walk_packages(cpdesk.__path__, "cpdesk."):
        if module.name.startswith(_COMMANDS):
            import_module(module.name)
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        (Path(order["scratch"]) / _TOLD).unlink(missing_ok=True)
        begun, child = time.monotonic(), os.fork()
        if child == 0:
            _obey(order)
        code = _ended(child, order["kill_after"])
        seconds = time.monotonic() - begun
        sys.stdout.write(json.dumps({"code": code, "seconds": seconds, **_left(Path(order["scratch"]))}) + "\n")
        sys.stdout.flush()


def _ended(child: int, kill_after: float) -> int:
    """The exit code of a child, or minus the signal that killed it."""
    process = os.pidfd_open(child)
    try:
        if not select.select([process], [], [], kill_after)[0]:
            # Its number is its own until it is waited for.
            os.kill(child, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        os.close(process)


def _obey(order: dict[str, Any]) -> None:
    """Do what was ordered in this process, and end with it."""
    code, scratch = _BROKE, Path(order["scratch"])
    try:
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(scratch / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        code = _open_window(order) if order["words"] is None else _run(order)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _open_window(order: dict[str, Any]) -> int:
    from tests.torture import operator

    if order["fault"] is not None:
        _arm(order)
    return operator.work(Path(order["folder"]), datetime.fromisoformat(order["instant"]))


def _run(order: dict[str, Any]) -> int:
    folder, clock = Path(order["folder"]), MovableClock(datetime.fromisoformat(order["instant"]))
    words = ["--data", str(folder), *order["words"]]
    if order["fault"] is None:
        return _code(words, clock)
    control = _arm(order)
    code = _code(words, clock)
    told = json.dumps({"seen": control.seen()})
    control.heal()
    (Path(order["scratch"]) / _TOLD).write_text(told, encoding="utf-8")
    return code


def _arm(order: dict[str, Any]) -> disk.Control:
    control = disk.control()
    control.record(Path(order["folder"]).parent)
    control.arm(Fault(**order["fault"] | {"ops": frozenset(order["fault"]["ops"])}))
    return control


def _code(words: list[str], clock: MovableClock) -> int:
    code = run(words, clock)
    assert isinstance(code, int)
    return code


def _left(scratch: Path) -> dict[str, Any]:
    """What was printed, and what the disk told unless the process was killed."""
    said: dict[str, Any] = {}
    for name in ("out", "err"):
        file = scratch / name
        said[name] = file.read_text("utf-8", "replace") if file.exists() else ""
        file.unlink(missing_ok=True)
    if (scratch / _TOLD).exists():
        said |= json.loads((scratch / _TOLD).read_text(encoding="utf-8"))
    return said


if __name__ == "__main__":
    _serve()
