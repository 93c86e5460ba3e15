"""Whatever is changed behind the program's back in issued statements and their corrections, `check` finds it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from cpdesk.domain.issuing import CorrectionKind
from cpdesk.domain.own_company import OwnCompany
from cpdesk.store import billing_models as models
from tests.support import forging
from tests.support.forging import Forger
from tests.support.world import World

MODELS = (models.IssuedStatement, models.StatementCorrection)
TABLES = [model._meta.table_name for model in MODELS]
COLUMNS = forging.columns_of(MODELS)
NOVEMBER = date(2026, 11, 1)
LOGOS = "key LIKE 'logo %'"


def live(world: World) -> None:
    """Two issued statements, one of them with a credit and an adjustment; the company has got another logo since."""
    issuing = world.services.issuing
    issuing.save_own_company(world.by, OwnCompany("Northwind", tax_rate=Decimal(19), logo=b"\x89PNG\r\n\x1a\none"))
    accounts = [world.pool("Contoso"), world.pool("Fabrikam")]
    world.clock.set(datetime(2026, 12, 3, 12, tzinfo=UTC))
    for account in accounts:
        issuing.issue(world.by, account, NOVEMBER)
    for kind, amount in ((CorrectionKind.CREDIT, "12.50"), (CorrectionKind.ADJUSTMENT, "3")):
        issuing.correct(world.by, accounts[0], NOVEMBER, kind, "Goodwill", Decimal(amount), "Ticket 7")
    issuing.save_own_company(world.by, OwnCompany("Northwind", logo=b"\x89PNG\r\n\x1a\ntwo"))


@pytest.fixture(scope="module")
def lived(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database with such statements."""
    return forging.lived(template, tmp_path_factory.mktemp("lived") / "books", live)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_value_is_found(table: str, column: str, forger: Forger) -> None:
    forger.change_values(table, column)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_gone_is_found(table: str, forger: Forger) -> None:
    forger.delete_rows(table)


def test_a_statement_that_nobody_issued_is_found(forger: Forger) -> None:
    copied = (
        "INSERT INTO issued_statement (account_id, month, number, issued_at, content, audit_id)"
        " SELECT account_id, '2026-10-01', '2026-000003', issued_at, content, audit_id FROM issued_statement LIMIT 1"
    )
    found = forger.found_after(copied)
    assert found
    assert {finding.code for finding in found} == {"statement_altered"}


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE setting SET value = replace(value, 'Northwind', 'Adatum') WHERE key = 'own_company'", "own_company"),
        ("DELETE FROM setting WHERE key = 'own_company'", "own_company"),
        (f"UPDATE setting SET value = 'x' WHERE {LOGOS}", "logo_altered"),
        (f"UPDATE setting SET value = (SELECT max(value) FROM setting WHERE {LOGOS}) WHERE {LOGOS}", "logo_altered"),
        (f"DELETE FROM setting WHERE {LOGOS}", "logo_missing"),
    ],
)
def test_another_company_or_logo_is_found(forger: Forger, sql: str, code: str) -> None:
    found = forger.found_after(sql)
    assert found
    assert any(finding.code.startswith(code) for finding in found)


def test_numbers_without_a_gap_are_what_the_audit_log_says(lived: Path, tmp_path: Path) -> None:
    found = Forger(lived, tmp_path / "gap").found_after(
        "UPDATE issued_statement SET number = '2026-000009' WHERE number = '2026-000002'"
    )
    assert found
    assert {finding.code for finding in found} == {"statement_altered"}
