"""Can every kind of file that the program writes be read again, with what was put into it?"""

import csv
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from cpdesk.gateways.exports import Cell, Sheet, write_csv, write_xlsx
from cpdesk.selftest.books import Books
from cpdesk.selftest.results import Broken

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPTIONS = ("Name", "Seats", "Since", "At")
_NASTY = "=1+1"
_SINCE = date(2026, 12, 1)
_AT = datetime(2026, 12, 1, 5, tzinfo=UTC)
_BEGINNINGS = {".pdf": b"%PDF", ".xlsx": b"PK", ".csv": b"\xef\xbb\xbf"}
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_EXCEL_DAYS = 46_357
"""December 1, 2026, as a workbook counts: days since the end of 1899."""


def check_csv(books: Books) -> str:
    """A list of accounts as CSV."""
    path = books.folder / "accounts.csv"
    rows = _rows(books)
    write_csv(path, Sheet("Accounts", _CAPTIONS, rows))
    found = list(csv.reader(StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    wanted = [list(_CAPTIONS), *([_text(cell) for cell in row] for row in rows)]
    _require_same(found, wanted)
    return f"{len(rows)} rows, {path.stat().st_size} bytes"


def check_xlsx(books: Books) -> str:
    """The same list as a workbook: texts stay texts, numbers and dates are such."""
    path = books.folder / "accounts.xlsx"
    rows = _rows(books)
    write_xlsx(path, Sheet("Accounts", _CAPTIONS, rows))
    found = list(_cells(path))
    wanted = [_CAPTIONS, *((*row[:2], _EXCEL_DAYS, _EXCEL_DAYS + 5 / 24) for row in rows)]
    _require_same([list(row) for row in found], [list(row) for row in wanted])
    return f"{len(rows)} rows, {path.stat().st_size} bytes"


def check_account_template(books: Books) -> str:
    """The file to fill in for many accounts, which our own import takes."""
    from cpdesk.ui.pages.customers.account_template import write_template

    path = books.folder / "template.csv"
    write_template(path)
    report = books.services.account_imports.preview(books.by, path)
    if not report.drafts:
        raise Broken("our import finds nothing in it")
    return f"{len(report.drafts)} accounts"


def check_month_end(books: Books) -> str:
    """The statements of the latest complete month: PDF, workbook and CSV."""
    today = books.clock.now().date()
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    summary = books.services.month_end.write(books.by, month, books.folder)
    for file in summary.files:
        data = file.read_bytes()
        if not data.startswith(_BEGINNINGS[file.suffix]):
            raise Broken(f"{file.name} is none of its kind ({len(data)} bytes)")
    return f"{len(summary.files)} files, {summary.figures.lines} lines"


def _rows(books: Books) -> list[tuple[Cell, ...]]:
    accounts = books.services.accounts.rows(books.by)
    return [(_NASTY, 0, _SINCE, _AT), *((account.name, account.seats, _SINCE, _AT) for account in accounts)]


def _text(cell: Cell) -> str:
    if cell == _NASTY:
        return f"'{_NASTY}"
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%dT%H:%M:%SZ}"
    return str(cell)


def _cells(path: Path) -> "Iterator[tuple[str | float, ...]]":
    """The rows of a workbook's first sheet, by the standard library alone."""
    with zipfile.ZipFile(path) as book:
        damaged = book.testzip()
        if damaged:
            raise Broken(f"{damaged} is damaged")
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        shared = _shared(book)
    for row in sheet.iter(f"{_MAIN}row"):
        yield tuple(_cell(cell, shared) for cell in row)


def _shared(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    texts = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(entry.itertext()) for entry in texts]


def _cell(cell: ElementTree.Element, shared: Sequence[str]) -> str | float:
    kind = cell.get("t")
    text = "".join(cell.itertext())
    if kind == "inlineStr":
        return text
    return shared[int(text)] if kind == "s" else round(float(text), 9)


def _require_same(found: Sequence[Sequence[object]], wanted: Sequence[Sequence[object]]) -> None:
    if len(found) != len(wanted):
        raise Broken(f"{len(found)} rows instead of {len(wanted)}")
    for row, expected in zip(found, wanted, strict=True):
        if not all(_same(*pair) for pair in zip(row, expected, strict=True)):
            raise Broken(f"{row} instead of {expected}")


def _same(found: object, wanted: object) -> bool:
    if isinstance(found, float) and isinstance(wanted, int | float):
        return abs(found - wanted) < 1e-6
    return found == wanted
