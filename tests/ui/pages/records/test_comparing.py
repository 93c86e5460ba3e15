"""The facts of entries in words."""

from dataclasses import replace
from typing import Any

import pytest

from cpdesk.domain.rows import Finding
from cpdesk.services.audit import ChainReport
from cpdesk.ui.gallery.scenes_records import ENTRIES, entry
from cpdesk.ui.pages.records.comparing import Difference, differences
from cpdesk.ui.pages.records.entry_texts import about, subject_text, verified_text
from cpdesk.ui.pages.records.fact_words import Reader

READER = Reader("America/New_York", {"SPB": "Business Premium", "E3": "Office 365 E3"}, "Contoso Freight")


def shown(before: Any, after: Any) -> list[tuple[str, str, str, bool]]:
    found = differences(entry(1, "user.updated", "user 1", before, after), READER)
    return [(one.label, one.before, one.after, one.changed) for one in found]


def test_what_changed_comes_first_and_is_marked() -> None:
    before = {"upn": "ada@contoso.example", "job_title": "Driver", "blocked": False}
    after = {"upn": "ada@contoso.example", "job_title": "Dispatcher", "blocked": True}
    assert shown(before, after) == [
        ("Sign-in blocked", "no", "yes", True),
        ("Job title", "Driver", "Dispatcher", True),
        ("User principal name", "ada@contoso.example", "ada@contoso.example", False),
    ]


def test_what_is_empty_on_both_sides_is_left_out() -> None:
    assert shown({"job_title": "", "department": None}, {"job_title": "", "department": ""}) == []
    assert shown(None, None) == []


def test_a_new_thing_changes_nothing() -> None:
    assert shown(None, {"name": "Contoso"}) == [("Name", "", "Contoso", False)]


@pytest.mark.parametrize(
    ("facts", "label", "text"),
    [
        ({"product": "SPB"}, "Product", "Business Premium"),
        ({"licenses": ["E3", "SPB"]}, "Licenses", "Office 365 E3\nBusiness Premium"),
        ({"released": {"SPB": 3, "E3": 1200}}, "Released", "Business Premium: 3\nOffice 365 E3: 1,200"),
        ({"effective_on": "2026-12-01"}, "Takes effect on", "December 1, 2026"),
        ({"due_at": "2026-12-01T05:00:00.000000Z"}, "Due", "December 1, 2026, 00:00 America/New_York"),
        ({"role": "customer"}, "Role", "customer administrator"),
        ({"mode": "purchase"}, "Billing mode", "Purchase Mode"),
        ({"service": "microsoft_365"}, "Service", "Microsoft 365"),
        ({"account_id": 4711}, "Account", "Contoso Freight"),
        ({"seats": 12345}, "Seats", "12,345"),
        (
            {"contacts": [{"name": "Ada", "email": "ada@contoso.example"}, {"name": "Bob"}]},
            "Contacts",
            "Name: Ada, E-mail address: ada@contoso.example\nName: Bob",
        ),
        ({"something_new": "x"}, "Something new", "x"),
        ({"Microsoft 365 E3": "SPB"}, "Microsoft 365 E3", "Business Premium"),
        ({"name": "2026-13-45"}, "Name", "2026-13-45"),
    ],
)
def test_facts_read_as_words(facts: dict[str, object], label: str, text: str) -> None:
    assert shown(None, facts) == [(label, "", text, False)]


def test_amounts_that_were_shown_before_a_change_are_told() -> None:
    line = {"name": "Office 365 E3", "seats": 2, "amounts": {"before": "46.00"}}
    money = {"currency": "USD", "monthly_before": "46.00", "monthly_after": "27.60", "least_spend": None, "unpriced": 0}
    assert shown(None, {"shown": {"lines": [line], "money": money, "to": "usage"}}) == [
        ("Seats as shown before confirming", "", "Name: Office 365 E3, Seats: 2", False),
        (
            "Amounts as shown before confirming",
            "",
            "Currency: USD\nCost per month now: 46.00\nCost per month after the change: 27.60\n"
            "Products without a price: 0",
            False,
        ),
    ]


def test_numbers_of_the_program_are_kept_from_people() -> None:
    assert shown(None, {"id": 3, "audit_id": 9, "guid": "x"}) == []


def test_a_long_list_is_counted() -> None:
    ((_label, _before, text, _changed),) = shown(None, {"unknown_products": [f"Product {n}" for n in range(20)]})
    assert text.endswith("Product 11\nand 8 more")


def test_a_switch_is_told_without_what_stands_there_twice() -> None:
    request = next(row for row in ENTRIES if row.action == "mode.requested")
    told = {one.label: one.after for one in differences(request, READER)}
    assert told["From"] == "Purchase Mode"
    assert told["To"] == "Usage Mode"
    assert told["State"] == "pending"
    assert "Billing mode" not in told
    assert "Microsoft 365 Business Premium" in told["Seats as shown before confirming"]


@pytest.mark.parametrize("facts", [[], {"switch": 5}, {"shown": []}, {"licenses": {"x": [1, None]}}, "x", 5])
def test_a_log_that_was_altered_is_shown_as_far_as_it_can_be(facts: Any) -> None:
    row = replace(ENTRIES[0], before=facts, after=facts)
    assert all(isinstance(one, Difference) for one in differences(row, READER))


def test_both_times_are_told_where_they_differ() -> None:
    late = next(row for row in ENTRIES if row.effective_at != row.recorded_at)
    lines = about(late, "UTC")
    assert any(line.startswith("Recorded ") and line.endswith(" UTC") for line in lines)
    assert any(line.startswith("Effective ") and line.endswith(" UTC") for line in lines)
    assert not any(line.startswith("Effective") for line in about(ENTRIES[0], "UTC"))


def test_the_reason_and_who_it_was_are_told() -> None:
    lines = about(ENTRIES[0], "UTC")
    assert lines[0] == "dana.reyes@reseller.example · reseller administrator"
    assert lines[-1] == "Reason: INC-20418"


@pytest.mark.parametrize(
    ("subject", "text"), [("account 7", "Contoso Freight"), ("defaults", "new accounts"), ("entry 5", "entry 5")]
)
def test_an_entry_is_about_something_even_if_its_facts_name_nothing(subject: str, text: str) -> None:
    assert subject_text(entry(1, "account.suspended", subject, None, None), {}) == text


def test_what_came_of_verifying() -> None:
    assert verified_text(ChainReport(1234, ())).endswith("all 1,234 entries are as they were written.")
    altered = ChainReport(11, (Finding("audit_hash", "error", "audit entry 6", ""),))
    assert "the first at No. 6" in verified_text(altered)


def test_what_was_issued_is_told_without_what_only_the_program_knows() -> None:
    facts = {"statement": 4, "digest": "0f" * 32, "number": "2026-000123", "month": "2026-10-01", "total": "12.50"}
    assert shown(None, facts) == [
        ("Number", "", "2026-000123", False),
        ("Month", "", "October 2026", False),
        ("Total", "", "12.50", False),
    ]
    assert shown(None, {"correction": 1, "kind": "credit", "amount": "-5.00"}) == [
        ("Amount", "", "-5.00", False),
        ("Kind", "", "credit", False),
    ]
