"""What somebody looks for in the audit log."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cpdesk.domain.audit import canonical
from cpdesk.domain.audit_query import AuditQuery, ChangeGroup, Period, Words, days_of, instants_of
from cpdesk.domain.rows import AuditRow

NAMES = {"SPB": "Microsoft 365 Business Premium", "ENTERPRISEPACK": "Office 365 E3"}
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def entry(before: object = None, after: object = None, **facts: str) -> AuditRow:
    known = {"operator": "dana@reseller.example", "reason": "", "account": "Contoso"} | facts
    return AuditRow(
        number=1,
        recorded_at=NOON,
        effective_at=NOON,
        role="reseller",
        action="license.assigned",
        subject="user 12",
        before=before,  # type: ignore[arg-type]
        after=after,  # type: ignore[arg-type]
        operator=known["operator"],
        reason=known["reason"],
        account=known["account"],
    )


def finds(text: str, row: AuditRow) -> bool:
    """Whether an entry is found, by the quick look and by the closer one alike."""
    words = Words(text, NAMES)
    stored = (row.operator, row.account or "", canonical(row.before), canonical(row.after), row.reason)
    quick, closer = words.could_be_in(*stored), words.are_in(row)
    assert quick or not closer, "the quick look must never say no where the closer one says yes"
    return quick and closer


@pytest.mark.parametrize("text", ["dana", "DANA", "contoso", "inc-20418", "müller", "MÜLLER", "dana inc-20418"])
def test_words_are_found_in_operator_account_reason_and_values(text: str) -> None:
    assert finds(text, entry(None, {"display_name": "Jörg Müller"}, reason="INC-20418"))


def test_every_word_has_to_be_found() -> None:
    assert not finds("dana fabrikam", entry())


def test_names_of_facts_and_numbers_are_not_what_an_entry_tells() -> None:
    row = entry({"seats": 3, "account_id": 4711, "product": "SPB"}, {"seats": 4, "account_id": 4711, "product": "SPB"})
    assert not finds("seats", row)
    assert not finds("4711", row)
    assert not finds("product", row)


@pytest.mark.parametrize("text", ["spb", "business premium", "Microsoft", "premium dana"])
def test_products_are_found_by_part_number_and_by_name(text: str) -> None:
    assert finds(text, entry({"product": "SPB"}, {"product": "SPB"}))
    assert finds(text, entry(None, {"licenses": ["ENTERPRISEPACK", "SPB"]}))
    assert finds(text, entry(None, {"released": {"SPB": 3}}))


def test_another_product_is_not_found() -> None:
    assert not finds("premium", entry(None, {"product": "ENTERPRISEPACK"}))


def test_what_is_stored_with_escapes_is_found_as_it_is_read() -> None:
    row = entry(None, {"file": 'C:\\exports\\"new".csv'})
    assert finds("C:\\exports", row)
    assert finds('"new"', row)


def test_no_words_ask_for_nothing() -> None:
    assert not Words("  ", NAMES)
    assert Words("x", NAMES)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.TODAY, date(2027, 1, 3), date(2027, 1, 3)),
        (Period.WEEK, date(2026, 12, 28), date(2027, 1, 3)),
        (Period.MONTH, date(2026, 12, 5), date(2027, 1, 3)),
        (Period.THIS_MONTH, date(2027, 1, 1), date(2027, 1, 3)),
        (Period.LAST_MONTH, date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_periods_count_back_from_today(period: Period, first: date, last: date) -> None:
    assert days_of(period, date(2027, 1, 3)) == (first, last)


def test_days_are_those_of_a_zone_and_both_belong_to_it() -> None:
    # Clocks go back on November 1, 2026 in New York: that day has 25 hours.
    since, until = instants_of(date(2026, 11, 1), date(2026, 11, 1), ZoneInfo("America/New_York"))
    assert since == datetime(2026, 11, 1, 4, tzinfo=UTC)
    assert until == datetime(2026, 11, 2, 5, tzinfo=UTC)


def test_days_that_are_left_open_bound_nothing() -> None:
    assert instants_of(None, None, ZoneInfo("UTC")) == (None, None)


def test_a_query_narrows_only_if_something_is_asked() -> None:
    assert not AuditQuery(account_id=7, text=" ").narrows
    assert AuditQuery(groups=frozenset({ChangeGroup.MODES})).narrows
