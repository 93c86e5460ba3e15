"""Qt is loaded without what it does to imports."""

import subprocess
import sys
from pathlib import Path


def test_python_keeps_its_own_import() -> None:
    """In a process of its own: here Qt has been loaded long ago."""
    script = (
        "import builtins; own = builtins.__import__\n"
        "from cpdesk.ui import qt; qt.load()\n"
        "import cpdesk.app, cpdesk.opening, PySide6.QtPrintSupport\n"
        "print(builtins.__import__ is own)"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert told.stdout.strip() == "True"
