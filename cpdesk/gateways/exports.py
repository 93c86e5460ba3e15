"""Lists as files for other programs: CSV and Excel workbooks."""

import csv
import errno
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO, Final

from cpdesk.base import durable, private
from cpdesk.base.errors import KnownError
from cpdesk.base.progress import Tell, counted

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | Decimal | date | datetime | None
"""What a cell holds. An instant is aware."""

_READ_AS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_WRITABLE: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
LONGEST_CELL: Final = 32_767
"""Characters; a workbook holds no more."""
_LONGEST_TITLE: Final = 31
_SAMPLE: Final = 200
"""Rows looked at for the widths of columns."""
_WIDTHS: Final = (8, 60)
"""The narrowest and the widest column, in characters."""
_DATE: Final = "yyyy-mm-dd"
_INSTANT: Final = 'yyyy-mm-dd hh:mm:ss "UTC"'


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list to be written: what it is called, the captions of its columns, its rows."""

    title: str
    captions: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def write_csv(path: Path, sheet: Sheet, tell: Tell | None = None, rights: int | None = None) -> None:
    """Write a list as CSV in UTF-8 with a mark, as spreadsheets take it; `rights` as `write_in_place` has them.

    Numbers and dates stay as they are; a text that a spreadsheet would take for a formula gets an apostrophe
    before it, which our own import takes off.

    Raises KnownError: `file_not_writable`, `file_folder_missing`, `folder_is_file`, `disk_full`, `disk_trouble`.
    What was there before is then still there, unless it is the folder that the disk cannot keep.
    """
    write_whole(path, lambda: _as_csv(sheet, tell), rights)


def write_xlsx(path: Path, sheet: Sheet, tell: Tell | None = None) -> None:
    """Write a list as a workbook: texts as text, numbers and dates as such, the header stays in sight.

    Instants are in UTC. Raises what `write_csv` raises.
    """
    write_whole(path, lambda: _as_xlsx(sheet, tell))


@contextmanager
def as_the_disk_said() -> Iterator[None]:
    """For what XlsxWriter does: an OSError that it wraps in an error of its own comes out as it was."""
    from xlsxwriter.exceptions import XlsxWriterException

    try:
        yield
    except XlsxWriterException as error:
        if isinstance(error.__context__, OSError):
            raise error.__context__ from error
        raise


def write_whole(path: Path, content: Callable[[], bytes], rights: int | None = None) -> None:
    """The same as `write_in_place` for what is made as one."""
    write_in_place(path, lambda file: file.write(content()), rights)


def write_in_place(path: Path, fill: Callable[[BinaryIO], object], rights: int | None = None) -> None:
    """Put a file, which `fill` writes, in its place when it is whole, so that no half of one is ever seen.

    Until then nobody else can read it. Then it has these `rights`, or without any those of the file that it replaces,
    else those that the operator's umask gives a new one: they chose the place, and it may be one they share.

    Raises what `write_csv` raises.
    """
    part = path.with_name(unfinished_name())
    try:
        try:
            with open(part, "xb", opener=private.opener) as file:
                fill(file)
                file.flush()
                private.set_rights(file.fileno(), _rights(path) if rights is None else rights)
                durable.synchronise(file.fileno())
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        durable.flush_folder(path.parent)
    except OSError as error:
        raise known_trouble(error, path) from error


def _rights(path: Path) -> int:
    """Those of the file that is replaced: who had kept it to themselves wants the new one so, too.

    A link, or a file that somebody else has put there, says nothing of what the operator wants.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return private.rights_of_new()
    if not stat.S_ISREG(found.st_mode) or not private.is_own(found):
        return private.rights_of_new()
    return stat.S_IMODE(found.st_mode) & 0o777


def unfinished_name() -> str:
    """For what is written before it is put in its place: short, hidden, and never given twice."""
    return f".cpdesk-{secrets.token_hex(8)}.part"


def known_trouble(error: OSError, path: Path) -> KnownError:
    """Why a file or folder could not be written, as a person is told."""
    if error.errno in _FULL:
        return KnownError("disk_full", path=str(path))
    # Asked of the system itself: pathlib raises where a folder may not be looked into.
    for place in path.parents:
        if os.path.isfile(place):
            return KnownError("folder_is_file", path=str(place))
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return KnownError("file_folder_missing", path=str(path.parent))
    if error.errno in _NOT_WRITABLE or isinstance(error, IsADirectoryError):
        return KnownError("file_not_writable", path=str(path))
    return KnownError("disk_trouble", path=str(path), reason=error.strerror or str(error))


def _as_csv(sheet: Sheet, tell: Tell | None) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([harmless(caption) for caption in sheet.captions])
    writer.writerows([_csv_cell(cell) for cell in row] for row in counted(sheet.rows, tell))
    return text.getvalue().encode("utf-8-sig", "replace")


def _csv_cell(cell: Cell) -> str | int | float | Decimal:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else cell


def harmless(text: str) -> str:
    """A text as a CSV holds it, so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_READ_AS_FORMULA) else text


def _as_xlsx(sheet: Sheet, tell: Tell | None) -> bytes:
    from xlsxwriter import Workbook

    data = BytesIO()
    # Row by row through a temporary file: fifty thousand rows would take 200 MB otherwise.
    with TemporaryDirectory(prefix="cpdesk-") as folder, as_the_disk_said():
        book = Workbook(data, {"constant_memory": True, "tmpdir": folder})
        try:
            _fill(book, sheet, tell)
            book.close()
        finally:
            let_go(book)
    return data.getvalue()


def let_go(book: "Workbook") -> None:
    """Close the temporary files of a workbook, whether it was finished or not."""
    for page in book.worksheets():
        with suppress(OSError):
            page.row_data_fh.close()
    book.fileclosed = True


def _fill(book: "Workbook", sheet: Sheet, tell: Tell | None) -> None:
    page = book.add_worksheet(_sheet_name(sheet.title))
    _write_head(book, page, sheet)
    formats: dict[type, Format] = {
        date: book.add_format({"num_format": _DATE}),
        datetime: book.add_format({"num_format": _INSTANT}),
    }
    for number, row in enumerate(counted(sheet.rows, tell), start=1):
        for column, cell in enumerate(row):
            _write_cell(page, (number, column), cell, formats)


def _write_head(book: "Workbook", page: "Worksheet", sheet: Sheet) -> None:
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), max(len(sheet.captions) - 1, 0))
    for column, width in enumerate(_widths(sheet)):
        page.set_column(column, column, width)
    bold = book.add_format({"bold": True})
    for column, caption in enumerate(sheet.captions):
        page.write_string(0, column, caption, bold)


def _write_cell(page: "Worksheet", place: tuple[int, int], cell: Cell, formats: "dict[type, Format]") -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        page.write_string(*place, cell[:LONGEST_CELL])
    elif isinstance(cell, datetime):
        page.write_datetime(*place, cell.astimezone(UTC).replace(tzinfo=None), formats[datetime])
    elif isinstance(cell, date):
        page.write_datetime(*place, cell, formats[date])
    else:
        page.write_number(*place, cell)


def _widths(sheet: Sheet) -> Iterable[int]:
    least, most = _WIDTHS
    for column, caption in enumerate(sheet.captions):
        cells = (len(str(row[column])) for row in sheet.rows[:_SAMPLE] if row[column] is not None)
        yield min(max(least, len(caption) + 4, *cells, 0) + 1, most)


def _sheet_name(title: str) -> str:
    """A name that a workbook takes for its sheet."""
    return re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:_LONGEST_TITLE].strip("' ")
