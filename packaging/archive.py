"""Pack a folder into a .tar.gz or a .zip that is the same whoever packs it.

    python packaging/archive.py FOLDER ARCHIVE

Sorted, owned by nobody in particular, and dated by SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import gzip
import os
import sys
import tarfile
import time
import zipfile
from pathlib import Path

_EXECUTABLE = 0o111


def main(folder: Path, archive: Path) -> None:
    """Pack by the ending of the archive's name; what comes out of it is one folder, named like it."""
    if archive.name.endswith(".zip"):
        _zip(folder, archive, archive.stem)
    else:
        _tar(folder, archive, archive.name.removesuffix(".tar.gz"))


def _tar(folder: Path, archive: Path, top: str) -> None:
    # The name in gzip's own header would be the path here.
    with (
        archive.open("wb") as stream,
        gzip.GzipFile("", "wb", 6, stream, _when()) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in _sorted(folder):
            tar.add(path, f"{top}/{path.relative_to(folder).as_posix()}", recursive=False, filter=_plain)


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = _when()
    entry.mode = _mode(entry.mode, is_open=entry.isdir())
    return entry


def _zip(folder: Path, archive: Path, top: str) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in _sorted(folder):
            if path.is_file():
                name = f"{top}/{path.relative_to(folder).as_posix()}"
                entry = zipfile.ZipInfo(name, time.gmtime(_when())[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = _mode(path.stat().st_mode) << 16
                packed.writestr(entry, path.read_bytes())


def _mode(mode: int, *, is_open: bool = False) -> int:
    """Without what the umask of the person who builds has made of it."""
    return 0o755 if is_open or mode & _EXECUTABLE else 0o644


def _sorted(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix())


def _when() -> int:
    return int(os.environ.get("SOURCE_DATE_EPOCH", "315532800"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
