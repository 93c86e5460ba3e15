"""Whatever is changed behind the program's back in accounts, their domains, contacts and zones, `check` finds it."""

from datetime import timedelta
from pathlib import Path

import pytest

from cpdesk.domain.accounts import Contact, Status
from cpdesk.store import models
from tests.support import forging
from tests.support.forging import Forger
from tests.support.world import World

UNPROVEN = {("account", "created_at"), ("account", "service_since"), ("account", "mode")}
"""When an account and its service began is told by the log alone; the mode is proven by its switches."""
MODELS = (models.Account, models.AccountDomain, models.AccountContact, models.AccountZone)
TABLES = [model._meta.table_name for model in MODELS]
COLUMNS = forging.columns_of(MODELS, UNPROVEN)


def live(world: World) -> None:
    """Accounts of every status; a domain that went from a closed one to another; zones of which one waits."""
    accounts = world.services.accounts
    contoso = world.account("Contoso", "ada@contoso.example")
    accounts.edit(world.by, contoso, aliases=["contoso.test", "contoso.org"], contacts=[Contact("Ada"), Contact("Bob")])
    accounts.edit(world.by, contoso, time_zone="Europe/Berlin")
    fabrikam, tailspin = world.pool("Fabrikam"), world.pool("Tailspin", "fay@tailspin.example")
    world.request_usage(fabrikam)
    world.shut(fabrikam)
    accounts.edit(world.by, tailspin, aliases=["tailspin.test"], contacts=[Contact("Fay", role="Billing")])
    world.assign(tailspin, "fay@tailspin.example")
    world.request_usage(tailspin)
    world.shut(tailspin)
    world.clock.advance(timedelta(days=40))
    world.open_again(tailspin)
    world.suspend(tailspin)
    world.account("Northwind", domain="FABRIKAM.example")
    accounts.edit(world.by, contoso, time_zone="Asia/Tokyo")
    assert {row.status for row in accounts.rows(world.by)} == set(Status)


@pytest.fixture(scope="module")
def lived(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database with such accounts."""
    return forging.lived(template, tmp_path_factory.mktemp("lived") / "books", live)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_value_is_found(table: str, column: str, forger: Forger) -> None:
    forger.change_values(table, column)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_gone_is_found(table: str, forger: Forger) -> None:
    forger.delete_rows(table)


PUT_IN = (
    "INSERT INTO account SELECT 4711, name, name_key, domain, country, currency, time_zone, 'usage', service_since,"
    " created_at, 'active', NULL FROM account LIMIT 1",
    "INSERT INTO account_domain SELECT account_id, 9, 'x.example', 'x.example', 1 FROM account_domain LIMIT 1",
    "INSERT INTO account_domain SELECT account_id, 9, 'x.example', 'x.example', 0 FROM account_domain LIMIT 1",
    "INSERT INTO account_contact SELECT account_id, 9, name, email, phone, role FROM account_contact LIMIT 1",
    "INSERT INTO account_zone SELECT account_id, '2020-01-01', time_zone FROM account_zone LIMIT 1",
)


@pytest.mark.parametrize("sql", PUT_IN)
def test_a_row_that_was_put_in_is_found(sql: str, forger: Forger) -> None:
    assert forger.found_after(sql)


def test_a_closed_account_cannot_be_opened_past_the_services(forger: Forger) -> None:
    found = forger.found_after("UPDATE account SET status = 'active', domain_free_on = NULL WHERE status = 'closed'")
    assert found
    assert [finding.detail for finding in found] == ["status, domain_free_on"]


def test_a_switch_that_ended_with_its_account_cannot_be_made_pending(forger: Forger) -> None:
    pending = "UPDATE mode_switch SET state = 'pending', ended_at = NULL, ended_by = NULL WHERE state = 'closed'"
    assert {finding.code for finding in forger.found_after(pending) or ()} == {"switch_altered", "closed_pending"}


def test_seats_cannot_be_given_to_a_closed_account(forger: Forger) -> None:
    closed = "(SELECT id FROM account WHERE status = 'closed')"
    found = forger.found_after(f"UPDATE subscription SET seats = 3 WHERE account_id IN {closed}")
    assert "closed_seats" in {finding.code for finding in found or ()}


def test_time_zones_that_decide_when_a_switch_is_due_cannot_be_moved(forger: Forger) -> None:
    assert forger.found_after("UPDATE account_zone SET time_zone = 'Pacific/Kiritimati'")
    assert forger.found_after("DELETE FROM account_zone")
