"""A disk so small that it can be filled."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_ROOM = "size=12m"
_PIECE = 4096


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """The top folder of a disk of twelve megabytes; only the superuser of Linux can have one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None or os.geteuid() != 0:
        pytest.skip("only the superuser of Linux can make a small disk")
    if subprocess.run([mount, "-t", "tmpfs", "-o", _ROOM, "tmpfs", place], check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def fill(disk: Path) -> Path:
    """Take all room that is left; deleting the file that is returned gives it back."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * _PIECE)
        except OSError:
            return ballast


def protect(disk: Path, *, writable: bool) -> None:
    """Let nobody write on the disk any more, or let them again; nothing on it may be open for writing."""
    subprocess.run(["mount", "-o", f"remount,{'rw' if writable else 'ro'}", disk], check=True)
