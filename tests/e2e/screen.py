"""A screen of our own: a virtual X server, a window manager, and a bus that has the accessibility service."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.e2e.bus import Bus

SIZE = "1280x800x24"
_LAUNCHER_SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
_SESSION_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
_GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
for line in sys.stdin:
    print(application.primaryScreen().grabWindow(0).save(line.rstrip(), "PNG"), flush=True)
"""


@dataclass(frozen=True)
class Screen:
    """Where a program is to appear, and where it can be talked to."""

    display: str
    session_bus: str
    accessibility_bus: str
    runtime_dir: Path
    camera: subprocess.Popen[str] = field(repr=False, compare=False)
    """Saves a picture under each name that it is told; one for all, as starting it takes a while."""

    @property
    def environment(self) -> dict[str, str]:
        """What sends a Qt program to this screen and makes it accessible."""
        return {
            "DISPLAY": self.display,
            "DBUS_SESSION_BUS_ADDRESS": self.session_bus,
            "XDG_RUNTIME_DIR": str(self.runtime_dir),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }

    def grab(self, file: Path) -> None:
        """Save what the screen shows as a PNG."""
        file.parent.mkdir(parents=True, exist_ok=True)
        assert self.camera.stdin is not None
        assert self.camera.stdout is not None
        print(file, file=self.camera.stdin, flush=True)
        assert self.camera.stdout.readline() == "True\n", f"no picture: {file}"


@contextmanager
def open_screen() -> Iterator[Screen]:
    """Open a screen of our own; nothing of it is left afterwards.

    Raises RuntimeError naming the system package if one is missing.
    """
    _require_packages()
    with ExitStack() as stack:
        # Not pytest's folder for temporary files: the path of a socket has 107 characters at most.
        runtime_dir = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cpdesk-")))
        display = stack.enter_context(x_server())
        stack.enter_context(_window_manager(display))
        session_bus = stack.enter_context(_session_bus(runtime_dir, display))
        camera = stack.enter_context(_camera(display))
        yield Screen(display, session_bus, _accessibility_bus(session_bus), runtime_dir, camera)


def _require_packages() -> None:
    found = {
        "xvfb": shutil.which("Xvfb"),
        "dbus": shutil.which("dbus-daemon"),
        "matchbox-window-manager": shutil.which("matchbox-window-manager"),
        "at-spi2-core": _LAUNCHER_SERVICE.exists(),
    }
    missing = [package for package, path in found.items() if not path]
    if missing:
        raise RuntimeError(f"the tests on a screen need these packages: apt-get install {' '.join(missing)}")


@contextmanager
def x_server(*options: str) -> Iterator[str]:
    """A virtual X server and nothing else, perhaps with options of its own; gives its display."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset", *options]
    with _running(command, pass_fds=[writing]):
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"


def _window_manager(display: str) -> AbstractContextManager[object]:
    """Without a window manager no window is ever active, and nothing has the keyboard focus.

    This one makes main windows as large as the screen and gives the focus back when a dialog closes.
    """
    command = ["matchbox-window-manager", "-use_titlebar", "no"]
    return _running(command, env=os.environ | {"DISPLAY": display})


@contextmanager
def _session_bus(runtime_dir: Path, display: str) -> Iterator[str]:
    config = runtime_dir / "session.conf"
    config.write_text(_SESSION_BUS.format(socket=runtime_dir / "bus", services=_LAUNCHER_SERVICE.parent))
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address"]
    environment = {"DISPLAY": display, "XDG_RUNTIME_DIR": str(runtime_dir)}
    with _running(command, stdout=subprocess.PIPE, env=os.environ | environment) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().decode().strip()
        if not address:
            raise RuntimeError("dbus-daemon did not start")
        yield address


def _camera(display: str) -> AbstractContextManager[subprocess.Popen[str]]:
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-c", _GRAB]
    return _running(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _accessibility_bus(session_bus: str) -> str:
    """Ask for the accessibility bus, which starts it: it lives as long as the session bus."""
    with Bus(session_bus) as bus:
        return str(bus.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress"))


@contextmanager
def _running(command: list[str], **options: Any) -> Iterator[subprocess.Popen[Any]]:
    options = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | options
    with subprocess.Popen(command, **options) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
