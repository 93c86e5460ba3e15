"""Statements that were sent in the demo."""

from datetime import date
from decimal import Decimal

from tests.demo.conftest import Demo

OCTOBER = date(2026, 10, 1)


def test_last_months_statements_were_sent_and_one_was_corrected(demo: Demo) -> None:
    rows = demo.services.accounts.rows(demo.by)
    sent = {row.id: demo.services.issuing.listed(demo.by, row.id) for row in rows}
    with_two = [listed for listed in sent.values() if {row.month for row in listed} >= {OCTOBER, date(2026, 9, 1)}]
    assert len(with_two) > 15
    numbers = sorted(row.number for listed in sent.values() for row in listed)
    assert numbers == [f"2026-{place:06}" for place in range(1, len(numbers) + 1)]
    (corrected,) = [row for listed in sent.values() for row in listed if row.corrections]
    assert (corrected.month, corrected.balance) == (OCTOBER, corrected.total - Decimal(25))


def test_statements_say_who_they_come_from_and_have_all_their_prices(demo: Demo) -> None:
    for row in demo.services.accounts.rows(demo.by):
        issued = demo.services.issuing.issued(demo.by, row.id, OCTOBER)
        if issued:
            assert issued.document.company.name == "Lighthouse IT"
            assert issued.document.unpriced == 0
            assert issued.total > 0
