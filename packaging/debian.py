"""Lay out the tree of the .deb: the frozen program in /usr/lib/cpdesk, and what makes it part of a desktop.

python packaging/debian.py FOLDER TREE      FOLDER has the program, the icons and the manual
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import bundle

if TYPE_CHECKING:
    from collections.abc import Sequence

LINUX = bundle.TOP / "packaging" / "linux"

PROGRAM = "usr/lib/cpdesk"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_CONTROL = """Package: cpdesk
Version: {version}
Section: admin
Priority: optional
Architecture: {architecture}
Maintainer: cpdesk <cpdesk@localhost>
Installed-Size: {size}
Depends: {depends}
Recommends: {recommends}
Description: Microsoft 365 licenses and their billing mode
 A control panel for people who administer Microsoft 365 licenses of many
 customer accounts. It keeps everything in a local database and works without
 a network.
"""


def main(folder: Path, tree: Path) -> None:
    """Make the tree anew."""
    tree = tree.resolve()
    shutil.rmtree(tree, ignore_errors=True)
    _place_program(folder / "cpdesk", tree)
    _place_desktop(folder / "icons", tree)
    _place_manual(folder / "manual", tree)
    _even_out(tree)
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "md5sums").write_text(md5sums(tree), encoding="utf-8")
    (tree / "DEBIAN" / "control").write_text(control(tree), encoding="utf-8")


def is_of_the_system(name: str) -> bool:
    """Whether a library at the top of the frozen program came from this system: a package depends on it instead.

    Those of Qt lie in a folder of their own; links to them, and Python's, stay.
    """
    return name.startswith("lib") and ".so" in name and not name.startswith("libpython")


def control(tree: Path) -> str:
    """The text that tells what the package is and what it needs."""
    binaries = [path for path in (tree / PROGRAM).rglob("*") if is_binary(path)]
    optional = [path for path in binaries if "printsupport" in path.parts]
    depends = needed(tree, [path for path in binaries if path not in optional])
    beyond = needed(tree, optional, beyond=depends)
    return _CONTROL.format(
        version=bundle.version(),
        architecture=_told("dpkg", "--print-architecture"),
        size=installed_size(tree),
        depends=", ".join(depends),
        recommends=", ".join(["fonts-dejavu-core", *beyond]),
    )


def needed(tree: Path, binaries: list[Path], beyond: Sequence[str] = ()) -> list[str]:
    """The packages whose libraries these binaries are linked against, with the versions that they need.

    Without those that are needed already; another version of them is no matter, as all was linked on one system.
    """
    with tempfile.TemporaryDirectory() as folder:
        # It reads a source package's control file, and only wants it to be there.
        Path(folder, "debian").mkdir()
        Path(folder, "debian", "control").write_text("Source: cpdesk\n\nPackage: cpdesk\nArchitecture: any\n")
        own = sorted({str(path.parent) for path in (tree / PROGRAM).rglob("*.so*")})
        words = ["dpkg-shlibdeps", "-O", "--warnings=0", *(f"-l{path}" for path in own)]
        told = _told(*words, *(f"-e{path}" for path in sorted(binaries)), cwd=folder)
    known = {name.partition(" ")[0] for name in beyond}
    found = told.partition("shlibs:Depends=")[2].split(", ")
    return [name for name in found if name.partition(" ")[0] not in known]


def is_binary(path: Path) -> bool:
    """Whether a file is a program or a library."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


def installed_size(tree: Path) -> int:
    """What the package takes on a disk, in KiB, as Debian counts it: files rounded up, and one for all else."""
    return sum(
        -(-path.lstat().st_size // 1024) if path.is_file() and not path.is_symlink() else 1 for path in tree.rglob("*")
    )


def md5sums(tree: Path) -> str:
    """The sums of all files of the package."""
    files = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    sums = (
        (hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest(), path.relative_to(tree)) for path in files
    )
    return "".join(f"{found}  {path.as_posix()}\n" for found, path in sums)


def metainfo() -> str:
    """What software centres tell about the program."""
    text = (LINUX / "metainfo.xml").read_text(encoding="utf-8")
    date = time.strftime("%Y-%m-%d", time.gmtime(_when()))
    return text.format(identifier=bundle.IDENTIFIER, version=bundle.version(), date=date)


def _place_program(program: Path, tree: Path) -> None:
    def of_the_system(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if Path(folder, name).is_file() and not Path(folder, name).is_symlink()
                and Path(folder).name == "_internal" and is_of_the_system(name)]  # fmt: skip

    target = tree / PROGRAM
    shutil.copytree(program, target, symlinks=True, ignore=of_the_system)
    documents = tree / "usr/share/doc/cpdesk"
    documents.mkdir(parents=True)
    (target / "LICENCES.txt").rename(documents / "copyright")
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/cpdesk").symlink_to("../lib/cpdesk/cpdesk")


def _place_desktop(icons: Path, tree: Path) -> None:
    share = tree / "usr/share"
    _put(share / "applications/cpdesk.desktop", (LINUX / "cpdesk.desktop").read_bytes())
    _put(share / f"metainfo/{bundle.IDENTIFIER}.metainfo.xml", metainfo().encode())
    _put(share / "icons/hicolor/scalable/apps/cpdesk.svg", (LINUX.parent / "icon.svg").read_bytes())
    for size in ICON_SIZES:
        _put(share / f"icons/hicolor/{size}x{size}/apps/cpdesk.png", (icons / f"{size}.png").read_bytes())


def _place_manual(manual: Path, tree: Path) -> None:
    share = tree / "usr/share"
    _put(share / "man/man1/cpdesk.1.gz", gzip.compress((manual / "cpdesk.1").read_bytes(), mtime=0))
    _put(share / "bash-completion/completions/cpdesk", (manual / "cpdesk").read_bytes())
    _put(share / "zsh/vendor-completions/_cpdesk", (manual / "_cpdesk").read_bytes())
    _put(share / "fish/vendor_completions.d/cpdesk.fish", (manual / "cpdesk.fish").read_bytes())


def _even_out(tree: Path) -> None:
    """Rights and times that do not depend on who builds, and when."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (_when(), _when()), follow_symlinks=False)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _when() -> int:
    return int(os.environ.get("SOURCE_DATE_EPOCH", "315532800"))


def _told(*words: str, cwd: str | None = None) -> str:
    done = subprocess.run(words, cwd=cwd, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"debian: {words[0]} failed with exit code {done.returncode}")
    return done.stdout.strip()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
