"""The finished database is kept for the next start, as long as it fits."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cpdesk.base import paths
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.demo import cache, opening
from tests.support.world import World


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, made: Path) -> list[Path]:
    """The folders into which a history was written, quickly."""
    folders: list[Path] = []

    def write(folder: Path) -> None:
        folders.append(folder)
        (folder / DATABASE_FILE).write_bytes((made / DATABASE_FILE).read_bytes())

    monkeypatch.setattr(opening, "write_history", write)
    return folders


def prepared(tmp_path: Path, name: str) -> bytes:
    folder = tmp_path / name
    folder.mkdir()
    opening.prepare(folder)
    return (folder / DATABASE_FILE).read_bytes()


def kept() -> list[Path]:
    return sorted((paths.cache_dir() / "demo").iterdir())


def test_the_second_start_takes_what_the_first_made(written: list[Path], made: Path, tmp_path: Path) -> None:
    first, second = prepared(tmp_path, "first"), prepared(tmp_path, "second")
    assert written == [tmp_path / "first"]
    assert first == second == (made / DATABASE_FILE).read_bytes()
    assert len(kept()) == 1


def test_another_program_makes_another_one_and_keeps_only_that(
    written: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(tmp_path, "old")
    monkeypatch.setattr(cache, "fingerprint", lambda: "another")
    prepared(tmp_path, "new")
    assert len(written) == 2
    assert [path.name.partition("-")[0] for path in kept()] == ["another"]


def test_the_fingerprint_is_of_all_that_has_a_hand_in_it() -> None:
    rooms = {path.parent.name for path in cache._sources()}
    assert {"demo", "services", "migrations", "store", "domain", "catalog"} <= rooms


@pytest.mark.parametrize("damage", [b"", b"letter", None])
def test_what_was_cut_short_or_replaced_is_made_again(
    damage: bytes | None, written: list[Path], tmp_path: Path
) -> None:
    whole = prepared(tmp_path, "first")
    kept()[0].write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert prepared(tmp_path, "second") == whole
    assert len(written) == 2


@pytest.mark.usefixtures("written")
def test_a_real_database_in_its_place_is_not_taken(made: Path, tmp_path: Path) -> None:
    """Not even under the name that it would have, were it one of the demo."""
    world = World(tmp_path / "real")
    world.set_up()
    world.close()
    cache.keep(world.store.path)
    assert prepared(tmp_path, "demo") == (made / DATABASE_FILE).read_bytes()
    with closing(sqlite3.connect(tmp_path / "demo" / DATABASE_FILE)) as database:
        assert database.execute("SELECT count(*) FROM account").fetchone() == (24,)


def test_without_a_place_to_keep_it_the_demo_works(
    written: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter").write_text("no folder")
    monkeypatch.setattr(paths, "cache_dir", lambda: tmp_path / "letter")
    assert prepared(tmp_path, "first") == prepared(tmp_path, "second")
    assert len(written) == 2
