"""After a day's work nobody but the operator can read what lies in the folders of the program."""

import io
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cpdesk.base import crash_files, log, paths, private
from cpdesk.cli.failures import keep
from cpdesk.demo import cache
from cpdesk.demo.folder import RunFolder
from cpdesk.gateways.scheduling.job import Job
from cpdesk.store import connection
from tests.cli.conftest import ADMIN, CONTOSO, PASSWORD, Cli

EXPORT = Path(__file__).parents[1] / "data" / "exports" / "current.csv"
WIDEST = {"FILE": 0o600, "FOLDER": 0o700}

if sys.platform == "win32":
    pytest.skip("Windows knows no modes", allow_module_level=True)


@pytest.fixture(autouse=True)
def _widest(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An operator whose umask takes nothing away, and nothing that narrows afterwards: what counts is the making."""
    kept = os.umask(0)
    monkeypatch.setattr(private, "set_rights", lambda _file, _mode: None)
    monkeypatch.setattr(Path, "chmod", lambda _path, _mode: None)
    yield
    os.umask(kept)


def wide(*folders: Path) -> list[str]:
    """What somebody else could read there."""
    found: list[str] = []
    for folder in folders:
        for place in (folder, *folder.rglob("*")):
            if not place.is_symlink() and stat.S_IMODE(place.stat().st_mode) & 0o077:
                found.append(f"{place.relative_to(folder.parent)}: {place.stat().st_mode:o}")
    return found


def morning(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Customers and users come in."""
    cli.sign_in(None, PASSWORD)
    cli.json("setup", "--admin", ADMIN, "--time-zone", "America/New_York")
    cli.sign_in(ADMIN)
    cli.json("accounts", "create", "Contoso", "--domain", CONTOSO, "--activate")
    cli.json("users", "import", CONTOSO, EXPORT)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"UserPrincipalName\nno@contoso.example\n")))
    assert cli("users", "remove", CONTOSO, "--file", "-").code == 1


def afternoon(cli: Cli, elsewhere: Path) -> None:
    """Modes change, a month ends, and somebody keeps copies."""
    cli.json("mode", "change", CONTOSO, "purchase", "--yes")
    cli.json("mode", "change", CONTOSO, "usage", "--yes")
    cli.json("backup", elsewhere / "copy.db")
    cli.clock.advance(timedelta(days=30))
    Job(("cpdesk",), cli.folder).ran(cli.clock.now())
    cli.json("apply-due")
    cli.json("restore", elsewhere / "copy.db", "--yes")
    cli.json("check")


def test_nothing_is_wide_after_a_days_work(empty_cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    monkeypatch.setattr(crash_files, "listen", lambda _folder: None)
    morning(empty_cli, monkeypatch)
    afternoon(empty_cli, elsewhere)
    assert keep(ValueError("x")) is not None
    assert (empty_cli.folder / "backups").is_dir()
    assert (paths.log_dir() / "cpdesk.log").is_file()
    with connection.looking(empty_cli.file):
        assert wide(empty_cli.folder, elsewhere) == []


def test_the_log_of_a_database_that_is_open_is_not_wide_either(empty_cli: Cli) -> None:
    from cpdesk.composition import compose

    store, services = compose(empty_cli.folder, empty_cli.clock)
    store.open(create=True)
    try:
        services.setup.set_up(ADMIN, PASSWORD)
        assert sorted(path.name for path in empty_cli.folder.iterdir())[:3] == [
            "cpdesk.db",
            "cpdesk.db-shm",
            "cpdesk.db-wal",
        ]
        assert wide(empty_cli.folder) == []
    finally:
        store.disconnect()


def test_the_folder_of_a_demo_and_what_it_keeps_are_not_wide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    run = RunFolder()
    (run.path / "cpdesk.db").touch(mode=0o600)
    cache.keep(run.path / "cpdesk.db")
    assert cache.take(run.path / "taken.db")
    assert wide(run.path, tmp_path / "xdg") == []
    run.remove()


def test_logs_that_an_earlier_version_left_wide_are_narrowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("CPDESK_DATA", str(tmp_path / "data"))
    folder = paths.log_dir()
    folder.mkdir(parents=True)
    (folder / "cpdesk.log.1").touch(mode=0o644)
    opened = log.start()
    assert opened is not None
    opened.close()
    assert wide(folder) == []
    shutil.rmtree(folder)
