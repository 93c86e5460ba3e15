"""The folder of a run, and what crashes leave."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from cpdesk.demo.folder import RunFolder


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_nothing_is_left_after_the_run(tmp_path: Path) -> None:
    folder = RunFolder()
    (folder.path / "logs").mkdir()
    (folder.path / "logs" / "cpdesk.log").write_text("done\n")
    assert folder.path.parent == tmp_path
    folder.remove()
    assert list(tmp_path.iterdir()) == []


def test_two_runs_leave_each_other_alone(tmp_path: Path) -> None:
    first, second = RunFolder(), RunFolder()
    assert sorted(tmp_path.iterdir()) == sorted((first.path, second.path))
    first.remove()
    assert list(tmp_path.iterdir()) == [second.path]
    second.remove()


def test_what_a_crash_left_is_removed_by_the_next_start(tmp_path: Path) -> None:
    crash = "import os; from cpdesk.demo.folder import RunFolder; print(RunFolder().path); os._exit(9)"
    left = subprocess.run(
        [sys.executable, "-c", crash],
        env=os.environ | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert Path(left.stdout.strip()).is_dir(), left.stderr
    folder = RunFolder()
    assert list(tmp_path.iterdir()) == [folder.path]
    folder.remove()


def test_what_is_not_of_the_demo_stays(tmp_path: Path) -> None:
    others = tmp_path / "cpdesk-demo-other"
    others.mkdir()
    (others / "letter").write_text("keep me")
    (tmp_path / "cpdesk-demo-link").symlink_to(others)
    RunFolder().remove()
    assert (others / "letter").exists()
    assert (tmp_path / "cpdesk-demo-link").is_symlink()
