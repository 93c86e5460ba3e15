"""Statements as CSV: a row for each line, then what they come to."""

import csv
from collections.abc import Iterable
from datetime import date
from io import StringIO
from typing import TextIO

from cpdesk.domain.documents import StatementDocument
from cpdesk.gateways.documents import cells
from cpdesk.gateways.documents.cells import Money, Row
from cpdesk.gateways.exports import harmless

ENCODING = "utf-8-sig"
"""With a mark, as spreadsheets take it."""


def as_csv(document: StatementDocument) -> bytes:
    """A statement by itself: its lines and below them sub-total, tax, total and corrections."""
    text = StringIO(newline="")
    write_head(text)
    write_rows(text, cells.lines(document))
    write_rows(text, cells.sums(document))
    return text.getvalue().encode(ENCODING, "replace")


def write_head(file: TextIO) -> None:
    """Write the captions of the columns."""
    csv.writer(file).writerow([harmless(caption) for caption in cells.captions()])


def write_rows(file: TextIO, rows: Iterable[Row]) -> None:
    """Write rows: a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    csv.writer(file).writerows([_text(cell) for cell in row] for row in rows)


def _text(cell: cells.Cell | Money) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Money):
        return f"{cell.amount:.{cell.digits}f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else str(cell)
