"""The version information that Windows shows for an executable, in the form that PyInstaller reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bundle

if TYPE_CHECKING:
    from pathlib import Path

_TEXT = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004, fileType=1, subtype=0),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "cpdesk"),
      StringStruct("FileDescription", "cpdesk"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("InternalName", "cpdesk"),
      StringStruct("ProductName", "cpdesk"),
      StringStruct("ProductVersion", "{version}"),
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 1200])]),
  ],
)
"""


def numbers(version: str) -> tuple[int, int, int, int]:
    """A version as Windows counts: four numbers. What is no number ("rc1") is left out."""
    found = [int(part) for part in version.split(".") if part.isdigit()][:4]
    first, second, third, fourth = found + [0] * (4 - len(found))
    return first, second, third, fourth


def text(version: str) -> str:
    """The version information as PyInstaller evaluates it."""
    return _TEXT.format(numbers=numbers(version), version=version)


def write(path: Path) -> str:
    """Write the present version's information; returns the path as PyInstaller wants it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(bundle.version()), encoding="utf-8")
    return str(path)
