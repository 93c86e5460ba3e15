"""What a program finds in the CSV of a statement."""

import csv
import io
from dataclasses import replace

import pytest

from cpdesk.gateways.documents.csv import as_csv
from tests.support import statements


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_lines_come_first_then_what_they_come_to() -> None:
    found = rows(as_csv(statements.document()))
    assert [row["Entry"] for row in found] == ["Line"] * 4 + ["Sub-total", "Tax (19 %)", "Total"]
    assert (found[0]["From"], found[0]["Through"], found[0]["Days"]) == ("2026-10-01", "2026-10-14", "14")
    assert "entered later, on 2026-11-02" in found[1]["Note"]


def test_a_text_that_would_be_a_formula_gets_an_apostrophe() -> None:
    found = rows(as_csv(statements.document(statements.statement(account="@SUM(A1)"))))
    assert {row["Account"] for row in found} == {"'@SUM(A1)"}
    assert found[3]["Product"] == "'=1+1"


@pytest.mark.parametrize(("currency", "amount"), [("USD", "12.00"), ("JPY", "12"), ("KWD", "12.000")])
def test_amounts_have_all_decimals_of_their_currency(currency: str, amount: str) -> None:
    assert rows(as_csv(statements.document(statements.statement(1, currency=currency))))[0]["Unit price"] == amount


def test_a_line_without_a_price_has_no_amount_and_is_not_zero() -> None:
    found = rows(as_csv(statements.document(statements.statement(2, unpriced=(0,)))))
    assert (found[0]["Unit price"], found[0]["Amount"], found[0]["Note"]) == ("", "", "no price")
    assert found[-1]["Note"] == "Without the lines that have no price"


def test_without_tax_there_is_only_the_total() -> None:
    company = replace(statements.COMPANY, tax_rate=statements.COMPANY.tax_rate * 0)
    assert [row["Entry"] for row in rows(as_csv(statements.document(company=company)))][-2:] == ["Line", "Total"]
