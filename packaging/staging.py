"""What can be told here of a build for a system that is not here: do its wheels exist, and have they what we take?

The wheels that a build would install there are downloaded, as pinned, and looked into.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
import zipfile
from typing import TYPE_CHECKING, Any

import dev_environment
from dev_environment import CONSTRAINTS, TOP

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MACOS = [f"macosx_{version}_{kind}" for version in ("10_13", "11_0", "13_0") for kind in ("universal2", "arm64")]
PLATFORMS = {"windows": ["win_amd64"], "macos": _MACOS}
"""What pip calls them; a wheel for an older macOS serves on a newer one."""
NEEDED = {
    "windows": [
        "PySide6/QtWidgets.pyd",
        "PySide6/QtPrintSupport.pyd",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/platforms/qoffscreen.dll",
        "PySide6/translations/qtbase_de.qm",
    ],
    "macos": [
        "PySide6/QtWidgets.abi3.so",
        "PySide6/QtPrintSupport.abi3.so",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/plugins/platforms/libqoffscreen.dylib",
        "PySide6/Qt/translations/qtbase_de.qm",
    ],
}


def download(system: str, folder: Path) -> None:
    """Get all wheels that a build for a system would install. Raises CalledProcessError where one is missing."""
    platforms = [f"--platform={name}" for name in PLATFORMS[system]]
    pip = [dev_environment.program("python"), "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    words = [*pip, "--only-binary=:all:", f"--constraint={CONSTRAINTS}", f"--dest={folder}", *platforms, *asked()]
    subprocess.run(words, check=True, capture_output=True, text=True)


def asked() -> list[str]:
    """What a build asks for."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *_extra(project, "build")]


def _extra(project: dict[str, Any], name: str) -> Iterator[str]:
    """What an extra asks for, and the extras that it takes in."""
    for one in project["optional-dependencies"][name]:
        own = re.fullmatch(rf"{project['name']}\[(\w+)\]", one)
        yield from _extra(project, own[1]) if own else (one,)


def lacking(system: str, folder: Path) -> list[str]:
    """What the downloaded wheels do not have of what goes into the program."""
    found = {name for wheel in folder.glob("*.whl") for name in zipfile.ZipFile(wheel).namelist()}
    return [name for name in NEEDED[system] if name not in found]
