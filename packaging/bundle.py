"""What goes into the frozen program and what stays out: cpdesk.spec asks here.

The bare window that the frozen program is measured against is frozen by the same rules.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Entry = tuple[str, str, str]
"""One file as PyInstaller lists it: where it goes, where it comes from, and of what kind it is."""

Imports = Callable[[str], set[str]]

TOP = Path(__file__).resolve().parent.parent
RESOURCES = TOP / "resources"
SOURCE_LANGUAGE = "en"
IDENTIFIER = "org.cpdesk.cpdesk"
"""What macOS and the software centres of Linux know the program by."""

_PLUGINS = {
    # Screens: what a desktop has, and none (the self-test of a machine without one).
    "platforms": {"xcb", "wayland", "offscreen", "windows", "cocoa"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-shell-integration": {"xdg-shell"},
    "printsupport": {"cupsprintersupport"},
}
"""The plugins of Qt that are used, by folder. No styles (Fusion is built in), no images but PNG (built in) and SVG
(drawn by QtSvg itself), no GTK (its dialogs would bring all of GTK), no TLS (nothing leaves the machine)."""

_OF_THE_SYSTEM = (
    "libX11.", "libX11-xcb.", "libcups.", "libdbus-1.", "libexpat.", "libfontconfig.", "libfreetype.", "libgcc_s.",
    "libglib-2.0.", "libgthread-2.0.", "libstdc++.", "libwayland-client.", "libwayland-cursor.",
    "libz.",
)  # fmt: skip
"""Libraries of a Linux desktop that have to match the rest of it: they are never brought along."""

_NOT_SHIPPED = ("pictures/", "locale/")
"""Of the resources: the README's pictures, and the sources of the translations."""

METADATA = [
    "cpdesk", "PySide6_Essentials", "peewee", "platformdirs", "tzdata", "Babel", "argon2-cffi", "XlsxWriter",
    "keyring", "segno", "sqlcipher3",
]  # fmt: skip
"""The distributions whose versions the program tells."""

# cryptography: see cpdesk/gateways/plain_session.py.
EXCLUDED_MODULES = [
    "PySide6.QtDBus", "PySide6.QtOpenGL", "PySide6.QtQml", "PySide6.QtQuick", "_pytest", "babel.messages.extract",
    "cpdesk.ui.gallery", "distutils", "doctest", "jinja2", "lib2to3", "multiprocessing", "pdb", "pip", "pkg_resources",
    "pydoc", "pytest", "setuptools",
    "cryptography", "tkinter", "unittest",
]  # fmt: skip


def version() -> str:
    """The one version, from pyproject.toml."""
    return str(tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def info_plist() -> dict[str, object]:
    """What macOS reads about the program beside what PyInstaller writes by itself."""
    return {
        "CFBundleDisplayName": "cpdesk",
        "CFBundleShortVersionString": version(),
        "CFBundleVersion": version(),
        "CFBundleLocalizations": languages(),
        "LSApplicationCategoryType": "public.app-category.business",
        "LSMinimumSystemVersion": "13.0",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # dark where the system is dark
        "NSSupportsAutomaticTermination": False,  # the window waits for changes that are due
    }


def is_shipped_module(name: str) -> bool:
    """Whether a module of ours goes in. Migrations are read as files; pictures of every page are for developers."""
    return not name.startswith(("cpdesk.ui.gallery", "cpdesk.store.migrations"))


def languages() -> list[str]:
    """Codes of the languages that the program speaks."""
    return sorted({SOURCE_LANGUAGE, *(path.name for path in (RESOURCES / "locale").iterdir() if path.is_dir())})


def resources(compiled: Path) -> list[tuple[str, str]]:
    """Resources and migrations as PyInstaller wants data, (source, folder); translations compiled into `compiled`."""
    shipped = [path for path in sorted(RESOURCES.rglob("*")) if path.is_file() and _is_shipped(path)]
    found = [(str(path), f"cpdesk/_resources/{_folder(path, RESOURCES)}") for path in shipped]
    found += [(str(path), f"cpdesk/_resources/locale/{_folder(path, compiled)}") for path in _translations(compiled)]
    migrations = TOP / "cpdesk" / "store" / "migrations"
    return found + [(str(path), "cpdesk/store/migrations") for path in sorted(migrations.glob("[0-9]*.py"))]


def babel_data() -> list[tuple[str, str]]:
    """Locale data of the shipped languages. English is written as in the United States: nothing else of it is asked."""
    import babel

    home = Path(babel.__file__).parent
    names = ["root", f"{SOURCE_LANGUAGE}_US", *languages()]
    locales = [(str(home / "locale-data" / f"{name}.dat"), "babel/locale-data") for name in names]
    return [(str(home / "global.dat"), "babel"), *locales]


def kept(entries: Iterable[Entry], imports: Imports) -> list[Entry]:
    """The files that the program uses, of those that PyInstaller has found.

    `imports` tells the names of the libraries that a binary is linked against. What only a plugin wanted that stays
    out, stays out too: half of GTK, for example.
    """
    used = [entry for entry in entries if is_used(entry[0])]
    reached = _reached(used, imports)
    return [entry for entry in used if not _is_library(entry) or _name(entry) in reached]


def is_used(target: str) -> bool:
    """Whether the program uses the file that would go to `target`."""
    path = PurePosixPath(target.replace("\\", "/"))
    if path.name.startswith(_OF_THE_SYSTEM):
        return False
    if path.parts[0].endswith(".dist-info"):
        # The version is asked for; the rest tells of the folder and the tools of whoever built.
        return path.name == "METADATA"
    if "plugins" in path.parts:
        return _is_plugin_used(path)
    if "translations" in path.parts:
        return path.stem in {f"qtbase_{code}" for code in languages()}
    if "locale-data" in path.parts:
        return path.stem in {"root", f"{SOURCE_LANGUAGE}_US", *languages()}
    return True


def _is_library(entry: Entry) -> bool:
    """Whether it is there only because others are linked against it."""
    target, _source, kind = entry
    return kind in {"BINARY", "SYMLINK"} and "plugins" not in PurePosixPath(target).parts and not _is_python(target)


def _is_python(target: str) -> bool:
    return PurePosixPath(target).name.lower().removeprefix("lib").startswith("python")


def _reached(entries: Sequence[Entry], imports: Imports) -> set[str]:
    """Names of the libraries that are linked against, directly or by others."""
    libraries = {_name(entry): entry for entry in entries if _is_library(entry) and entry[2] == "BINARY"}
    waiting = [entry for entry in entries if entry[2] in {"BINARY", "EXTENSION"} and not _is_library(entry)]
    found: set[str] = set()
    while waiting:
        new = imports(waiting.pop()[1]) - found
        found |= new
        waiting += [libraries[name] for name in new if name in libraries]
    return found


def _name(entry: Entry) -> str:
    return PurePosixPath(entry[0]).name


def _is_plugin_used(path: PurePosixPath) -> bool:
    name = path.name.partition(".")[0].removeprefix("lib").removeprefix("q")
    return name in _PLUGINS.get(path.parent.name, ())


def _is_shipped(path: Path) -> bool:
    return not path.relative_to(RESOURCES).as_posix().startswith(_NOT_SHIPPED)


def _translations(compiled: Path) -> Iterable[Path]:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted((RESOURCES / "locale").glob("*/LC_MESSAGES/*.po")):
        target = compiled / source.relative_to(RESOURCES / "locale").with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as text, target.open("wb") as stream:
            write_mo(stream, read_po(text))
        yield target


def _folder(path: Path, top: Path) -> str:
    return path.parent.relative_to(top).as_posix()
