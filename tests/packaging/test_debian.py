"""The tree of the .deb, around a stand-in for the frozen program."""

import gzip
import hashlib
import shutil
import sys
from pathlib import Path

import bundle
import debian
import icons
import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a package of Debian is built on Linux")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What is there before the tree is laid out: the program, the icons, the manual."""
    internal = tmp_path / "cpdesk" / "_internal"
    (internal / "PySide6").mkdir(parents=True)
    (tmp_path / "icons").mkdir()
    (tmp_path / "manual").mkdir()
    shutil.copy(sys.executable, tmp_path / "cpdesk" / "cpdesk")
    (tmp_path / "cpdesk" / "LICENCES.txt").write_text("licences", encoding="utf-8")
    for name in ("libsqlite3.so.0", "libpython3.11.so.1.0", "PySide6/libpyside6.so", "base_library.zip"):
        (internal / name).write_text(name, encoding="utf-8")
    (internal / "libpyside6.so").symlink_to("PySide6/libpyside6.so")
    for size in icons.SIZES:
        (tmp_path / "icons" / f"{size}.png").write_text("picture", encoding="utf-8")
    for name in ("cpdesk.1", "cpdesk", "_cpdesk", "cpdesk.fish"):
        (tmp_path / "manual" / name).write_text(name, encoding="utf-8")
    return tmp_path


@pytest.fixture
def tree(built: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(debian, "needed", lambda *_, **__: ["libc6 (>= 2.35)"])
    monkeypatch.setattr(debian, "_told", lambda *_words: "amd64")
    debian.main(built, built / "deb")
    return built / "deb"


def test_libraries_of_the_system_are_left_to_it(tree: Path) -> None:
    internal = tree / "usr" / "lib" / "cpdesk" / "_internal"
    assert {path.name for path in internal.iterdir()} == {
        "PySide6",
        "base_library.zip",
        "libpython3.11.so.1.0",
        "libpyside6.so",
    }


def test_the_program_is_where_people_look_for_it(tree: Path) -> None:
    assert (tree / "usr/bin/cpdesk").readlink() == Path("../lib/cpdesk/cpdesk")
    assert (tree / "usr/bin/cpdesk").resolve().stat().st_mode & 0o777 == 0o755
    assert gzip.decompress((tree / "usr/share/man/man1/cpdesk.1.gz").read_bytes()) == b"cpdesk.1"
    assert (tree / "usr/share/doc/cpdesk/copyright").read_text(encoding="utf-8") == "licences"
    assert (tree / "usr/share/icons/hicolor/48x48/apps/cpdesk.png").is_file()


def test_the_sums_are_those_of_the_files(tree: Path) -> None:
    lines = (tree / "DEBIAN" / "md5sums").read_text(encoding="utf-8").splitlines()
    for total, name in (line.split("  ") for line in lines):
        assert hashlib.md5((tree / name).read_bytes(), usedforsecurity=False).hexdigest() == total
    files = [path for path in (tree / "usr").rglob("*") if path.is_file() and not path.is_symlink()]
    assert len(lines) == len(files)


def test_the_control_file_is_whole(tree: Path) -> None:
    text = (tree / "DEBIAN" / "control").read_text(encoding="utf-8")
    fields = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    assert fields["Version"] == bundle.version()
    assert fields["Architecture"] == "amd64"
    assert fields["Depends"] == "libc6 (>= 2.35)"
    assert int(fields["Installed-Size"]) > 0


def test_sizes_are_counted_as_debian_does(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "large").write_bytes(b"x" * 1025)
    (tmp_path / "link").symlink_to("folder")
    assert debian.installed_size(tmp_path) == 1 + 2 + 1


@pytest.mark.skipif(shutil.which("dpkg-shlibdeps") is None, reason="dpkg-shlibdeps (Debian: dpkg-dev) looks it up")
def test_dependencies_are_what_a_program_is_linked_against(tmp_path: Path) -> None:
    program = tmp_path / debian.PROGRAM / "program"
    program.parent.mkdir(parents=True)
    shutil.copy("/bin/ls", program)
    found = debian.needed(tmp_path, [program])
    assert any(name.startswith("libc6 ") for name in found)
    assert debian.needed(tmp_path, [program], beyond=found) == []
