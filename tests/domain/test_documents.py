"""What stands on a statement, in figures and in words."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cpdesk.domain import audit
from cpdesk.domain.document_copies import as_plain, from_plain
from cpdesk.domain.documents import as_issued, taxed, with_corrections
from cpdesk.domain.issuing import Correction, CorrectionKind, correction_number, kind_of, statement_number
from cpdesk.domain.own_company import OwnCompany
from tests.support import statements


@pytest.mark.parametrize(
    ("net", "rate", "digits", "tax"),
    [
        ("100.00", "19", 2, "19.00"),
        ("0.05", "10", 2, "0.01"),
        ("0.04", "10", 2, "0.00"),
        ("33.33", "8.875", 2, "2.96"),
        ("1005", "10", 0, "101"),
        ("10.001", "5", 3, "0.500"),
        ("99.99", "0", 2, "0.00"),
    ],
)
def test_tax_is_rounded_half_up_once(net: str, rate: str, digits: int, tax: str) -> None:
    assert str(taxed(Decimal(net), Decimal(rate), digits)) == tax


def test_lines_without_a_price_are_named_and_not_counted_as_nothing() -> None:
    document = statements.document(statements.statement(4, unpriced=(1, 2)))
    assert document.unpriced == 2
    assert document.net == sum((line.amount for line in document.lines if line.amount is not None), Decimal())
    words = document.printed.rows[1]
    assert words[-2:] == ("no price", "\u2013")
    note = "2 lines have no price and are not in the total: Office 365 Extra File Storage and Power Automate per user"
    assert document.printed.warning.startswith(note)


def test_a_line_that_was_priced_later_says_when_by_the_account_s_calendar() -> None:
    shown = statements.statement(1)
    late = replace(shown.lines[0], priced_at=datetime(2026, 11, 2, 3, 0, tzinfo=UTC))
    document = statements.document(replace(shown, lines=(late,)))
    assert document.lines[0].priced_on == date(2026, 11, 1)
    assert any("entered later, on Nov 1, 2026" in note for note in document.printed.notes)


def test_without_a_rate_no_tax_is_shown() -> None:
    document = statements.document(company=OwnCompany("Northwind"))
    assert [caption for caption, _amount in document.printed.sums] == ["Total"]
    assert document.total == document.net


def test_figures_are_written_as_their_currency_wants_them() -> None:
    yen = statements.document(statements.statement(1, currency="JPY"))
    assert yen.printed.rows[0][-2:] == ("12", "16")
    assert yen.printed.sums[0] == ("Sub-total", "¥16")
    dinar = statements.document(statements.statement(1, currency="KWD"))
    assert dinar.printed.rows[0][-2:] == ("12.000", "16.258")


def test_a_copy_comes_back_as_it_was() -> None:
    company = replace(statements.COMPANY, logo=b"\x89PNG\r\n\x1a\n")
    document = as_issued(
        statements.document(statements.statement(4, unpriced=(2,)), company), "2026-000001", date(2026, 11, 3)
    )
    kept = json.loads(audit.canonical(as_plain(document)))
    assert from_plain(kept, company.logo) == document


def test_corrections_leave_what_was_printed_as_it_was() -> None:
    document = as_issued(statements.document(), "2026-000001", date(2026, 11, 3))
    credit = Correction("2026-000001-C1", CorrectionKind.CREDIT, statements.NOW, "Goodwill", Decimal("-5.00"), "Why")
    corrected = with_corrections(document, [credit])
    assert corrected.balance == document.total - 5
    assert replace(corrected.printed, corrections=document.printed.corrections) == document.printed
    assert corrected.printed.corrections.rows == (("2026-000001-C1", "Nov 3, 2026", "Goodwill (Why)", "-5.00"),)
    assert with_corrections(document, []) is document


def test_numbers_say_what_they_number() -> None:
    number = statement_number(2026, 123)
    assert number == "2026-000123"
    one = correction_number(number, CorrectionKind.CREDIT, [])
    earlier = [Correction(one, CorrectionKind.CREDIT, statements.NOW, "", Decimal(-1), "")]
    two = correction_number(number, CorrectionKind.CREDIT, earlier)
    assert (one, two, correction_number(number, CorrectionKind.ADJUSTMENT, earlier)) == (
        "2026-000123-C1",
        "2026-000123-C2",
        "2026-000123-A1",
    )
    assert [kind_of(named) for named in (one, "2026-000123-A1")] == list(CorrectionKind)
