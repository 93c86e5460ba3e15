"""Where the data folder lies, as far as it matters."""

from pathlib import Path

from cpdesk.base.clock import Clock, DemoClock, SystemClock
from cpdesk.demo.moments import END
from cpdesk.services.surroundings import DataFolder, FolderKind, Surroundings
from cpdesk.store.store import Store


def folder(path: Path, clock: Clock) -> DataFolder:
    return Surroundings(Store(path, clock), lambda _path: FolderKind.DROPBOX).folder()


def test_it_is_looked_at_without_opening_the_database(tmp_path: Path) -> None:
    assert folder(tmp_path, SystemClock()) == DataFolder(tmp_path, FolderKind.DROPBOX)


def test_the_folder_of_a_demo_is_thrown_away_and_so_good_enough(tmp_path: Path) -> None:
    assert folder(tmp_path, DemoClock(END)).kind is FolderKind.LOCAL
