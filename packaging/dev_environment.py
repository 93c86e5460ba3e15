"""The virtual environment that the development commands run in: `.venv` at the top of the checkout.

Only the standard library. The code also loads on older Pythons, so that dev.py can refuse them in words.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
FOLDER = TOP / ".venv"
CONSTRAINTS = TOP / "packaging" / "constraints.txt"

_STANDARD_ERROR = 2
"""Where setting up speaks: standard output belongs to the command that was asked for, and may be JSON."""
_STAMP = "cpdesk-stamp.json"
_BUILD_TOOLS = ("hatchling", "editables", "Babel")
_FACTS = ("python", "top")
_EXTRAS = ("build", "test")
"""What pyproject.toml offers beside the program itself; the tests' has what building needs."""


def program(name: str, folder: Path = FOLDER) -> str:
    """The path of a program inside the environment."""
    return str(folder / "Scripts" / f"{name}.exe" if os.name == "nt" else folder / "bin" / name)


def provide(extra: str = "") -> None:
    """Make or mend the environment: exact versions, the program itself editable, and perhaps an extra.

    Costs a few milliseconds when nothing changed. Raises CalledProcessError when a step fails.
    """
    wanted = stamp(TOP)
    found = read_stamp(FOLDER)
    if is_ready(found, wanted, extra):
        return
    if any(found.get(fact) != wanted[fact] for fact in _FACTS):
        _say("making a virtual environment in .venv")
        _call([sys.executable, "-m", "venv", "--clear", str(FOLDER)])
    _say("installing cpdesk with its dependencies into .venv (the first time may take some minutes)")
    (FOLDER / _STAMP).unlink(missing_ok=True)
    _install(extra)
    (FOLDER / _STAMP).write_text(json.dumps({**wanted, "extra": extra}), encoding="utf-8")


def stamp(top: Path) -> dict[str, str]:
    """What the environment depends on: the Python, the place, and the two files that name what goes in."""
    files = (top / "pyproject.toml", top / "packaging" / "constraints.txt")
    content = b"\0".join(path.read_bytes() for path in files)
    return {"python": sys.version, "top": str(top), "content": hashlib.sha256(content).hexdigest()}


def read_stamp(folder: Path) -> dict[str, str]:
    """The stamp of the environment that is there; empty if there is none, or it was never finished."""
    try:
        found = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if Path(program("python", folder)).exists() and isinstance(found, dict) else {}


def is_ready(found: dict[str, str], wanted: dict[str, str], extra: str) -> bool:
    """Whether the environment that is there serves: that of the tests does for all, and any where no extra is asked."""
    return found.items() >= wanted.items() and found.get("extra") in ({extra, "test"} if extra else {"", *_EXTRAS})


def _install(extra: str) -> None:
    pip = [program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip += ["--constraint", str(CONSTRAINTS)]
    # The build tools go into the environment itself: an isolated build would not keep to the constraints.
    _call([*pip, *_BUILD_TOOLS])
    _call([*pip, "--no-build-isolation", "--editable", f"{TOP}[{extra}]" if extra else str(TOP)])


def _call(words: list[str]) -> None:
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL, stdout=_STANDARD_ERROR)


def _say(text: str) -> None:
    print(f"dev: {text}", file=sys.stderr, flush=True)
