"""The import rules of pyproject.toml hold, and each of them would really fail."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

TOP = Path(__file__).parents[2]
CONFIG = TOP / "pyproject.toml"
ROOMS = (
    "base",
    "domain",
    "store",
    "services",
    "gateways",
    "jobs",
    "cli",
    "selftest",
    "ui",
    "ui/pages/one",
    "ui/pages/two",
)

OFFENCES = {
    "cpdesk/attic.py": ("import cpdesk.base", "Rooms import one way"),
    "cpdesk/base/upwards.py": ("import cpdesk.domain", "Rooms import one way"),
    "cpdesk/domain/upwards.py": ("import cpdesk.store", "Rooms import one way"),
    "cpdesk/services/upwards.py": ("import cpdesk.jobs", "Rooms import one way"),
    "cpdesk/ui/proof.py": ("import cpdesk.selftest", "Rooms import one way"),
    "cpdesk/ui/sideways.py": ("import cpdesk.cli", "Rooms import one way"),
    "cpdesk/services/qt.py": ("from PySide6.QtCore import QObject", "Qt stays in jobs, ui, app and gateways"),
    "cpdesk/cli/qt.py": ("def show():\n    import PySide6", "The command line needs no Qt"),
    "cpdesk/cli/jobs.py": ("import cpdesk.jobs", "The command line needs no Qt"),
    "cpdesk/services/orm.py": ("import peewee", "Peewee stays in store"),
    "cpdesk/ui/orm.py": ("from playhouse import migrate", "Peewee stays in store"),
    "cpdesk/ui/pages/one/query.py": ("import cpdesk.store", "Screens ask services, never the store"),
    "cpdesk/ui/pages/one/link.py": ("from cpdesk.ui.pages.two import page", "No page imports another page"),
}


class Verdict(NamedTuple):
    """What the import rules say: exit code, the names of the broken rules, and the whole report."""

    code: int
    broken: set[str]
    report: str


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    """A program with the rooms of ours and nothing in them that breaks a rule."""
    for room in ROOMS:
        folder = tmp_path / "cpdesk" / room
        folder.mkdir(parents=True)
        while folder != tmp_path:
            (folder / "__init__.py").touch()
            folder = folder.parent
    for root in ("app.py", "app_demo.py", "opening.py"):
        (tmp_path / "cpdesk" / root).touch()
    (tmp_path / "cpdesk" / "store" / "models.py").write_text("import peewee\nimport playhouse\n")
    (tmp_path / "cpdesk" / "jobs" / "runner.py").write_text("import PySide6\nimport shiboken6\n")
    (tmp_path / "cpdesk" / "ui" / "pages" / "two" / "page.py").write_text("import PySide6\n")
    return tmp_path


def lint(folder: Path) -> Verdict:
    """Check the program in a folder by our rules."""
    words = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    done = subprocess.run(
        [*words, "--config", str(CONFIG), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    broken = set(re.findall(r"^(.+?) BROKEN", done.stdout, re.MULTILINE))
    return Verdict(done.returncode, broken, done.stdout + done.stderr)


def test_our_rooms_keep_the_rules() -> None:
    verdict = lint(TOP)
    assert verdict.code == 0, verdict.report


def test_rooms_without_an_offence_pass(rooms: Path) -> None:
    verdict = lint(rooms)
    assert verdict.code == 0, verdict.report


@pytest.mark.parametrize("place", OFFENCES)
def test_an_offence_is_found(place: str, rooms: Path) -> None:
    text, rule = OFFENCES[place]
    (rooms / place).write_text(text + "\n", encoding="utf-8")
    verdict = lint(rooms)
    assert verdict.code == 1
    assert rule in verdict.broken, verdict.report
