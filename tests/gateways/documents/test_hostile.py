"""Texts that want to be something else, in every kind of file that the program writes."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cpdesk.domain import month_end
from cpdesk.gateways.documents.pack import PackFolder
from cpdesk.gateways.documents.pdf import as_pdf
from cpdesk.gateways.exports import Sheet, write_csv, write_xlsx
from tests.support import statements
from tests.support.hostile import LONG, TEXTS
from tests.support.pdf_text import page_texts

pytestmark = pytest.mark.usefixtures("qapp")

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_MOST_BYTES = 255
"""Of a name on most systems."""


def hostile(text: str, number: int) -> Any:
    """A statement on which everything that somebody typed says this."""
    shown = statements.statement(3, account="x", number=number)
    lines = tuple(replace(line, product=text, part_number=text) for line in shown.lines)
    company = replace(statements.COMPANY, name=text, address=(text, text), tax_id=text)
    return statements.document(replace(shown, account=text, domain=text, lines=lines), company)


def csv_faults(path: Path) -> Iterator[str]:
    """Cells that a spreadsheet would take for a formula."""
    for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")):
        for cell in row:
            if cell.startswith(_FORMULAS) and not is_number(cell):
                yield cell


def is_number(cell: str) -> bool:
    return cell.replace("-", "", 1).replace(".", "", 1).isdecimal()


def workbook_faults(path: Path) -> Iterator[str]:
    """Cells that are a formula or lead somewhere; a workbook that is broken raises."""
    for page in load_workbook(path).worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f" or cell.hyperlink:
                    yield f"{page.title}!{cell.coordinate}"


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_list_has_only_texts(tmp_path: Path, write: Any) -> None:
    path = tmp_path / "list.xlsx"
    write(path, Sheet(TEXTS[0], TEXTS, [[text] * len(TEXTS) for text in TEXTS]))
    faults = csv_faults(path) if write is write_csv else workbook_faults(path)
    assert list(faults) == []


def test_a_pack_has_only_texts_and_names_that_every_system_takes(tmp_path: Path) -> None:
    with PackFolder(tmp_path, statements.OCTOBER, statements.NOW) as pack:
        documents = [hostile(text, number) for number, text in enumerate(TEXTS, 1)]
        for document in documents:
            pack.add(document)
        told = month_end.figures(statements.OCTOBER, map(month_end.of_document, documents), len(documents))
        files = pack.finish(told)
    workbook, table, *pdfs = files
    assert list(csv_faults(table)) == []
    assert list(workbook_faults(workbook)) == []
    assert len({file.name.casefold() for file in pdfs}) == len(TEXTS)
    for file in pdfs:
        assert file.parent == table.parent
        assert file.name.isprintable()
        assert not set(file.name) & set('<>:"/\\|?*')
        assert len(file.name.encode()) <= _MOST_BYTES


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_pdf_stays_a_statement(text: str) -> None:
    data = as_pdf(hostile(text, 1))
    pages = page_texts(data)
    # What somebody has stored is printed whole, nine times on a statement: ten thousand letters take a page each.
    assert 1 <= len(pages) <= (15 if text is LONG else 3)
    assert b"/URI" not in data
    total = sum((line.amount for line in statements.statement(3).lines if line.amount), Decimal())
    assert f"{total:,.2f}" in "".join(pages)
