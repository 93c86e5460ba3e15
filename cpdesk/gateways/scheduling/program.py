"""How this program is started once more."""

import sys
from pathlib import Path


def program_words() -> tuple[str, ...]:
    """The words that start the program that runs now: a packaged one by its own name, else Python with the module."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (str(_windowless(Path(sys.executable))), "-m", "cpdesk")


def _windowless(python: Path) -> Path:
    """On Windows the Python that opens no console: one would flash up every hour."""
    quiet = python.with_name("pythonw.exe")
    return quiet if sys.platform == "win32" and quiet.exists() else python
