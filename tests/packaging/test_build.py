"""What is run to build for each system, and what is put into the files that these systems read."""

import ast
import os
import platform
import plistlib
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import archive
import build
import bundle
import debian
import dev_package
import icons
import licences
import pytest
import staging
import windows_version

TOP = Path(__file__).parents[2]
VERSION = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

WINDOWS = f"""\
python packaging/icons.py build/package/icons
pyinstaller --noconfirm --log-level ERROR --distpath build/package --workpath build/package/work packaging/cpdesk.spec
python packaging/licences.py build/package/cpdesk/LICENCES.txt
python packaging/archive.py build/package/cpdesk build/dist/cpdesk-{VERSION}-windows-x64.zip
makensis -V2 -WX -NOCD -DVERSION={VERSION} -DPROGRAM=build/package/cpdesk \
-DTARGET=build/dist/cpdesk-{VERSION}-windows-x64-setup.exe -DICON=build/package/icons/cpdesk.ico \
packaging/windows/cpdesk.nsi
"""
MACOS = f"""\
python packaging/icons.py build/package/icons
pyinstaller --noconfirm --log-level ERROR --distpath build/package --workpath build/package/work packaging/cpdesk.spec
python packaging/licences.py build/package/cpdesk.app/Contents/Resources/LICENCES.txt
ditto build/package/cpdesk.app build/package/image/cpdesk.app
ln -s /Applications build/package/image/Applications
hdiutil create -volname cpdesk -srcfolder build/package/image -format UDZO build/dist/cpdesk-{VERSION}-macos.dmg
"""
SIGNED = f"""\
python packaging/icons.py build/package/icons
pyinstaller --noconfirm --log-level ERROR --distpath build/package --workpath build/package/work packaging/cpdesk.spec
python packaging/licences.py build/package/cpdesk.app/Contents/Resources/LICENCES.txt
codesign --force --timestamp --sign 'Somebody (1)' --options runtime --entitlements packaging/macos/entitlements.plist \
build/package/cpdesk.app
codesign --verify --deep --strict build/package/cpdesk.app
ditto build/package/cpdesk.app build/package/image/cpdesk.app
ln -s /Applications build/package/image/Applications
hdiutil create -volname cpdesk -srcfolder build/package/image -format UDZO build/dist/cpdesk-{VERSION}-macos.dmg
codesign --force --timestamp --sign 'Somebody (1)' build/dist/cpdesk-{VERSION}-macos.dmg
xcrun notarytool submit build/dist/cpdesk-{VERSION}-macos.dmg --keychain-profile cpdesk-notary --wait
xcrun stapler staple build/dist/cpdesk-{VERSION}-macos.dmg
spctl --assess --type open --context context:primary-signature build/dist/cpdesk-{VERSION}-macos.dmg
"""
LINUX = f"""\
python packaging/icons.py build/package/icons
pyinstaller --noconfirm --log-level ERROR --distpath build/package --workpath build/package/work packaging/cpdesk.spec
python packaging/licences.py build/package/cpdesk/LICENCES.txt
python packaging/manual.py build/package/manual
python packaging/debian.py build/package build/package/deb
dpkg-deb --root-owner-group -Zxz -z3 --build build/package/deb build/dist/cpdesk_{VERSION}_amd64.deb
python packaging/archive.py build/package/cpdesk build/dist/cpdesk-{VERSION}-linux-x86_64.tar.gz
"""


@pytest.fixture(scope="module")
def pictures() -> icons.Pictures:
    return icons.draw()


@pytest.mark.parametrize(
    ("system", "more", "expected"),
    [
        ("linux", [], LINUX),
        ("windows", [], WINDOWS),
        ("macos", [], MACOS),
        ("macos", ["--sign", "Somebody (1)"], SIGNED),
    ],
)
def test_the_commands_of_a_system(
    system: str,
    more: list[str],
    expected: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    assert build.main(["--dry-run", "--system", system, *more]) == 0
    assert capsys.readouterr().out == expected


def test_a_system_is_built_on_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "here", lambda: "linux")
    with pytest.raises(SystemExit, match="windows is built on windows"):
        build.main(["--system", "windows"])


def test_every_script_that_is_called_is_there() -> None:
    called = {word for system in build.SYSTEMS.values() for command in build.commands(system) for word in command}
    assert all((TOP / word).is_file() for word in called if word.startswith("packaging/"))


