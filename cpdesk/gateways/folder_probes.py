"""What the systems tell about file systems and drives."""

import subprocess
import sys
from pathlib import Path
from typing import Final

_PATIENCE: Final = 5
"""Seconds for a question to the system."""


def mount_table() -> str:
    """The file systems that are mounted, one a line; "" where the system does not say."""
    if sys.platform == "linux":
        try:
            # Names of folders need not be text of any encoding.
            return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return ""
    return _mount_command() if sys.platform == "darwin" else ""


def _mount_command() -> str:
    words = ("/sbin/mount",)
    try:
        done = subprocess.run(words, capture_output=True, encoding="utf-8", timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


if sys.platform == "win32":

    def is_remote_drive(folder: Path) -> bool:
        """Whether the drive of a folder is one of a network."""
        import ctypes

        remote = 4
        return bool(folder.anchor) and ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == remote

else:

    def is_remote_drive(folder: Path) -> bool:  # noqa: ARG001 - only Windows has drives
        """Whether the drive of a folder is one of a network."""
        return False
