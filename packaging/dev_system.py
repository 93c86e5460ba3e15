"""What the development commands need from a Linux system, and how it gets there.

Only the standard library. The code also loads on older Pythons, so that dev.py can refuse them in words.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_STANDARD_ERROR = 2
"""Where setting up speaks: standard output belongs to the command that was asked for, and may be JSON."""


class Need(NamedTuple):
    """One thing that must be there: how to look for it, its name, and the Debian package that brings it."""

    kind: str
    name: str
    package: str


# What Qt's libraries and its xcb plugin are linked against and its wheel does not bring. Found by loading
# them, never by asking the package manager: what counts is whether Qt will be able to load them.
_QT = (
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libX11.so.6", "libx11-6"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libfreetype.so.6", "libfreetype6"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libzstd.so.1", "libzstd1"),
)
_XCB = (
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-glx.so.0", "libxcb-glx0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-render.so.0", "libxcb-render0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-shm.so.0", "libxcb-shm0"),
    ("libxcb-sync.so.1", "libxcb-sync1"),
    ("libxcb-util.so.1", "libxcb-util1"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
_FONT = Need("font", "a TrueType font", "fonts-dejavu-core")
_SCREEN = (
    Need("program", "Xvfb", "xvfb"),
    Need("program", "dbus-daemon", "dbus"),
    Need("program", "matchbox-window-manager", "matchbox-window-manager"),
    Need("file", "at-spi-bus-launcher", "at-spi2-core"),
    Need("file", "libfaketime.so.1", "libfaketime"),
)
# What build.py calls and what the packages that it makes depend on, and what looks over what it has made.
_BUILD = (
    Need("program", "dpkg-deb", "dpkg"),
    Need("program", "dpkg-shlibdeps", "dpkg-dev"),
    Need("program", "objdump", "binutils"),
    Need("library", "libcups.so.2", "libcups2"),
    Need("library", "libwayland-client.so.0", "libwayland-client0"),
    Need("library", "libwayland-cursor.so.0", "libwayland-cursor0"),
)
_CHECK = (
    Need("program", "appstreamcli", "appstream"),
    Need("program", "desktop-file-validate", "desktop-file-utils"),
    Need("program", "makensis", "nsis"),
    Need("program", "xvfb-run", "xvfb"),
    Need("program", "man", "man-db"),
)
_FILES = {
    "at-spi-bus-launcher": ("usr/libexec/{}", "usr/lib*/at-spi2-core/{}"),
    "libfaketime.so.1": ("usr/lib*/*/faketime/{}", "usr/lib*/faketime/{}"),
}
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def needs(command: str) -> list[Need]:
    """What one of dev.py's commands needs on Linux."""
    python = "python{}.{}-venv".format(*sys.version_info[:2])
    found = [Need("module", "ensurepip", python), Need("module", "venv", python)]
    if command in {"run", "gallery", "bench", "test", "build", "package"}:
        found += [Need("library", name, package) for name, package in _QT]
        found.append(_FONT)
    if command in {"run", "bench", "test", "build", "package"}:
        found += [Need("library", name, package) for name, package in _XCB]
    if command in {"bench", "test", "package"}:
        found += _SCREEN
    if command in {"bench", "build", "package"}:
        found += _BUILD
    if command in {"test", "package"}:
        found += _CHECK
    return found


def missing(wanted: list[Need]) -> list[Need]:
    """Those of the needs that this machine does not meet."""
    return [need for need in wanted if not _PROBES[need.kind](need.name)]


def provide(command: str) -> None:
    """Make sure that the system has what a command needs; ends the program with advice where it cannot."""
    if not sys.platform.startswith("linux"):
        return
    lacking = missing(needs(command))
    if not lacking:
        return
    print("dev: this system lacks " + ", ".join(need.name for need in lacking), file=sys.stderr, flush=True)
    prefix = privilege() if is_debian_like(_os_release()) else None
    if prefix is not None:
        _install(prefix, packages(lacking))
        lacking = missing(lacking)
    if lacking:
        sys.exit("dev: " + advice(lacking, _os_release()))


def packages(lacking: list[Need]) -> list[str]:
    """The Debian packages that bring what is lacking, each once."""
    return sorted({need.package for need in lacking})


def is_debian_like(os_release: str) -> bool:
    """Whether the text of /etc/os-release is that of Debian or of a system made from it."""
    fields = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    family = (fields.get("ID", "") + " " + fields.get("ID_LIKE", "")).replace('"', "").split()
    return "debian" in family


def advice(lacking: list[Need], os_release: str) -> str:
    """What the person has to do: one command where we know it."""
    if is_debian_like(os_release):
        return "run this, then try again:\n  sudo apt-get install " + " ".join(packages(lacking))
    names = ", ".join(need.name for need in lacking)
    debian = " ".join(packages(lacking))
    return f"install {names} with the package manager of your system (on Debian: apt-get install {debian})"


def privilege() -> list[str] | None:
    """The words that make a command run as root without a question; None if we may not."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def _install(prefix: list[str], names: list[str]) -> None:
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    for words in (["update"], ["install", "-y", "--no-install-recommends", *names]):
        print("dev: " + shlex.join([*apt, *words]), file=sys.stderr, flush=True)
        # A failed update may be one stale source of many; whether the installation worked is looked at after.
        subprocess.run([*apt, *words], stdin=subprocess.DEVNULL, stdout=_STANDARD_ERROR, check=False)
    importlib.invalidate_caches()


def _os_release() -> str:
    path = Path("/etc/os-release")
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _has_program(name: str) -> bool:
    return shutil.which(name) is not None


def _has_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _has_file(name: str) -> bool:
    return any(next(Path("/").glob(pattern.format(name)), None) for pattern in _FILES[name])


def _has_font(_name: str) -> bool:
    files = (path for folder in _FONT_FOLDERS for path in Path(folder).expanduser().rglob("*"))
    return any(path.suffix.lower() in {".ttf", ".otf", ".ttc"} for path in files)


_PROBES = {
    "library": _has_library,
    "program": _has_program,
    "module": _has_module,
    "file": _has_file,
    "font": _has_font,
}
