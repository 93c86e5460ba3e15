"""PDF, workbook, CSV and screen show the same line amounts, and their sum."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from cpdesk.domain.documents import StatementDocument, as_issued
from cpdesk.domain.printing import plain_amount
from cpdesk.gateways.documents import content
from tests.support import statements
from tests.support.pdf_text import page_texts

pytestmark = pytest.mark.usefixtures("qapp")

AMOUNT, UNIT_PRICE, ENTRY = "Amount", "Unit price", "Entry"


def in_csv(document: StatementDocument) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(document, ".csv").decode("utf-8-sig"))))


def in_workbook(document: StatementDocument) -> list[dict[str, object]]:
    page = load_workbook(io.BytesIO(content(document, ".xlsx")))["Lines"]
    captions, *rows = page.iter_rows(values_only=True)
    return [dict(zip(map(str, captions), row, strict=True)) for row in rows]


def exact(values: Iterable[object], digits: int) -> list[Decimal | None]:
    """Amounts as they were written; a workbook holds them as floating point numbers."""
    return [None if value in {None, ""} else round(Decimal(str(value)), digits) for value in values]


@pytest.mark.parametrize("currency", ["USD", "EUR", "JPY", "KWD"])
@pytest.mark.parametrize("unpriced", [(), (1, 3)])
def test_all_four_show_the_same_amounts(currency: str, unpriced: tuple[int, ...]) -> None:
    document = statements.document(statements.statement(9, currency=currency, unpriced=unpriced))
    digits = document.minor_digits
    amounts = [line.amount for line in document.lines]
    ends = [document.net, document.tax, document.total]
    for rows in (in_csv(document), in_workbook(document)):
        assert exact((row[AMOUNT] for row in rows), digits) == [*amounts, *ends]
        assert exact((row[UNIT_PRICE] for row in rows[:9]), digits) == [line.unit_price for line in document.lines]
    shown = [None if row[-1] == "\u2013" else row[-1] for row in document.printed.rows]
    assert shown == [None if amount is None else plain_amount(amount, digits) for amount in amounts]
    (page,) = page_texts(content(document, ".pdf"))
    for row in document.printed.rows:
        assert "".join("".join(row).split()) in page
    for caption, amount in document.printed.sums:
        assert "".join((caption + amount).split()) in page


def test_a_statement_over_several_pages_shows_each_line_once() -> None:
    document = statements.document(statements.statement(90))
    pages = page_texts(content(document, ".pdf"))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"Page{number}of{len(pages)}" in page
        assert "ProductModePeriodSeatsDaysUnitpriceAmount" in page
    text = "".join(pages)
    for row in document.printed.rows:
        assert text.count("".join("".join(row).split())) == 1


def test_all_say_who_when_and_for_whom() -> None:
    document = as_issued(statements.document(), "2026-000123", date(2026, 11, 3))
    (page,) = page_texts(content(document, ".pdf"))
    for text in ("Northwind Cloud Services Ltd", "Tax ID GB 123 4567 89", "Contoso", "2026-000123", "America/New_York"):
        assert "".join(text.split()) in page
    assert "GeneratedNovember3,2026,03:30America/New_York" in page
    about = load_workbook(io.BytesIO(content(document, ".xlsx")))["Statement"]
    said = {cell for row in about.iter_rows(values_only=True) for cell in row}
    assert said >= {"2026-000123", "November 3, 2026", "America/New_York", "USD", document.printed.generated}
    assert {row["Number"] for row in in_csv(document)} == {"2026-000123"}


def test_a_provisional_statement_says_so_everywhere() -> None:
    shown = replace(statements.statement(), provisional=True, through=date(2026, 10, 23))
    document = statements.document(shown)
    (page,) = page_texts(content(document, ".pdf"))
    assert "Provisionalstatement" in page
    assert "Provisional:themonthisnotover." in page
    assert {row["Note"] for row in in_csv(document)[:1]} == {"provisional"}
    assert "provisional" in str(in_workbook(document)[0]["Note"])
