"""The real program as a process: its command line, and its window on a screen."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from tests.e2e.accessibility import FocusEvents, Node, application
from tests.e2e.bus import Bus
from tests.e2e.keyboard import Keyboard
from tests.e2e.screen import Screen
from tests.e2e.waiting import PATIENCE, wait_until

ROOT = Path(__file__).parents[2]
_FAKETIME_PLACES = (
    "/usr/lib/*/faketime/libfaketimeMT.so.1",
    "/usr/lib*/faketime/libfaketimeMT.so.1",
    "/usr/local/lib/faketime/libfaketimeMT.so.1",
)
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "TMPDIR", "FONTCONFIG_PATH", "FONTCONFIG_FILE")
_TIMEOUT = 60
_SOON = 1.0
"""Seconds in which the program tells where the focus is now; after that it is looked for."""
_ASKED_FOR_SOMETHING_GONE = "Could not find accessible on path:"
"""Qt says so when a screen reader asks about a widget that has just been closed: no fault of the program."""


@dataclass(frozen=True)
class Answer:
    """What a command came to."""

    exit_code: int
    output: str
    errors: str

    def expect(self, exit_code: int = 0) -> "Answer":
        """It, if it ended so; AssertionError otherwise."""
        assert self.exit_code == exit_code, f"exit code {self.exit_code}\n{self.errors}"
        return self

    def json(self) -> Any:
        """What a successful command with --json printed."""
        return json.loads(self.expect().output)


@dataclass
class Program:
    """cpdesk on a data folder of its own. Close it in the end."""

    screen: Screen
    folder: Path
    module: str = "cpdesk"
    operator: tuple[str, str] | None = None
    """E-mail address and password, for the command line."""
    windows: "list[Window]" = field(default_factory=list)
    _commands: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def data(self) -> Path:
        """Its data folder."""
        return self.folder / "data"

    def run(self, *arguments: str, at: datetime | None = None) -> Answer:
        """Run a command to its end; `at` (aware) is the wall clock's time when it starts."""
        process = self.start(*arguments, at=at)
        try:
            output, errors = process.communicate(timeout=_TIMEOUT)
        finally:
            process.kill()
        return Answer(process.returncode, output, errors)

    def start(self, *arguments: str, at: datetime | None = None) -> subprocess.Popen[str]:
        """Start a command, to `communicate` with its process; `at` as for `run`."""
        process = subprocess.Popen(
            self._command(*arguments),
            cwd=ROOT,
            env=self._environment(at),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self._commands.append(process)
        return process

    def open_window(self, *arguments: str, at: datetime | None = None) -> "Window":
        """Start the program with its window and wait until that shows; `at` as for `run`."""
        log = self.folder / f"window-{len(self.windows) + 1}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                self._command(*arguments),
                cwd=ROOT,
                env=self._environment(at) | self.screen.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        window = Window(process, log, Bus(self.screen.accessibility_bus))
        self.windows.append(window)
        window.wait_shown()
        return window

    def open_demo(self) -> "Window":
        """Start the demo and wait until its Customer List is before the reseller administrator."""
        window = self.open_window("demo")
        accounts = window.root.wait_for("table", "Accounts", timeout=3 * PATIENCE)
        wait_until(lambda: accounts.row_count() == 24, "the accounts of the demo")
        return window

    def close(self) -> None:
        """End what is still running."""
        for window in self.windows:
            window.kill()
        for command in self._commands:
            command.kill()
            command.communicate()
            _forget_clock(command.pid)

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-X", "faulthandler", "-m", self.module, *arguments]

    def _environment(self, at: datetime | None) -> dict[str, str]:
        environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        environment |= {
            "CPDESK_DATA": str(self.data),
            "HOME": str(self.folder),
            "XDG_CACHE_HOME": str(self.screen.runtime_dir / "cache"),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONWARNINGS": "default",
        }
        if self.operator is not None:
            environment["CPDESK_OPERATOR"], environment["CPDESK_PASSWORD"] = self.operator
        return environment | (_clock(at) if at is not None else {})


class Window:
    """The running program as an operator has it before them."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, bus: Bus) -> None:
        self.process = process
        self.log = log
        self._bus = bus
        self.keyboard = Keyboard(bus)
        self._focus_events = FocusEvents(bus)

    @property
    def root(self) -> Node:
        """What the program shows, windows and dialogs."""
        root = application(self._bus, self.process.pid)
        assert root is not None, f"the program shows nothing\n{self.output()}"
        return root

    def output(self) -> str:
        """What the program printed so far."""
        lines = self.log.read_text("utf-8", "replace").splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith(_ASKED_FOR_SOMETHING_GONE))

    def wait_shown(self) -> None:
        """Wait until a window of the program shows and is active."""
        wait_until(self._is_shown, "the program's window", evidence=self.output)

    def tab_to(self, role: str, name: str, *, key: str = "Tab", most: int = 60) -> Node:
        """Go to a widget by Tab alone. Raises AssertionError if the way there is longer than `most` steps."""
        way: list[str] = []
        focused = self.root.focused()
        for _ in range(most):
            if focused is not None:
                way.append(f"{focused.role} {focused.name!r}")
                if focused.role == role and name in (focused.name, focused.label):
                    return focused
            focused = self._focus_after(key, focused)
        raise AssertionError(f"no {role} {name!r} on the way of {key}:\n" + "\n".join(way))

    def go_to_area(self, area: Node, *, most: int = 6) -> None:
        """Go into a part of the window by F6."""
        focused = self.root.focused()
        for _ in range(most):
            focused = self._focus_after("F6", focused)
            if area.focused() is not None:
                return
        raise AssertionError(f"F6 does not lead into {area.role} {area.name!r}")

    def wait_ended(self) -> int:
        """Wait until the program has ended by itself; its exit code."""
        return self.process.wait(_TIMEOUT)

    def kill(self) -> None:
        """End the program the hard way, if it is still running."""
        self._bus.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        _forget_clock(self.process.pid)

    def _focus_after(self, key: str, before: Node | None) -> Node | None:
        """Press a key that moves the focus; what has it then."""
        self._focus_events.forget()
        self.keyboard.press(key)
        told = self._focus_events.next(_SOON)
        if told is not None and told != before and not told.has_parts():
            return told
        wait_until(partial(self._has_focus_left, before), "the focus to move")
        return self.root.focused()

    def _has_focus_left(self, node: Node | None) -> bool:
        # Asking one widget is quicker than looking for the one that has it.
        return not node.has_focus() if node is not None else self.root.focused() is not None

    def _is_shown(self) -> bool:
        assert self.process.poll() is None, f"the program ended\n{self.output()}"
        root = application(self._bus, self.process.pid)
        return root is not None and any("active" in child.states for child in root.children())


def _clock(at: datetime) -> dict[str, str]:
    """Have the wall clock start at an instant and run on from there. Timers and waits keep the true time.

    Under the library's version 0.9.10, Python's time.sleep raises OSError; all other waits work.
    """
    return {
        "LD_PRELOAD": str(_faketime_library()),
        "FAKETIME": at.astimezone(UTC).strftime("@%Y-%m-%d %H:%M:%S"),
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",  # or Qt's waits return at once
        "NO_FAKE_STAT": "1",
    }


def _forget_clock(pid: int) -> None:
    """Remove what the clock of a killed process has left."""
    for left in Path("/dev/shm").glob(f"*faketime_s*_{pid}"):
        left.unlink()


def _faketime_library() -> Path:
    for pattern in _FAKETIME_PLACES:
        for library in sorted(Path("/").glob(pattern[1:])):
            return library
    raise RuntimeError("the tests with another time need a package: apt-get install libfaketime")
