"""Issued statements: numbers without gaps, copies that nothing changes, and corrections."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.base.i18n import set_language
from cpdesk.domain.catalog import Scope
from cpdesk.domain.documents import StatementDocument
from cpdesk.domain.issuing import CorrectionKind
from cpdesk.domain.operators import Role
from cpdesk.domain.own_company import OwnCompany
from tests.support.forging import forged
from tests.support.refusals import refused
from tests.support.world import World

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
ROCKET = "0c0ffee0-1111-4222-8333-444455556666"
PNG = b"\x89PNG\r\n\x1a\nlogo"
OWN = OwnCompany("Northwind Cloud", ("1 Quay Street", "Bristol"), "GB", tax_id="GB 1", tax_rate=Decimal("19"), logo=PNG)


@pytest.fixture
def contoso(world: World) -> int:
    """An account with a pool of five seats since November 10; it is December 3 now."""
    account = world.pool("Contoso", "ada@contoso.example")
    world.services.issuing.save_own_company(world.by, OWN)
    world.clock.set(datetime(2026, 12, 3, 12, tzinfo=UTC))
    return account


def issue(world: World, account: int, month: date = NOVEMBER) -> StatementDocument:
    return world.services.issuing.issue(world.by, account, month).value.document


def credit(world: World, account: int, amount: str, kind: CorrectionKind = CorrectionKind.CREDIT) -> None:
    world.services.issuing.correct(world.by, account, NOVEMBER, kind, "Goodwill", Decimal(amount), "Ticket 7")


# Issuing


def test_a_statement_gets_a_number_a_date_and_the_lines_of_the_month(world: World, contoso: int) -> None:
    shown = world.services.statements.show(world.by, contoso, NOVEMBER)
    document = issue(world, contoso)
    assert (document.number, document.issued_on) == ("2026-000001", date(2026, 12, 3))
    assert [line.amount for line in document.lines] == [line.amount for line in shown.lines]
    assert document.net == shown.total
    assert document.company == OWN


def test_numbers_run_through_all_accounts_and_start_anew_each_year(world: World, contoso: int) -> None:
    fabrikam = world.pool("Fabrikam")
    first = issue(world, contoso).number
    with refused("issued_already"):
        issue(world, contoso)
    world.clock.set(datetime(2027, 1, 1, 4, 59, tzinfo=UTC))
    with refused("month_not_over"):
        issue(world, fabrikam, DECEMBER)
    world.clock.set(datetime(2027, 1, 1, 5, 0, tzinfo=UTC))
    numbers = [issue(world, account, DECEMBER).number for account in (fabrikam, contoso)]
    assert [first, *numbers] == ["2026-000001", "2027-000001", "2027-000002"]


def test_a_month_that_is_not_over_is_not_issued(world: World, contoso: int) -> None:
    before = world.stored("SELECT count(*) FROM audit_entry")
    with refused("month_not_over"):
        issue(world, contoso, DECEMBER)
    with refused("month_in_future"):
        issue(world, contoso, date(2027, 1, 1))
    with refused("month_before_account"):
        issue(world, contoso, date(2026, 10, 1))
    assert world.stored("SELECT count(*) FROM audit_entry") == before
    assert world.services.issuing.listed(world.by, contoso) == []


def test_nothing_is_issued_without_charges_or_without_a_sender(world: World) -> None:
    empty, pool = world.account("Empty"), world.pool("Contoso")
    world.clock.advance(timedelta(days=30))
    with refused("nothing_to_issue"):
        issue(world, empty)
    with refused("own_company_missing"):
        issue(world, pool)


def test_a_closed_account_gets_its_last_statement(world: World, contoso: int) -> None:
    world.shut(contoso)
    assert issue(world, contoso).number == "2026-000001"


# Frozen


def test_what_was_issued_stays_whatever_prices_company_and_language_do(world: World, contoso: int) -> None:
    issued = issue(world, contoso)
    world.services.issuing.save_own_company(world.by, OwnCompany("Adatum", tax_rate=Decimal(7)))
    world.services.accounts.edit(world.by, contoso, name="Contoso Holding")
    set_language("de")
    assert world.services.issuing.document(world.by, contoso, NOVEMBER) == issued
    assert issued.printed.sums[-1][0] == "Total"
    assert issued.company.logo == PNG


def test_what_was_not_issued_follows_the_present_company(world: World, contoso: int) -> None:
    document = world.services.issuing.document(world.by, contoso, NOVEMBER)
    assert (document.number, document.company.name, document.provisional) == ("", "Northwind Cloud", False)
    world.services.issuing.save_own_company(world.by, OwnCompany("Adatum"))
    later = world.services.issuing.document(world.by, contoso, NOVEMBER)
    assert (later.company.name, later.tax) == ("Adatum", Decimal())
    assert world.services.issuing.document(world.by, contoso, DECEMBER).provisional


def test_the_tax_is_rounded_once_on_the_sum(world: World, contoso: int) -> None:
    document = issue(world, contoso)
    assert document.tax == (document.net * Decimal("0.19")).quantize(Decimal("0.01"))
    assert document.total == document.net + document.tax


# Corrections


def test_a_credit_and_an_adjustment_stand_below_the_statement(world: World, contoso: int) -> None:
    document = issue(world, contoso)
    credit(world, contoso, "10.50")
    credit(world, contoso, "3", CorrectionKind.ADJUSTMENT)
    known = world.services.issuing.issued(world.by, contoso, NOVEMBER)
    assert known
    assert [(one.number, one.amount) for one in known.corrections] == [
        ("2026-000001-C1", Decimal("-10.50")),
        ("2026-000001-A1", Decimal("3.00")),
    ]
    assert known.total == document.total
    assert known.balance == document.total - Decimal("7.50")
    assert known.document.printed.rows == document.printed.rows
    assert "Goodwill (Ticket 7)" in known.document.printed.corrections.rows[0]
    (row,) = world.services.issuing.listed(world.by, contoso)
    assert (row.number, row.corrections, row.balance) == ("2026-000001", 2, known.balance)


def test_no_more_is_credited_than_was_charged(world: World, contoso: int) -> None:
    total = issue(world, contoso).total
    credit(world, contoso, str(total - 1))
    with refused("credit_exceeds_statement"):
        credit(world, contoso, "1.01")
    credit(world, contoso, "50", CorrectionKind.ADJUSTMENT)
    with refused("credit_exceeds_statement"):
        credit(world, contoso, "1.01")
    credit(world, contoso, "1")
    with refused("credit_exceeds_statement"):
        credit(world, contoso, "-50.01", CorrectionKind.ADJUSTMENT)
    credit(world, contoso, "-50", CorrectionKind.ADJUSTMENT)


@pytest.mark.parametrize(
    ("kind", "amount", "code"),
    [
        (CorrectionKind.CREDIT, "0", "amount_not_positive"),
        (CorrectionKind.CREDIT, "-1", "amount_not_positive"),
        (CorrectionKind.CREDIT, "NaN", "amount_not_positive"),
        (CorrectionKind.ADJUSTMENT, "0", "amount_zero"),
        (CorrectionKind.ADJUSTMENT, "Infinity", "amount_not_positive"),
        (CorrectionKind.CREDIT, "1.001", "amount_too_precise"),
        (CorrectionKind.CREDIT, "1E+40", "amount_too_large"),
        (CorrectionKind.ADJUSTMENT, "1E+40", "amount_too_large"),
        (CorrectionKind.ADJUSTMENT, "-1E+30", "amount_too_large"),
        (CorrectionKind.ADJUSTMENT, "1000000000000.01", "amount_too_large"),
    ],
)
def test_an_amount_that_is_none_is_refused(
    world: World, contoso: int, kind: CorrectionKind, amount: str, code: str
) -> None:
    issue(world, contoso)
    with refused(code):
        credit(world, contoso, amount, kind)


def test_a_correction_needs_an_issued_statement_a_text_and_a_reason(world: World, contoso: int) -> None:
    correct = world.services.issuing.correct
    with refused("not_issued"):
        credit(world, contoso, "1")
    issue(world, contoso)
    with refused("text_empty"):
        correct(world.by, contoso, NOVEMBER, CorrectionKind.CREDIT, " ", Decimal(1), "why")
    with refused("text_empty"):
        correct(world.by, contoso, NOVEMBER, CorrectionKind.CREDIT, "text", Decimal(1), " ")


def test_customers_read_what_they_got_and_change_nothing(world: World, contoso: int) -> None:
    issue(world, contoso)
    customer = world.operator(Role.CUSTOMER, contoso)
    assert world.services.issuing.issued(customer, contoso, NOVEMBER)
    with refused("not_allowed"):
        world.services.issuing.issue(customer, contoso, DECEMBER)


def test_a_customers_audit_log_has_printed_numbers_and_no_counts_of_others(world: World, contoso: int) -> None:
    fabrikam = world.pool("Fabrikam")
    world.clock.set(datetime(2027, 1, 4, 12, tzinfo=UTC))
    issue(world, fabrikam, DECEMBER)
    issue(world, contoso)
    credit(world, contoso, "1")
    rows = world.services.audit.rows(world.operator(Role.CUSTOMER, contoso))
    corrected, made = [row for row in rows if row.action.startswith("statement.")]
    assert (made.subject, corrected.subject) == ("statement 2027-000002", "statement 2027-000002-C1")
    for row in (corrected, made):
        assert row.after
        assert not {"statement", "correction"} & row.after.keys()


# Own company


def test_saving_the_same_company_writes_nothing(world: World) -> None:
    save = world.services.issuing.save_own_company
    save(world.by, OWN)
    entries = world.stored("SELECT count(*) FROM audit_entry")
    assert save(world.by, OWN).value == OWN
    assert world.stored("SELECT count(*) FROM audit_entry") == entries
    assert world.services.issuing.own_company(world.by) == OWN


def test_the_account_lists_the_numbers_of_its_months(world: World, contoso: int) -> None:
    issue(world, contoso)
    months = {row.month: row.number for row in world.services.statements.months(world.by, contoso)}
    assert months == {NOVEMBER: "2026-000001", DECEMBER: ""}


def test_a_line_without_a_price_is_named_and_a_later_price_says_so(world: World) -> None:
    world.services.products.add(world.by, "Rocket Fuel", "ROCKET", ROCKET, Scope.USER)
    account = world.pool("Contoso")
    world.buy(account, 2, "ROCKET")
    world.clock.advance(timedelta(days=30))
    before = world.services.issuing.document(world.by, account, NOVEMBER)
    assert before.unpriced == 1
    assert before.net == sum(line.amount or 0 for line in before.lines)
    assert before.printed.warning == "1 line has no price and is not in the total: Rocket Fuel."
    ((product,),) = world.stored("SELECT id FROM product WHERE part_number = 'ROCKET'")
    (schedule,) = world.services.prices.schedules(world.by)
    world.services.prices.set_price(world.by, schedule.id, product, NOVEMBER, "9", "8")
    after = world.services.issuing.document(world.by, account, NOVEMBER)
    assert after.unpriced == 0
    assert after.net > before.net
    assert any("Rocket Fuel" in note and "entered later" in note for note in after.printed.notes)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE issued_statement SET content = '{}'",
        "UPDATE setting SET value = '{}' WHERE key = 'own_company'",
    ],
)
def test_a_copy_that_was_damaged_is_told_and_is_no_bug(folder: Path, damage: str) -> None:
    world = World(folder)
    world.open()
    account = world.pool("Contoso")
    world.services.issuing.save_own_company(world.by, OWN)
    world.clock.set(datetime(2026, 12, 3, 12, tzinfo=UTC))
    issue(world, account)
    assert forged(world.store.path, damage, ())
    with pytest.raises(KnownError) as caught:
        _read_all(world, account)
    assert caught.value.code == "database_damaged"
    world.close()


def _read_all(world: World, account: int) -> None:
    world.services.issuing.issued(world.by, account, NOVEMBER)
    world.services.issuing.own_company(world.by)
