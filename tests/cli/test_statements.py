"""cpdesk statement"""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from cpdesk.composition import compose
from cpdesk.domain.issuing import CorrectionKind
from cpdesk.domain.own_company import OwnCompany
from tests.cli.conftest import ADMIN, ANNA, AUDITOR, CONTOSO, CUSTOMER, PASSWORD, PREMIUM, Cli

LATER = datetime(2026, 12, 9, 12, tzinfo=UTC)
NOVEMBER = date(2026, 11, 1)


def test_a_statement_has_the_promised_shape(cli: Cli) -> None:
    cli.clock.set(LATER)
    document = cli.json("statement", CONTOSO, "--month", "2026-11")
    (line,) = document.pop("lines")
    promised = {"account", "month", "currency", "provisional", "total", "unpriced"}
    assert {key: document[key] for key in promised} == {
        "account": "Contoso Ltd",
        "month": "2026-11",
        "currency": "USD",
        "provisional": False,
        "total": "18.48",
        "unpriced": 0,
    }
    promised = {"product", "mode", "from", "to", "seats", "days", "unit_price", "amount"}
    assert {key: line[key] for key in promised} == {
        "product": "SPB",
        "mode": "usage",
        "from": "2026-11-10",
        "to": "2026-11-30",
        "seats": 1,
        "days": 21,
        "unit_price": "26.40",
        "amount": "18.48",
    }


def test_a_month_that_is_not_over_is_provisional(cli: Cli) -> None:
    document = cli.json("statement", CONTOSO, "--month", "2026-11")
    assert (document["provisional"], document["through"], document["total"]) == (True, "2026-11-10", "0.88")
    assert "Provisional" in cli.text("statement", CONTOSO, "--month", "2026-11")


def test_a_line_without_a_price_has_nulls_and_is_counted(cli: Cli) -> None:
    cli.alter("DELETE FROM price")
    document = cli.json("statement", CONTOSO, "--month", "2026-11")
    (line,) = document["lines"]
    assert (document["total"], document["unpriced"]) == ("0.00", 1)
    assert (line["unit_price"], line["amount"]) == (None, None)
    text = cli.text("statement", CONTOSO, "--month", "2026-11")
    assert "1 line has no price and is missing in the total." in text


def test_people_read_products_days_and_amounts(cli: Cli) -> None:
    cli.clock.set(LATER)
    text = cli.text("statement", CONTOSO, "--month", "2026-11")
    for word in (PREMIUM, "Usage Mode", "November 10, 2026", "November 2026", "America/New_York", "$26.40", "$18.48"):
        assert word in text
    assert "Provisional" not in text


def test_an_account_without_seats_says_so(cli: Cli) -> None:
    assert "No seat was billable on any day." in cli.text("statement", "fabrikam.example", "--month", "2026-11")


@pytest.mark.parametrize(
    ("month", "code"),
    [
        ("2026-12", "month_in_future"),
        ("9999-12", "month_in_future"),
        ("2026-10", "month_before_account"),
        ("0001-01", "month_before_account"),
    ],
)
def test_months_without_a_statement_are_refused(cli: Cli, month: str, code: str) -> None:
    result = cli("statement", CONTOSO, "--month", month, "--json")
    assert result.code == 1
    assert result.document["error"]["code"] == code
    assert "Contoso Ltd" in result.err


@pytest.mark.parametrize("month", ["2026", "2026-13", "202611", "november", "2026-11-01", ""])
def test_what_is_no_month_is_a_usage_error(cli: Cli, month: str) -> None:
    assert cli("statement", CONTOSO, "--month", month).code == 2


def test_without_a_month_it_is_a_usage_error(cli: Cli) -> None:
    assert cli("statement", CONTOSO).code == 2


@pytest.mark.parametrize("who", [AUDITOR, CUSTOMER])
def test_whoever_sees_the_account_sees_its_statements(cli: Cli, who: str) -> None:
    cli.sign_in(who)
    assert cli.json("statement", CONTOSO, "--month", "2026-11")["total"] == "0.88"


