"""Statements as workbooks: texts as text, numbers, dates and amounts as such, each in its currency's format."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

from cpdesk.base.i18n import _
from cpdesk.domain.documents import StatementDocument
from cpdesk.gateways.documents import cells
from cpdesk.gateways.documents.cells import Cell, Money, Row
from cpdesk.gateways.exports import LONGEST_CELL

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS: Final = 1_048_576
"""Of a sheet, its header included."""

_DATE: Final = "yyyy-mm-dd"
_LINE_WIDTHS: Final = (12, 28, 24, 9, 13, 36, 18, 15, 11, 11, 8, 7, 14, 14, 16, 9, 32)
"""Characters."""
_FACT_WIDTHS: Final = (24, 60)


def as_xlsx(document: StatementDocument) -> bytes:
    """A statement by itself: its lines with what they come to, and on a second sheet everything else on it."""
    data = BytesIO()
    # Without temporary files, whose trouble would be none of the file's place.
    with Workbook(data, {"in_memory": True}) as book:
        describe(book, document.printed.title, document.generated_at)
        formats = Formats(book)
        lines = Table(book, formats, _("Lines"), cells.captions(), _LINE_WIDTHS)
        lines.write(cells.lines(document))
        lines.write(cells.sums(document), bold=True)
        lines.close()
        about = Table(book, formats, _("Statement"), (_("What"), _("Says")), _FACT_WIDTHS)
        about.write(_facts(document))
        about.close()
    return data.getvalue()


def lines_table(book: Workbook, formats: "Formats") -> "Table":
    """A table for the lines of any number of statements."""
    return Table(book, formats, _("Lines"), cells.captions(), _LINE_WIDTHS)


def describe(book: Workbook, title: str, made_at: datetime) -> None:
    """What the file says about itself."""
    made = made_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": title, "created": made, "comments": "cpdesk"})


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Format | None] = {}

    def of(self, cell: Cell | Money, *, bold: bool) -> "Format | None":
        """The format for what a cell holds."""
        return self._format(_number_format(cell), bold=bold)

    def head(self) -> "Format":
        """For captions."""
        return self._book.add_format({"bold": True, "bottom": 1})

    def _format(self, number_format: str, *, bold: bool) -> "Format | None":
        if not (number_format or bold):
            return None
        known = (number_format, bold)
        if known not in self._made:
            wanted = {"bold": bold} | ({"num_format": number_format} if number_format else {})
            self._made[known] = self._book.add_format(wanted)
        return self._made[known]


class Table:
    """Rows under a header that stays in sight; goes on in another sheet where one is full."""

    def __init__(
        self, book: Workbook, formats: Formats, title: str, captions: Sequence[str], widths: Sequence[int]
    ) -> None:
        self._book = book
        self._formats = formats
        self._title = title
        self._captions = captions
        self._widths = widths
        self._sheets = 0
        self._row = 0
        self._page = self._begin()

    def write(self, rows: Iterable[Row], *, bold: bool = False) -> None:
        """Add rows."""
        for row in rows:
            if self._row == MOST_ROWS:
                self.close()
                self._page = self._begin()
            for column, cell in enumerate(row):
                _put(self._page, (self._row, column), cell, self._formats.of(cell, bold=bold))
            self._row += 1

    def close(self) -> None:
        """Let the rows so far be filtered."""
        self._page.autofilter(0, 0, max(self._row - 1, 0), len(self._captions) - 1)

    def _begin(self) -> "Worksheet":
        self._sheets += 1
        page = self._book.add_worksheet(self._title if self._sheets == 1 else f"{self._title} {self._sheets}")
        page.freeze_panes(1, 0)
        for column, width in enumerate(self._widths):
            page.set_column(column, column, width)
        head = self._formats.head()
        for column, caption in enumerate(self._captions):
            page.write_string(0, column, caption, head)
        self._row = 1
        return page


def _put(page: "Worksheet", place: tuple[int, int], cell: Cell | Money, style: "Format | None") -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        page.write_string(*place, cell[:LONGEST_CELL], style)
    elif isinstance(cell, Money):
        page.write_number(*place, cell.amount, style)
    elif isinstance(cell, date):
        page.write_datetime(*place, cell, style)
    else:
        page.write_number(*place, cell, style)


def _number_format(cell: Cell | Money) -> str:
    if isinstance(cell, Money):
        decimals = "." + "0" * cell.digits if cell.digits else ""
        return f"[${cell.currency}] #,##0{decimals}"
    if isinstance(cell, date):
        return _DATE
    return "#,##0" if isinstance(cell, int) else ""


def _facts(document: StatementDocument) -> Iterable[Row]:
    printed = document.printed
    if printed.mark:
        yield printed.title, printed.mark
    for line in printed.sender:
        yield _("From"), line
    for line in printed.recipient:
        yield printed.recipient_caption, line
    yield from printed.facts
    yield from printed.sums
    for note in filter(None, (printed.warning, *printed.notes)):
        yield _("Note"), note
    yield _("Generated"), printed.generated
