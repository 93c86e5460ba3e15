"""What commands tell about where the data lies, and what they leave for the window to tell."""

import os
from datetime import UTC, datetime

import pytest

from tests.cli.conftest import START, Cli


def test_check_warns_about_a_folder_that_a_service_copies(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "data folder" not in cli("check").err
    monkeypatch.setenv("OneDrive", str(cli.folder.resolve()))
    checked = cli("check", "--json")
    assert (checked.code, checked.document) == (0, {"ok": True, "findings": []})
    assert "lies in OneDrive" in checked.err


def test_apply_due_leaves_when_it_ran(cli: Cli) -> None:
    assert cli("apply-due").code == 0
    mark = cli.folder / "apply-due.ran"
    assert datetime.fromtimestamp(os.stat(mark).st_mtime, UTC) == START
