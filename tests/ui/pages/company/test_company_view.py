"""What can be changed of a company, by whom, and why not the rest."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cpdesk.domain.accounts import Status, ZoneChange
from cpdesk.domain.companies import Company
from cpdesk.domain.operators import Session
from cpdesk.ui.gallery.company_samples import CLOSED, COMPANY, FRESH, SUSPENDED, with_status
from cpdesk.ui.gallery.samples import AUDITOR, CUSTOMER, RESELLER
from cpdesk.ui.pages.company.company_view import CompanyView, company_view, zone_in_question

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def view(company: Company, by: Session = RESELLER, now: datetime = NOW) -> CompanyView:
    return company_view(company, by, now)


def test_a_new_account_can_be_changed_in_everything() -> None:
    assert view(FRESH).read_only == ""
    assert view(FRESH).fixed == {}


def test_the_currency_is_fixed_by_the_first_seat_and_the_zone_by_a_pending_change() -> None:
    fixed = view(COMPANY).fixed
    assert fixed.keys() == {"currency", "time_zone"}
    assert "first seat" in fixed["currency"]
    assert "December 1, 2026" in fixed["time_zone"]


def test_a_customer_administrator_changes_neither_domain_nor_currency_nor_zone() -> None:
    assert view(FRESH, CUSTOMER).fixed.keys() == {"domain", "aliases", "currency", "time_zone"}
    assert view(FRESH, CUSTOMER).read_only == ""


@pytest.mark.parametrize(
    ("company", "by", "word"),
    [(FRESH, AUDITOR, "auditor"), (SUSPENDED, RESELLER, "suspended"), (CLOSED, RESELLER, "closed")],
)
def test_what_can_only_be_read_says_why(company: Company, by: Session, word: str) -> None:
    assert word in view(company, by).read_only


@pytest.mark.parametrize(
    ("now", "date"),
    [
        (NOW, "December 1, 2026"),
        (datetime(2026, 12, 1, 4, 59, tzinfo=UTC), "December 1, 2026"),
        (datetime(2026, 12, 1, 5, 0, tzinfo=UTC), "January 1, 2027"),
    ],
)
def test_another_zone_counts_from_the_first_of_the_next_month_there(now: datetime, date: str) -> None:
    assert date in view(FRESH, now=now).zone_note


def test_a_zone_that_waits_is_shown_with_its_date() -> None:
    waiting = replace(FRESH, zone_change=ZoneChange("Europe/Berlin", date(2026, 12, 1)))
    assert zone_in_question(waiting) == "Europe/Berlin"
    assert view(waiting).zone_note == "Europe/Berlin counts from December 1, 2026 on, America/New_York until then."


def test_a_resumed_account_can_be_changed_again() -> None:
    assert view(replace(FRESH, account=with_status(FRESH.account, Status.ACTIVE))).read_only == ""
