"""Who may read a folder on Windows: its owner, the system and the computer's administrators.

Those two can take any file anyway, and without them backup programs and virus scanners stop working: it is what a
folder in the user's own profile has from the beginning. The system's own `icacls` sets the list, at once for all that
inherits it.
"""

import logging
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

_SYSTEM = "*S-1-5-18"
_ADMINISTRATORS = "*S-1-5-32-544"
_PATIENCE_SECONDS = 20.0

_log = logging.getLogger(__name__)


def restrict(path: Path, run: Callable[[list[str]], int] | None = None) -> bool:
    """Give a folder, with all in it, or a file to its owner. Whether that could be done; never raises.

    `run` carries out a command and returns its exit code.
    """
    owner = _owner(os.environ)
    profile = os.environ.get("LOCALAPPDATA")
    if not owner or (profile and path.is_relative_to(profile)):
        # In the profile it is so already, and nothing has to be started.
        return bool(owner)
    try:
        done = (run or _run)(command(path, owner, is_folder=path.is_dir())) == 0
    except (OSError, subprocess.SubprocessError):
        done = False
    if not done:
        _log.warning("the data folder could not be given to its owner alone")
    return done


def command(path: Path, owner: str, *, is_folder: bool) -> list[str]:
    """The words that let these three in and nobody else; in a folder also to what is made in it."""
    handed_down = "(OI)(CI)" if is_folder else ""
    grants = [f"{who}:{handed_down}F" for who in (owner, _SYSTEM, _ADMINISTRATORS)]
    return [_icacls(), str(path), "/inheritance:r", "/grant:r", *grants, "/q"]


def _icacls() -> str:
    """By its whole path: what lies in the folder that one happens to be in is not ours to start."""
    return str(Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "icacls.exe")


def _owner(environment: Mapping[str, str]) -> str:
    """Who runs the program, as `icacls` wants it; "" where that is not known."""
    user, domain = environment.get("USERNAME", ""), environment.get("USERDOMAIN", "")
    return rf"{domain}\{user}" if user and domain else user


def _run(words: list[str]) -> int:
    no_window = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    done = subprocess.run(words, check=False, capture_output=True, timeout=_PATIENCE_SECONDS, creationflags=no_window)
    return done.returncode
