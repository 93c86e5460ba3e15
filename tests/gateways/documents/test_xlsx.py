"""What a spreadsheet program finds in the workbook of a statement."""

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from cpdesk.gateways.documents import xlsx
from cpdesk.gateways.documents.xlsx import as_xlsx
from tests.support import statements

FORMATS = {"USD": "[$USD] #,##0.00", "JPY": "[$JPY] #,##0", "KWD": "[$KWD] #,##0.000"}


def opened(currency: str = "USD", lines: int = 4) -> Workbook:
    return load_workbook(io.BytesIO(as_xlsx(statements.document(statements.statement(lines, currency=currency)))))


@pytest.mark.parametrize("currency", FORMATS)
def test_amounts_are_numbers_with_the_decimals_of_their_currency(currency: str) -> None:
    page = opened(currency)["Lines"]
    columns = {cell.value: cell.column for cell in page[1]}
    for caption in ("Unit price", "Amount"):
        cell = page.cell(2, columns[caption])
        assert (cell.data_type, cell.number_format) == ("n", FORMATS[currency])
    assert page.cell(page.max_row, columns["Amount"]).font.bold


def test_dates_counts_and_texts_are_what_they_are() -> None:
    page = opened()["Lines"]
    columns = {cell.value: cell.column for cell in page[1]}
    begins = page.cell(2, columns["From"])
    assert (begins.value.date(), begins.is_date, begins.number_format) == (date(2026, 10, 1), True, "yyyy-mm-dd")
    assert page.cell(2, columns["Seats"]).value == 3
    formula = next(
        row[columns["Product"] - 1] for row in page.iter_rows() if row[columns["Product"] - 1].value == "=1+1"
    )
    assert formula.data_type == "s"


def test_the_header_stays_in_sight_and_every_column_has_a_caption() -> None:
    book = opened()
    assert book.sheetnames == ["Lines", "Statement"]
    for page in book.worksheets:
        assert page.freeze_panes == "A2"
        assert all(cell.value for cell in page[1])
        assert page.auto_filter.ref


def test_lines_go_on_in_another_sheet_where_one_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 21)
    book = opened(lines=55)
    assert book.sheetnames == ["Lines", "Lines 2", "Lines 3", "Statement"]
    pages = [book[name] for name in book.sheetnames[:3]]
    assert [page.max_row for page in pages] == [21, 21, 19]
    assert {page.cell(1, 1).value for page in pages} == {"Entry"}
