"""What the program keeps is for its owner alone, from the moment it is made."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

from cpdesk.base import owner_acl, private

if sys.platform == "win32":
    pytest.skip("Windows knows no modes", allow_module_level=True)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def _widest() -> Iterator[None]:
    """An operator whose umask takes nothing away."""
    kept = os.umask(0)
    yield
    os.umask(kept)


def test_a_file_and_all_folders_made_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "c"
    private.make_folder(folder)
    private.make_empty(folder / "empty")
    private.provide(folder / "provided")
    private.write(folder / "written", b"x")
    assert [mode(place) for place in (folder, folder.parent, folder.parent.parent)] == [0o700] * 3
    assert {mode(file) for file in folder.iterdir()} == {0o600}


def test_a_folder_that_is_there_keeps_what_it_has(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir(mode=0o755)
    private.make_folder(tmp_path / "mine" / "new")
    assert (mode(tmp_path / "mine"), mode(tmp_path / "mine" / "new")) == (0o755, 0o700)


def test_a_file_in_the_place_of_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    with pytest.raises(FileExistsError):
        private.make_folder(tmp_path / "x")


def test_writing_over_a_wide_file_narrows_it(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a longer text")
    private.write(tmp_path / "x", b"short")
    assert (mode(tmp_path / "x"), (tmp_path / "x").read_bytes()) == (0o600, b"short")


def test_what_an_earlier_version_left_wide_is_narrowed_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "data"
    (folder / "backups").mkdir(parents=True, mode=0o777)
    for name in ("cpdesk.db", "cpdesk.db-wal", "window.ini", "backups/cpdesk-daily.db"):
        (folder / name).touch(mode=0o666)
    with caplog.at_level("INFO"):
        assert private.narrow(folder) == 6
    assert {mode(path) for path in folder.rglob("*") if path.is_file()} == {0o600}
    assert {mode(folder), mode(folder / "backups")} == {0o700}
    assert [record.getMessage() for record in caplog.records] == [
        "files and folders that others could read, narrowed to their owner: 6"
    ]
    assert private.narrow(folder) == 0


def test_a_folder_used_for_more_keeps_its_rights_and_so_does_the_rest_of_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    for name in ("cpdesk.db", "notes.txt"):
        (tmp_path / name).touch(mode=0o644)
    assert private.narrow(tmp_path) == 1
    assert [mode(path) for path in (tmp_path, tmp_path / "cpdesk.db", tmp_path / "notes.txt")] == [0o755, 0o600, 0o644]


def test_a_folder_for_everybody_and_a_link_stay_as_they_are(tmp_path: Path) -> None:
    common, elsewhere = tmp_path / "tmp", tmp_path / "elsewhere"
    common.mkdir()
    common.chmod(0o1777)
    elsewhere.touch(mode=0o644)
    (common / "cpdesk.db").symlink_to(elsewhere)
    assert private.narrow(common) == 0
    assert (mode(common), mode(elsewhere)) == (0o1777, 0o644)


def test_a_file_made_for_reading_only_stays_so(tmp_path: Path) -> None:
    (tmp_path / "cpdesk.db").touch(mode=0o444)
    private.narrow(tmp_path)
    assert mode(tmp_path / "cpdesk.db") == 0o400


def test_there_need_be_no_folder(tmp_path: Path) -> None:
    assert private.narrow(tmp_path / "nowhere") == 0


@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_what_the_operator_wants_made_follows_their_umask(umask: int, expected: int) -> None:
    os.umask(umask)
    assert private.rights_of_new() == expected
    assert os.umask(0) == umask


# On Windows: what is asked of the system


@pytest.fixture
def _windows(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SYSTEMROOT": r"C:\Windows",
        "USERNAME": "anna",
        "USERDOMAIN": "CONTOSO",
        "LOCALAPPDATA": "/profile/local",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("_windows")
def test_a_folder_is_given_to_its_owner_the_system_and_administrators(tmp_path: Path) -> None:
    asked: list[list[str]] = []

    def run(words: list[str]) -> int:
        asked.append(words)
        return 0

    (tmp_path / "file").touch()
    assert owner_acl.restrict(tmp_path, run)
    assert owner_acl.restrict(tmp_path / "file", run)
    assert [PureWindowsPath(words[0]).name for words in asked] == ["icacls.exe"] * 2
    assert [words[1:] for words in asked] == [
        [
            str(tmp_path),
            "/inheritance:r",
            "/grant:r",
            r"CONTOSO\anna:(OI)(CI)F",
            "*S-1-5-18:(OI)(CI)F",
            "*S-1-5-32-544:(OI)(CI)F",
            "/q",
        ],
        [
            str(tmp_path / "file"),
            "/inheritance:r",
            "/grant:r",
            r"CONTOSO\anna:F",
            "*S-1-5-18:F",
            "*S-1-5-32-544:F",
            "/q",
        ],
    ]


@pytest.mark.usefixtures("_windows")
def test_in_the_profile_nothing_has_to_be_asked() -> None:
    assert owner_acl.restrict(Path("/profile/local/cpdesk"), _never)


@pytest.mark.usefixtures("_windows")
def test_what_cannot_be_done_is_told_and_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def missing(_words: list[str]) -> int:
        raise FileNotFoundError

    assert not owner_acl.restrict(tmp_path, missing)
    assert not owner_acl.restrict(tmp_path, lambda _words: 5)
    assert len(caplog.records) == 2
    assert str(tmp_path) not in caplog.text


def test_without_a_name_nobody_is_locked_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("USERNAME", raising=False)
    assert not owner_acl.restrict(tmp_path, _never)


def _never(_words: list[str]) -> int:
    raise AssertionError("asked")
