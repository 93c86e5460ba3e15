"""Write the licences of everything that is inside the frozen program, from what its parts say about themselves.

python packaging/licences.py FILE
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

import bundle
import debian

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEAD = """cpdesk {version} contains the works of others. Each is listed here with its licence.

Qt and PySide6 are used under the GNU Lesser General Public License, version 3. They are separate libraries in the
folder of the program, loaded when it starts: you may replace them by versions of your own. Their sources are published
by The Qt Company under the same version number. The text of that licence is at the end.
"""
_TEXTS = Path(__file__).parent / "texts"
_INSIDE = ("SQLCipher", "OpenSSL")
"""What sqlcipher3 is linked with, and brings no text of: the licence of each is in the file of that name."""
_FIELDS = ("License-Expression", "License")
_OF_THE_KEYRING = {"linux": ["SecretStorage", "jeepney"], "win32": ["pywin32-ctypes"]}
"""What `keyring` brings for one system; the rest it brings everywhere."""
_PARTS = [
    *bundle.METADATA[1:],
    *("shiboken6", "argon2-cffi-bindings", "cffi"),
    *("jaraco.classes", "jaraco.context", "jaraco.functools", "more-itertools"),
    *_OF_THE_KEYRING.get(sys.platform, []),
    *(("backports.tarfile", "importlib_metadata", "lazy-importer", "zipp") if sys.version_info < (3, 12) else ()),
]


def main(target: Path) -> None:
    """Write the file."""
    libraries = [path.name for path in sorted((target.parent / "_internal").glob("lib*.so*")) if not path.is_symlink()]
    target.write_text(text(libraries), encoding="utf-8")


def text(libraries: Iterable[str] = ()) -> str:
    """All notices, one below the other. `libraries` are those that were taken from the Linux that this was built on."""
    parts = [_part(name) for name in sorted(_PARTS, key=str.lower)]
    parts += _debian_parts({_debian_package(name) for name in libraries if debian.is_of_the_system(name)} - {""})
    return "\n".join([_HEAD.format(version=bundle.version()), *parts, *_inside(), _python(), _lesser_licence()])


def _inside() -> list[str]:
    return [f"{_title(name)}\n{(_TEXTS / f'{name}.txt').read_text(encoding='utf-8')}" for name in _INSIDE]


def _part(name: str) -> str:
    found = distribution(name)
    facts = [found.metadata[field] for field in _FIELDS if field in found.metadata]
    told = next(filter(None, facts), "see below")
    files = [path for path in found.files or () if _is_licence(path.name) and ".dist-info" in str(path)]
    texts = [path.read_text(encoding="utf-8").strip() for path in files if "LGPL" not in path.name]
    return "\n".join([_title(f"{found.name} {found.version}"), told.partition("\n")[0], *texts, ""])


def _debian_package(library: str) -> str:
    """The package of Debian that brings a library; empty where it is not known."""
    if shutil.which("dpkg") is None:
        return ""
    told = subprocess.run(["dpkg", "-S", f"*/{library}"], capture_output=True, text=True, check=False).stdout
    return told.partition(":")[0]


def _debian_parts(packages: Iterable[str]) -> list[str]:
    """The notices of packages; those that come from one work have the same."""
    names: dict[str, list[str]] = {}
    for package in sorted(packages):
        file = Path("/usr/share/doc", package, "copyright")
        words = file.read_text(encoding="utf-8").strip() if file.exists() else "see its page at Debian"
        names.setdefault(words, []).append(package)
    return [f"{_title(', '.join(found))}\nas Debian ships it\n\n{words}\n" for words, found in names.items()]


def _python() -> str:
    file = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    words = file.read_text(encoding="utf-8").strip() if file.exists() else "Python Software Foundation License 2"
    return "\n".join([_title(f"Python {sys.version.split()[0]}"), words, ""])


def _lesser_licence() -> str:
    """The text of the LGPL, and of the GPL that it builds on."""
    files = (_TEXTS / "LGPL-3.0.txt", _TEXTS / "GPL-3.0.txt")
    return "\n".join(f"{_title(file.stem)}\n{file.read_text(encoding='utf-8')}" for file in files)


def _is_licence(name: str) -> bool:
    return name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE"))


def _title(words: str) -> str:
    return f"{'=' * 100}\n{words}\n{'=' * 100}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
