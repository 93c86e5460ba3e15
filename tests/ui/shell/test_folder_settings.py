"""The window remembers itself in the data folder, as long as that is there."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from cpdesk.ui.shell.folder_settings import FolderSettings


def stored(folder: Path) -> object:
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat).value("a")


def test_what_is_remembered_is_there_at_the_next_start(tmp_path: Path) -> None:
    settings = FolderSettings(tmp_path)
    settings.setValue("a", "1")
    assert settings.value("a") == "1"
    del settings
    assert FolderSettings(tmp_path).value("a") == "1"
    assert FolderSettings(tmp_path).value("b", "usual") == "usual"


def test_before_the_first_database_the_folder_is_made(tmp_path: Path) -> None:
    settings = FolderSettings(tmp_path / "new")
    settings.setValue("a", "1")
    del settings
    assert stored(tmp_path / "new") == "1"


def test_a_folder_that_was_moved_away_is_not_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    settings = FolderSettings(folder)
    folder.rename(tmp_path / "aside")
    settings.setValue("a", "1")
    del settings
    assert not folder.exists()


@pytest.mark.parametrize(
    "line",
    [
        r"a=@Variant(\0\0\0\x9\x7f\xff\xff\xff)",
        r'a="@ByteArray(x)"',
        r"a=\x40Variant(\0)",
        r"a=b, @Variant(\0)",
        r"a=\q@Variant(\0)",
        r"a=\100Variant(\0)",
        r"a=\x10040Variant(\0)",
        "a= \\\n@Variant(\\0)",
        '; " \na=@Variant(\\0)',
        r"a=" + "x" * 1_000_000,
    ],
)
def test_what_would_end_the_program_is_put_aside(tmp_path: Path, line: str) -> None:
    (tmp_path / "window.ini").write_text(f"[General]\n{line}\n", encoding="utf-8")
    settings = FolderSettings(tmp_path)
    assert settings.value("a") is None
    settings.setValue("a", "1")
    del settings
    assert stored(tmp_path) == "1"


@pytest.mark.parametrize("text", ["@Variant(x)", "anna@contoso.example", "=@", "é@ü", "a, @b", '"@"', "\\@", "", "@"])
def test_texts_that_only_look_so_stay(tmp_path: Path, text: str) -> None:
    settings = FolderSettings(tmp_path)
    settings.setValue("a", text)
    settings.setValue("b", ["1", text])
    del settings
    again = FolderSettings(tmp_path)
    assert (again.value("a"), again.value("b")) == (text, ["1", text])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no modes")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    kept = os.umask(0)
    try:
        settings = FolderSettings(tmp_path / "new")
        settings.setValue("a", "1")
        del settings
    finally:
        os.umask(kept)
    assert stored(tmp_path / "new") == "1"
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / "window.ini").stat().st_mode & 0o777 == 0o600