def test_the_version_is_that_of_the_project() -> None:
    assert build.version() == bundle.version() == VERSION == bundle.info_plist()["CFBundleShortVersionString"]
    assert f'StringStruct("ProductVersion", "{VERSION}")' in windows_version.text(VERSION)


def test_no_other_file_has_a_version_of_its_own() -> None:
    written = [path for path in (TOP / "packaging").rglob("*") if path.suffix in {".nsi", ".xml", ".plist", ".spec"}]
    assert not [path.name for path in written if VERSION in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize(
    ("version", "expected"), [("1.2.3", (1, 2, 3, 0)), ("2.0", (2, 0, 0, 0)), ("1.2.3.4.5", (1, 2, 3, 4))]
)
def test_windows_counts_with_four_numbers(version: str, expected: tuple[int, ...]) -> None:
    assert windows_version.numbers(version) == expected


def test_the_version_information_is_a_python_expression() -> None:
    tree = ast.parse(windows_version.text(VERSION), mode="eval")
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert called >= {"VSVersionInfo", "FixedFileInfo", "StringFileInfo", "VarFileInfo"}


def test_the_spec_can_be_read() -> None:
    ast.parse((TOP / "packaging" / "cpdesk.spec").read_text(encoding="utf-8"))


def test_macos_may_make_code_and_load_a_replaced_qt_and_no_more() -> None:
    entitlements = plistlib.loads((TOP / "packaging" / "macos" / "entitlements.plist").read_bytes())
    assert entitlements == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
        "com.apple.security.cs.disable-library-validation": True,
    }


def test_macos_is_told_the_languages() -> None:
    told = plistlib.loads(plistlib.dumps(bundle.info_plist()))
    assert told["CFBundleLocalizations"] == ["de", "en"]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6\\plugins\\tls\\qopensslbackend.dll", False),
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/platforminputcontexts/libcomposeplatforminputcontextplugin.so", True),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", False),
        ("babel/locale-data/de.dat", True),
        ("babel/locale-data/fr.dat", False),
        ("cpdesk-1.2.3.dist-info/METADATA", True),
        ("cpdesk-1.2.3.dist-info/direct_url.json", False),
        ("libX11.so.6", False),
        ("libxcb-cursor.so.0", True),
    ],
)
def test_what_is_used_goes_in(target: str, expected: bool) -> None:
    assert bundle.is_used(target) is expected


def test_every_plugin_that_a_foreign_build_needs_is_let_in() -> None:
    needed = [name for names in staging.NEEDED.values() for name in names]
    assert all(bundle.is_used(name) for name in needed)


def test_what_a_wheel_lacks_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "qt.whl", "w") as wheel:
        for name in staging.NEEDED["windows"][1:]:
            wheel.writestr(name, "")
    assert staging.lacking("windows", tmp_path) == staging.NEEDED["windows"][:1]


def test_a_build_asks_for_what_its_extras_ask_for() -> None:
    names = {re.split(r"[<>=\[]", one)[0] for one in staging.asked()}
    assert {"PySide6-Essentials", "pyinstaller", "sqlcipher3", "keyring"} <= names
    assert "cpdesk" not in names


def test_a_library_that_only_a_left_out_plugin_wanted_stays_out() -> None:
    entries = [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "xcb", "BINARY"),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "gtk", "BINARY"),
        ("libxcb-cursor.so.0", "cursor", "BINARY"),
        ("libxcb-util.so.1", "util", "BINARY"),
        ("libcairo.so.2", "cairo", "BINARY"),
        ("libpython3.11.so.1.0", "python", "BINARY"),
        ("PySide6/QtCore.abi3.so", "core", "EXTENSION"),
    ]
    linked = {"xcb": {"libxcb-cursor.so.0"}, "gtk": {"libcairo.so.2"}, "cursor": {"libxcb-util.so.1"}}
    kept = {source for _target, source, _kind in bundle.kept(entries, lambda path: linked.get(path, set()))}
    assert kept == {"xcb", "cursor", "util", "python", "core"}


def test_resources_and_migrations_go_in(tmp_path: Path) -> None:
    data = {(Path(source).name, folder) for source, folder in bundle.resources(tmp_path)}
    assert ("cpdesk.mo", "cpdesk/_resources/locale/de/LC_MESSAGES") in data
    assert ("cloud.svg", "cpdesk/_resources/icons") in data
    assert ("getting-started.md", "cpdesk/_resources/help/de") in data
    assert ("0001_initial.py", "cpdesk/store/migrations") in data
    assert not [name for name, folder in data if name.endswith(".po") or "pictures" in folder]