def test_a_customer_is_told_of_no_other_account(cli: Cli) -> None:
    cli.sign_in(CUSTOMER)
    result = cli("statement", "fabrikam.example", "--month", "2026-11", "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "unknown_account")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".CSV"])
def test_a_document_is_written(cli: Cli, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"november{suffix}"
    document = cli.json("statement", CONTOSO, "--month", "2026-11", "--output", file)
    assert document["file"] == str(file)
    assert file.stat().st_size > 0
    assert str(file) in cli.text("statement", CONTOSO, "--month", "2026-11", "--output", file)


def test_the_document_has_the_amounts_of_the_statement(cli: Cli, tmp_path: Path) -> None:
    cli.clock.set(LATER)
    cli.json("licenses", "remove", CONTOSO, ANNA, "SPB")
    file = tmp_path / "november.csv"
    document = cli.json("statement", CONTOSO, "--month", "2026-11", "--output", file)
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = [row for row in csv.DictReader(text) if row["Entry"] == "Line"]
    assert [row["Amount"] for row in rows] == [line["amount"] for line in document["lines"]]


def test_a_document_that_cannot_be_written_is_refused(cli: Cli, tmp_path: Path) -> None:
    for file, exit_code, code in (
        (tmp_path / "november.doc", 1, "unknown_document_format"),
        (tmp_path / "nowhere" / "november.csv", 3, "file_folder_missing"),
    ):
        result = cli("statement", CONTOSO, "--month", "2026-11", "--output", file, "--json")
        assert (result.code, result.document["error"]["code"]) == (exit_code, code)
        assert not file.exists()


def test_a_month_that_was_not_issued_says_so_to_scripts(cli: Cli) -> None:
    assert cli.json("statement", CONTOSO, "--month", "2026-11")["issued"] is None


@pytest.fixture
def issued(cli: Cli) -> Cli:
    """November was issued with 10 % tax at 18.48 and then credited; the price in the database is another one since."""
    cli.clock.set(LATER)
    store, services = compose(cli.folder, cli.clock)
    store.open()
    by = services.operators.sign_in(ADMIN, PASSWORD)
    account = services.accounts.find(by, CONTOSO).id
    services.issuing.save_own_company(by, OwnCompany("Northwind", tax_rate=Decimal(10)))
    services.issuing.issue(by, account, NOVEMBER)
    services.issuing.correct(by, account, NOVEMBER, CorrectionKind.CREDIT, "Goodwill", Decimal(5), "Ticket 7")
    store.disconnect()
    cli.alter("UPDATE price SET usage_price = '52.80'")
    return cli


def test_an_issued_month_is_shown_as_things_stand_with_what_was_issued(issued: Cli) -> None:
    document = issued.json("statement", CONTOSO, "--month", "2026-11")
    assert document["total"] == "36.96"
    assert document["issued"] == {
        "number": "2026-000001",
        "issued_at": "2026-12-09T12:00:00Z",
        "total": "20.33",
        "balance": "15.33",
    }
    text = issued.text("statement", CONTOSO, "--month", "2026-11")
    assert "$36.96" in text
    assert "Issued as 2026-000001 on December 9, 2026: $20.33, $15.33 after corrections, tax included." in text


def test_what_is_written_of_an_issued_month_is_the_issued_one(issued: Cli, tmp_path: Path) -> None:
    file = tmp_path / "november.csv"
    text = issued.text("statement", CONTOSO, "--month", "2026-11", "--output", file)
    assert f"The statement was written to {file} as it was issued: 2026-000001." in text
    with file.open(encoding="utf-8-sig", newline="") as written:
        rows = [row for row in csv.DictReader(written) if row["Entry"] == "Line"]
    assert [row["Amount"] for row in rows] == ["18.48"]
