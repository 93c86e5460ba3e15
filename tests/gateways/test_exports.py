"""Lists as files: what a spreadsheet makes of them, and what happens when they cannot be written."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cpdesk.base import private
from cpdesk.base.errors import KnownError
from cpdesk.gateways.exports import Cell, Sheet, write_csv, write_xlsx

DAY = date(2026, 12, 1)
DUE = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)

ROWS: tuple[tuple[Cell, ...], ...] = (
    ("Contoso Freight", 82, Decimal("449.15"), DAY, DUE),
    ("=1+1", -5, 0.5, None, None),
    ("+49 30 1234", 0, None, None, None),
    ('"Q", Ltd.\nBerlin', 1, Decimal(3), None, None),
    ("Müller & Söhne", 1204, None, None, None),
)
SHEET = Sheet("Customer List", ("Account", "Seats", "Cost", "Pending", "Due"), ROWS)

WRITERS = pytest.mark.parametrize("write", [write_csv, write_xlsx])


def sheet_of(path: Path) -> Any:
    return load_workbook(path).active


def test_csv_has_a_mark_and_lines_as_spreadsheets_want_them(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_csv(path, SHEET)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfAccount,Seats,")
    lines = _lines(path)
    assert lines[1] == "Contoso Freight,82,449.15,2026-12-01,2026-12-01T05:00:00Z"
    assert lines[-2] == "Müller & Söhne,1204,,,"


def _lines(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8-sig").split("\r\n")


def test_texts_that_look_like_formulas_are_made_harmless_and_numbers_are_not(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_csv(path, Sheet("x", ("@who",), [[text] for text in ("=1", "+1", "-1", "@x", "\tx", "\rx", "a=b")]))
    read = path.read_bytes().decode("utf-8-sig")
    assert read == "'@who\r\n'=1\r\n'+1\r\n'-1\r\n'@x\r\n'\tx\r\n\"'\rx\"\r\na=b\r\n"
    write_csv(path, Sheet("x", ("n",), [[-1], [Decimal("-0.50")]]))
    assert _lines(path)[1:3] == ["-1", "-0.50"]


def test_a_workbook_holds_texts_numbers_and_dates_as_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_xlsx(path, SHEET)
    page = sheet_of(path)
    assert page.title == "Customer List"
    assert [cell.value for cell in page[1]] == list(SHEET.captions)
    assert [cell.value for cell in page[2]] == [
        "Contoso Freight", 82, 449.15, datetime(2026, 12, 1), datetime(2026, 12, 1, 5, 0)  # noqa: DTZ001
    ]  # fmt: skip
    assert [cell.data_type for cell in page[2]] == ["s", "n", "n", "d", "d"]
    assert page["D2"].number_format == "yyyy-mm-dd"
    assert page["E2"].number_format.endswith('"UTC"')


def test_a_workbook_takes_no_text_for_a_formula_a_number_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    texts = ("=1+1", "+1", "-1", "@x", "00123", "https://contoso.example", "x" * 40_000)
    write_xlsx(path, Sheet("x", ("Text",), [[text] for text in texts]))
    page = sheet_of(path)
    read = [page.cell(row, 1) for row in range(2, 9)]
    assert [cell.value for cell in read] == [text[:32_767] for text in texts]
    assert {cell.data_type for cell in read} == {"s"}
    assert not any(cell.hyperlink for cell in read)


def test_the_head_of_a_workbook_stays_in_sight(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_xlsx(path, SHEET)
    page = sheet_of(path)
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:E6"
    assert page["A1"].font.b
    assert page.column_dimensions["A"].width > page.column_dimensions["B"].width


@pytest.mark.parametrize("title", ["Users: Contoso/Freight [EU]", "'quoted'", "x" * 60, ""])
def test_any_title_makes_a_sheet(tmp_path: Path, title: str) -> None:
    path = tmp_path / "list.xlsx"
    write_xlsx(path, Sheet(title, ("A",), [["1"]]))
    assert sheet_of(path)["A2"].value == "1"


@WRITERS
def test_a_list_without_rows_has_its_captions(tmp_path: Path, write: Any) -> None:
    path = tmp_path / "list"
    write(path, Sheet("x", ("A", "B"), ()))
    assert path.stat().st_size > 0


@WRITERS
def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path, write: Any) -> None:
    path = tmp_path / "list"
    path.write_text("former")
    write(path, SHEET)
    assert b"former" not in path.read_bytes()
    assert os.listdir(tmp_path) == ["list"]


@WRITERS
def test_it_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path, write: Any) -> None:
    told: list[tuple[int, int]] = []
    rows = [["x"]] * 500
    write(tmp_path / "list", Sheet("x", ("A",), rows), lambda done, total: told.append((done, total)))
    assert told[0] == (0, 500)
    assert told[-1] == (500, 500)

    class Stop(Exception):  # noqa: N818
        pass

    def stop(_done: int, _total: int) -> None:
        raise Stop

    path = tmp_path / "stopped"
    with pytest.raises(Stop):
        write(path, Sheet("x", ("A",), rows), stop)
    assert os.listdir(tmp_path) == ["list"]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as refused:
        write_csv(tmp_path / "gone" / "list.csv", SHEET)
    assert refused.value.code == "file_folder_missing"
    assert refused.value.params == {"path": str(tmp_path / "gone")}


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    for path in (tmp_path / "mine" / "list.csv", tmp_path / "mine" / "deeper" / "list.csv"):
        with pytest.raises(KnownError) as refused:
            write_csv(path, SHEET)
        assert (refused.value.code, refused.value.params) == ("folder_is_file", {"path": str(tmp_path / "mine")})


def test_a_name_may_be_as_long_as_the_system_takes_it(tmp_path: Path) -> None:
    path = tmp_path / f"{'n' * 251}.csv"
    write_csv(path, SHEET)
    assert os.listdir(tmp_path) == [path.name]


@WRITERS
@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EACCES, "file_not_writable"), (errno.EROFS, "file_not_writable"), (errno.ENOSPC, "disk_full"),
     (errno.EIO, "disk_trouble")],
)  # fmt: skip
def test_trouble_is_known_and_the_former_file_stays(
    tmp_path: Path, write: Any, number: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list"
    path.write_text("former")

    def refuse(_number: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(KnownError) as refused:
        write(path, SHEET)
    assert refused.value.code == code
    assert path.read_text() == "former"
    assert os.listdir(tmp_path) == ["list"]


def test_a_file_that_is_in_its_place_is_there_even_if_nothing_can_be_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, **_how: bool) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "unlink", refuse)
    write_csv(tmp_path / "list.csv", SHEET)
    assert os.listdir(tmp_path) == ["list.csv"]


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.mkdir()
    with pytest.raises(KnownError) as refused:
        write_csv(path, SHEET)
    assert refused.value.code == "file_not_writable"


def test_a_full_disk_under_the_temporary_files_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_words: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("xlsxwriter.workbook.ZipFile", refuse)
    with pytest.raises(KnownError) as caught:
        write_xlsx(tmp_path / "list.xlsx", Sheet("List", ("Name",), [("Ada",)]))
    assert caught.value.code == "disk_full"
    assert list(tmp_path.iterdir()) == []


# Who may read it


@pytest.fixture
def _usual_umask() -> Iterator[None]:
    kept = os.umask(0o022)
    yield
    os.umask(kept)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no modes")
@pytest.mark.usefixtures("_usual_umask")
def test_a_new_file_has_the_rights_that_the_operators_umask_gives(tmp_path: Path) -> None:
    write_csv(tmp_path / "list.csv", SHEET)
    assert (tmp_path / "list.csv").stat().st_mode & 0o777 == 0o644


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no modes")
@pytest.mark.usefixtures("_usual_umask")
def test_a_file_that_was_kept_to_oneself_stays_so_when_it_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "list.csv").touch(mode=0o600)
    write_csv(tmp_path / "list.csv", SHEET)
    assert (tmp_path / "list.csv").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no modes")
@pytest.mark.usefixtures("_usual_umask")
def test_what_is_not_whole_yet_is_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private, "set_rights", lambda _file, _mode: None)
    write_csv(tmp_path / "list.csv", SHEET)
    assert (tmp_path / "list.csv").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no modes")
@pytest.mark.parametrize("in_the_way", ["a link", "a file of somebody else"])
def test_what_others_have_put_in_its_place_does_not_open_it_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_the_way: str
) -> None:
    place, elsewhere = tmp_path / "list.csv", tmp_path / "elsewhere"
    for path in (elsewhere, place):
        path.write_text("theirs")
        path.chmod(0o666)
    if in_the_way == "a link":
        place.unlink()
        place.symlink_to(elsewhere)
    else:
        # Whoever runs the tests cannot give a file away.
        monkeypatch.setattr(os, "geteuid", lambda: place.stat().st_uid + 1)
    kept = os.umask(0o077)
    write_csv(place, SHEET)
    os.umask(kept)
    assert place.lstat().st_mode == stat.S_IFREG | 0o600
    assert elsewhere.read_text() == "theirs"