def test_locale_data_is_that_of_our_languages() -> None:
    assert {Path(source).stem for source, _folder in bundle.babel_data()} == {"global", "root", "en", "en_US", "de"}


def test_an_ico_lists_its_pictures(pictures: icons.Pictures) -> None:
    made = icons.ico(pictures)
    assert struct.unpack("<HHH", made[:6]) == (0, 1, len(icons.ICO_SIZES))
    for number, size in enumerate(icons.ICO_SIZES):
        width, *_rest, length, start = struct.unpack("<BBBBHHII", made[6 + 16 * number : 22 + 16 * number])
        assert (width or 256) == size
        assert made[start : start + length] == pictures[size]


def test_an_icns_is_a_row_of_blocks(pictures: icons.Pictures) -> None:
    made, found, place = icons.icns(pictures), {}, 8
    assert made[:8] == b"icns" + struct.pack(">I", len(made))
    while place < len(made):
        kind, length = made[place : place + 4].decode(), struct.unpack(">I", made[place + 4 : place + 8])[0]
        found[kind] = made[place + 8 : place + length]
        place += length
    assert found == {kind: pictures[size] for kind, size in icons.ICNS_KINDS.items()}


@pytest.mark.parametrize("name", ["cpdesk-1.tar.gz", "cpdesk-1.zip"])
def test_an_archive_is_the_same_whoever_makes_it(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = []
    for person, mask in (("one", 0o022), ("two", 0o077)):
        folder = tmp_path / person / "program"
        (folder / "b").mkdir(parents=True)
        (folder / "b" / "data").write_text("data", encoding="utf-8")
        (folder / "a").write_text("run", encoding="utf-8")
        os.chmod(folder / "b" / "data", 0o666 & ~mask)
        os.chmod(folder / "a", 0o777 & ~mask)
        archive.main(folder, tmp_path / person / name)
        made.append((tmp_path / person / name).read_bytes())
    assert made[0] == made[1]


def test_an_archive_opens_into_one_folder(tmp_path: Path) -> None:
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "cpdesk").write_text("run", encoding="utf-8")
    archive.main(tmp_path / "program", tmp_path / "cpdesk-1.tar.gz")
    archive.main(tmp_path / "program", tmp_path / "cpdesk-1.zip")
    with tarfile.open(tmp_path / "cpdesk-1.tar.gz") as tar, zipfile.ZipFile(tmp_path / "cpdesk-1.zip") as packed:
        assert tar.getnames() == packed.namelist() == ["cpdesk-1/cpdesk"]


def test_the_licences_name_every_part_and_have_the_text_that_qt_asks_for() -> None:
    text = licences.text()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert all(re.search(rf"^{name}", text, re.MULTILINE | re.IGNORECASE) for name in ("PySide6", "peewee", "Python"))


@pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis (Debian: nsis) compiles the installer")
def test_the_installer_of_windows_compiles(tmp_path: Path, pictures: icons.Pictures) -> None:
    icon = tmp_path / "cpdesk.ico"
    icon.write_bytes(icons.ico(pictures))
    assert dev_package.compile_installer(tmp_path, icon).read_bytes()[:2] == b"MZ"


def test_the_installer_takes_away_what_it_brings_and_no_data() -> None:
    script = (TOP / "packaging" / "windows" / "cpdesk.nsi").read_text(encoding="utf-8")
    removed = re.findall(r'^\s*(?:RMDir|Delete)(?: /r)? "([^"]+)"', script, re.MULTILINE)
    assert all(path.startswith(("$INSTDIR", "${MENU}")) for path in removed)
    assert 'RMDir /r "$INSTDIR"' not in script
    assert "$APPDATA" not in script


@pytest.mark.skipif(sys.platform != "linux", reason="the files of a Linux desktop")
def test_the_desktop_files_are_valid(tmp_path: Path) -> None:
    metainfo = tmp_path / "org.cpdesk.cpdesk.metainfo.xml"
    metainfo.write_text(debian.metainfo(), encoding="utf-8")
    checks = (
        ["desktop-file-validate", str(TOP / "packaging" / "linux" / "cpdesk.desktop")],
        ["appstreamcli", "validate", "--no-net", str(metainfo)],
    )
    for words in checks:
        if shutil.which(words[0]):
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout
