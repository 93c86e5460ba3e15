"""The files that the window reads itself: what it remembers of last time, and the picture that stands on statements."""

import itertools
import random
import shutil
import struct
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.world import World
from tests.torture.fuzzing.dirt import dirty_cell, worsened

if TYPE_CHECKING:
    from cpdesk.ui.shell.folder_settings import FolderSettings
    from cpdesk.ui.shell.window import Window
    from cpdesk.ui.theme import Theme

_VALUES = (
    "",
    "1",
    "-1",
    "1,2",
    "a, b",
    "1,2,3,4,5",
    "99999999999,0,10,10,1",
    "-99999999999,-99999999999,99999999999,99999999999,1",
    "2147483647,2147483647,2147483647,2147483647,1",
    "4294967296",
    "9" * 11,
    "9" * 5000,
    "1e400",
    "true",
    "usage",
    "dark",
    "de",
    "en_US, de",
    "../../..",
    "/",
    "\\0",
    "/\\x0",
    "x" * 5000,
    "/" + "x" * 5000,
    "\\xd800",
    "\u202e",
    '"[[1,2],3]"',
    '"[Infinity,\\"2026-11-10T00:00:00+00:00\\",\\"\\"]"',
    '"' + "[" * 50_000 + '"',
    "@Invalid()",
    "@ByteArray()",
    "@ByteArray(\\x0\\x0\\xff)",
    "@Variant(\\0\\0\\0\\x7f\\0\\0\\0)",
    "@Variant(\\0\\0\\0\\n\\x7f\\xff\\xff\\xff)",
    "@Variant(\\0\\0\\0\\x9\\x7f\\xff\\xff\\xff)",
    "@Variant(\\0\\0\\0\\x8\\xff\\xff\\xff\\xff)",
    "@Variant(\\0\\0\\0\\x46\\0\\0\\0\\1)",
    "@Rect(1 2 3 4)",
    "@Size(-1 -1)",
    "@Point(99999999999 1)",
    "@DateTime(\\0\\0\\0)",
    "@",
    "@@",
)
"""What may stand in a file of Qt's settings."""
_PLACES: tuple[tuple[str, bool, dict[str, str]], ...] = (
    ("customers", False, {}),
    ("users", True, {}),
    ("services", True, {"tab": "subscriptions"}),
    ("audit_log", False, {}),
    ("account_reports", True, {"tab": "trend"}),
)
"""Pages that remember something: their keys, whether they are about an account, and what they are opened with."""
_WIDEST = 20_000
_SIDES = (0, 1, 3000, 8000, 2**31 - 1)
"""Of pictures."""
_MOST_ROWS = 1 << 24
"""Bytes that are behind a picture, however large it says to be."""


def worsened_settings(data: bytes, dice: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """A file of settings with something done to it, mostly to single values."""
    if dice.random() < 0.1:
        return worsened(data, dice, others)
    lines = data.decode("utf-8", "replace").splitlines()
    named = [number for number, line in enumerate(lines) if "=" in line]
    for number in dice.sample(named, min(len(named), dice.choice((1, 1, 2, 5)))):
        name, _is, value = lines[number].partition("=")
        lines[number] = f"{name}={_worse_value(value, dice)}"
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _worse_value(value: str, dice: random.Random) -> str:
    roll = dice.random()
    if roll < 0.4 and len(value) > 40:
        return _worse_state(value, dice)
    if roll < 0.8:
        return dice.choice(_VALUES)
    if roll < 0.9 and value:
        at = dice.randrange(len(value))
        return value[:at] + dice.choice(("", "0", "-", ",", "9" * 12)) + value[at + dice.randrange(2) :]
    return dirty_cell(dice).replace("\n", " ")


def _worse_state(value: str, dice: random.Random) -> str:
    """The order and the widths of columns, behind what tells the columns apart: single letters."""
    begins = value.rfind(":") + 1
    state = list(value[begins:])
    for _change in range(dice.randrange(1, 6)):
        if state:
            state[dice.randrange(len(state))] = dice.choice(("", "-", "=", "0", "9", "99999", " ", ";", "\u0661"))
    return value[:begins] + "".join(state)


def picture() -> bytes:
    """A small PNG."""
    return drawn(8, 8)


def drawn(width: int, height: int) -> bytes:
    """A PNG of one colour, which may say to be larger than anything."""
    rows = bytes(min(((width + 7) // 8 + 1) * height, _MOST_ROWS))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def worsened_picture(data: bytes, dice: random.Random, _others: Sequence[bytes] = ()) -> bytes:
    """A picture with something done to its bytes, or one of another size."""
    if dice.random() < 0.1:
        return drawn(dice.choice(_SIDES), dice.choice(_SIDES))
    worse = bytearray(data)
    for _change in range(dice.randrange(1, 6)):
        if worse:
            worse[dice.randrange(len(worse))] = dice.choice((0, 1, 0x7F, 0xFF, dice.randrange(256)))
    if dice.random() < 0.1:
        del worse[dice.randrange(len(worse) + 1) :]
    return bytes(worse)


# What is done with them


def remembered(world: World, account: int, folder: Path) -> bytes:
    """What a window leaves behind in which somebody has looked at some pages."""
    with _window(world, folder) as (window, settings):
        _look_round(window, account)
        for widths in _widths(window):
            widths._save()
        settings.setValue("due/interval_seconds", "60")
        settings.setValue("lock/minutes", "30")
        settings.setValue("ui/appearance", "dark")
        settings.setValue("ui/language", "de")
        settings.setValue("sign_in/email", "admin@reseller.example")
        settings.setValue("audit/verified", '[3, "2026-11-10T12:00:00+00:00", ""]')
        settings.setValue("export/folder", "/tmp")
        settings.setValue("months/trend", "6")
        settings.setValue("filters/users", "licensed")
        settings.setValue("folder/warning_dismissed", "x")
        settings.setValue("window/menu_folded", "1")
        settings._stored.sync()
    return (folder / "window.ini").read_bytes()


def open_window(world: World, account: int, path: Path) -> None:
    """Open a window that remembers what is in a file, and look round in it."""
    folder = _fresh_folder(path)
    shutil.copyfile(path, folder / "window.ini")
    try:
        with _window(world, folder) as (window, _settings):
            _look_round(window, account)
            for widths in _widths(window):
                header = widths._header
                assert header.shown(), "no column is shown"
                assert all(header.sectionSize(place) < _WIDEST for place in header.shown()), "a column is too wide"
    finally:
        shutil.rmtree(folder)


def show_logo(path: Path) -> bytes:
    """Read a logo, and show it; gives what was read."""
    _theme()
    from cpdesk.ui.pages.settings.logo_choice import LogoChoice, read_logo

    logo = read_logo(path)
    choice = LogoChoice()
    try:
        choice.set_logo(logo)
    finally:
        choice.deleteLater()
        _settle()
    return logo


_numbers = itertools.count()


def _fresh_folder(path: Path) -> Path:
    """Qt keeps what it has read of a file, so each has a name of its own."""
    folder = path.with_name(f"window{next(_numbers)}")
    folder.mkdir()
    return folder


@cache
def _application() -> Any:
    from PySide6.QtWidgets import QApplication

    from cpdesk.opening import application

    # Among other tests there is one.
    return QApplication.instance() or application()


def _theme(settings: "FolderSettings | None" = None) -> "Theme":
    app = _application()
    from cpdesk.ui.theme import Theme

    return Theme(app, settings)


@contextmanager
def _window(world: World, folder: Path) -> "Iterator[tuple[Window, FolderSettings]]":
    """A window that is signed in; what went wrong in it is raised at the end."""
    _application()
    from cpdesk.app import home
    from cpdesk.base.i18n import SOURCE_LANGUAGE
    from cpdesk.jobs import InlineJobs
    from cpdesk.ui.pages import all_pages
    from cpdesk.ui.remembering import folder_of, text_of
    from cpdesk.ui.shell.due_interval import due_interval
    from cpdesk.ui.shell.folder_settings import FolderSettings
    from cpdesk.ui.shell.language import SETTING, apply_language
    from cpdesk.ui.shell.window import Window, WindowParts

    failed: list[BaseException] = []
    former, sys.excepthook = sys.excepthook, lambda _kind, error, _where: failed.append(error)
    settings = FolderSettings(folder)
    theme = _theme(settings)
    try:
        window = Window(settings, theme)
        apply_language(_application(), text_of(settings, SETTING) or None)
        due_interval(settings)
        folder_of(settings, "export/folder")
        parts = WindowParts(
            registry=all_pages(), services=world.services, jobs=InlineJobs(), clock=world.clock, home=home
        )
        window.furnish(parts)
        window.show()
        window.navigate("sign_in")
        window.sign_in(world.by)
        try:
            yield window, settings
        finally:
            window.close()
            window.deleteLater()
    finally:
        # The theme and the language in use are the process's: whatever follows finds usual ones.
        _theme()
        apply_language(_application(), SOURCE_LANGUAGE)
        theme.deleteLater()
        _settle()
        sys.excepthook = former
    for error in failed:
        raise error


def _look_round(window: "Window", account: int) -> None:
    for key, in_account, params in _PLACES:
        # A type of its own for each page: a key that is not known any more would go unnoticed.
        assert window.navigate(key, **({"account": account} if in_account else {}), **params), key
        _settle()


def _widths(window: "Window") -> list[Any]:
    from cpdesk.ui.widgets.column_widths import ColumnWidths

    return window.findChildren(ColumnWidths)


def _settle() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
